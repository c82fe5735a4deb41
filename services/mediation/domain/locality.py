"""Which region's time limits a matter goes by."""

from law.book import Law
from schemas.facts import CaseFacts
from schemas.ids import Province


def law_for(facts: CaseFacts, here: Province, law: Law) -> Law:
    """The law as it holds where the matter arose, if that is here; else that of the province.

    The competent centre sits where the matter arose (Legal Aid Law Art. 38), and cities have their own rules.
    """
    return law.in_region(facts.work if facts.work_province == here else here)
