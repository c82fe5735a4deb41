"""The claims that a matter of the table has: of each member one, due and paid as the matter stands."""

from dataclasses import replace
from typing import Final

from schemas.codes import ClaimEnd, Determination
from schemas.ids import Fen, MemberId
from schemas.matters import ClaimRegistered
from schemas.samples import a
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.matter import Matter
from services.mediation.domain.part_due import PartDue
from services.mediation.domain.proceedings import Amounts

EACH_FEN: Final[Fen] = 100


def amounts_of(matter: Matter) -> Amounts:
    """What each member is to get."""
    return {MemberId(f"m{number}"): EACH_FEN for number in range(matter.facts.members)}


def total_of(matter: Matter) -> Fen:
    return EACH_FEN * matter.facts.members


def claims_of(matter: Matter, *, paid: bool = False, ended: str | None = None) -> list[Claim]:
    """A claim of each member; those are determined whom the agreement, or else an award, gives something."""
    agreement = matter.agreement
    by = Determination("agreement" if agreement else "award")
    bound = matter.facts.members
    if agreement and agreement.by_consent:
        bound = agreement.consents
    registered = [Claim.begun(a(ClaimRegistered, member_id=member)) for member in amounts_of(matter)]
    found = [replace(claim, offered_fen=EACH_FEN if agreement else None) for claim in registered]
    due = [replace(claim, due_fen=EACH_FEN, determined_by=by) for claim in found[:bound]]
    if parts := len(matter.proceedings.of(ProceedingKind.PARTIAL_AWARD)):
        given = tuple(PartDue(part=number, due_fen=EACH_FEN) for number in range(1, parts + 1))
        due = [replace(claim, part_fen=EACH_FEN * parts, parts=given) for claim in due]
    recovered = [replace(claim, recovered_fen=EACH_FEN if paid else 0) for claim in due]
    return [
        replace(claim, ended=ClaimEnd(ended) if ended else None) for claim in (*recovered, *found[bound:])
    ]
