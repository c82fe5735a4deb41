"""How long an agency has, by the law of where it belongs. The lengths stand in `law/rules/transfers.toml`."""

from datetime import date
from typing import Final

from law.book import Law
from schemas.facts import Period
from schemas.ids import AgencyId, Province, RuleId
from services.routing.domain.directory import Agency, Directory, province_of

TO_DELIVER: Final = RuleId("deliver-offer")
TO_ANSWER: Final = RuleId("answer-offer")
TO_ANSWER_LOCAL: Final = RuleId("answer-offer-local")
TO_ANSWER_URGENT: Final = RuleId("answer-offer-urgent")
TO_HELP: Final = RuleId("answer-task")


def time_to_answer(to: Agency, asker: Agency | None, law: Law, *, urgent: bool, on: date) -> Period:
    """How long the agency has for an offer, counted from its delivery."""
    local = asker is not None and asker.province == to.province
    usual = TO_ANSWER_LOCAL if local else TO_ANSWER
    return law.in_region(region_of(to)).period(TO_ANSWER_URGENT if urgent else usual, on)


def time_to_help(to: Agency, law: Law, *, on: date) -> Period:
    """How long the agency has for a task."""
    return law.in_region(region_of(to)).period(TO_HELP, on)


def law_at(agency: AgencyId, province: Province, directory: Directory, law: Law) -> Law:
    """The law as it holds for the agency; if the directory does not know it, for its province."""
    known = directory.agencies.get(agency)
    return law.in_region(region_of(known) if known else province)


def region_of(agency: Agency) -> str:
    """Where it stands; of one that stands in another province, the province that it acts for."""
    return agency.division if province_of(agency.division) == agency.province else agency.province
