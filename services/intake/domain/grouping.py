"""Members join and leave a case that runs, and choose who speaks for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from schemas.cases import ApplicationAmended, CaseEvent, MemberEvent, MemberLeft, RepresentativesSet
from schemas.codes import LeavingCode, PriorityReason, WithdrawalCode
from schemas.ids import AgencyId, Fen, MemberId, TransferId
from services.intake.domain.case import HERE, MOST_REPRESENTATIVES, Case
from services.intake.domain.errors import LastMember, LeftAlready, NoGroup, NotARepresentative
from services.intake.domain.member import Member
from services.intake.domain.priority import GROUP

FEWEST: Final = 2
"""Two with a common claim are co-applicants (Civil Procedure Law Art. 55)."""

ELSEWHERE: Final = LeavingCode("elsewhere")
"""When the case was with another owner, who did not send him back with it."""
BY_GROUP: Final = PriorityReason("group")


def present(members: Collection[Member]) -> tuple[Member, ...]:
    """Those who are part of the case now."""
    return tuple(member for member in members if member.left is None)


def check_joining(case: Case, *, by: AgencyId | None, epoch: int) -> None:
    """Raises NotHere, StaleEpoch, NotTheOwner; AidConcluded where nobody would work for who joins."""
    case.check_owner(by=by, epoch=epoch)
    case.check_open()


def join_more(case: Case, claims: Sequence[Fen], *, at: datetime) -> list[CaseEvent]:
    """More workers join: so many, who claim so much. Their own events say who.

    The checks who may let them join, and until when, come before they are sealed: `check_joining`.
    """
    return [amended(case, len(claims), sum(claims), at=at)]


def leave(
    case: Case,
    member: Member,
    members: Collection[Member],
    because: LeavingCode,
    *,
    by: AgencyId | None,
    epoch: int,
    at: datetime,
) -> tuple[MemberLeft, list[CaseEvent]]:
    """One of several leaves. A representative who leaves speaks for nobody any more.

    Raises:
        NotHere, StaleEpoch, NotTheOwner: if it is not the owner of this epoch who says so.
        LeftAlready: if he is gone.
        LastMember: if nobody would be left: that is a withdrawal of the application.
    """
    case.check_owner(by=by, epoch=epoch)
    if member.left is not None:
        raise LeftAlready(member=member.member_id, found=member.left)
    if len(present(members)) < FEWEST:
        raise LastMember(number=case.facts.number)
    left = MemberLeft(
        case_id=case.case_id,
        at=at,
        member_id=member.member_id,
        agency=case.agency,
        epoch=case.epoch,
        because=because,
    )
    remaining = tuple(each for each in case.representatives if each != member.member_id)
    replaced = [] if remaining == case.representatives else [chosen(case, remaining, at=at)]
    return left, [amended(case, -1, -member.claim_fen, at=at), *replaced]


def depart(
    case: Case, member: Member, members: Collection[Member], because: LeavingCode, *, at: datetime
) -> tuple[list[MemberEvent], list[CaseEvent]]:
    """A member left when the case was with an earlier owner, who told us. A reaction: it never raises.

    With the last one the application is withdrawn: nobody is left to be helped.
    """
    if case.state not in HERE or member.left is not None:
        return [], []
    if len(present(members)) < FEWEST:
        code = WithdrawalCode("applicant-request")
        return [], case.withdraw(code, by=case.agency, epoch=case.epoch, at=at)
    left, of_case = leave(case, member, members, because, by=case.agency, epoch=case.epoch, at=at)
    return [left], of_case


def stay_away(
    case: Case, members: Collection[Member], came_with: TransferId, *, at: datetime
) -> tuple[MemberLeft, ...]:
    """Who was part of the case when it left, and did not come back with it, left elsewhere. A reaction.

    Of members that an earlier release let join it is not known what they came with. So nobody is taken to
    have left unless as many came as the transfer announced.
    """
    came = [member for member in members if member.came_with == came_with]
    if case.state not in HERE or len(came) < case.facts.members:
        return ()
    return tuple(
        MemberLeft(
            case_id=case.case_id,
            at=at,
            member_id=member.member_id,
            agency=case.agency,
            epoch=case.epoch,
            because=ELSEWHERE,
        )
        for member in present(members)
        if member.came_with != came_with
    )


def may_come_late(case: Case, member: Member | None) -> bool:
    """Whether somebody comes after the case who is not there: a stranger, or who was taken to have left."""
    return case.state in HERE and (member is None or member.left == ELSEWHERE)


def recount(case: Case, members: Collection[Member], *, at: datetime) -> list[CaseEvent]:
    """Who has joined and left here, whatever the custody said that was begun before it had heard of it.

    A reaction, for a case that moved within the province: between provinces the members come with it.
    """
    here = present(members) if case.state in HERE else ()
    more, more_fen = len(here) - case.facts.members, sum(each.claim_fen for each in here)
    return [amended(case, more, more_fen - case.facts.claim_fen, at=at)] if more and here else []


def represent(
    case: Case,
    wanted: Sequence[MemberId],
    members: Collection[Member],
    *,
    by: AgencyId | None,
    epoch: int,
    at: datetime,
) -> list[CaseEvent]:
    """The members choose who speaks for them; who was chosen before is replaced.

    Raises:
        NotHere, StaleEpoch, NotTheOwner: if it is not the owner of this epoch who records it.
        NoGroup: if there is one member only, who speaks for himself.
        NotARepresentative: if one is no member now, comes twice, or there are too many.
    """
    case.check_owner(by=by, epoch=epoch)
    here = {member.member_id for member in present(members)}
    if len(here) < FEWEST:
        raise NoGroup(number=case.facts.number, found=len(here), expected=FEWEST)
    if len(set(wanted)) != len(wanted) or not here.issuperset(wanted) or len(wanted) > MOST_REPRESENTATIVES:
        raise NotARepresentative(
            found=", ".join(wanted), members=len(here), expected=min(len(here), MOST_REPRESENTATIVES)
        )
    return [] if tuple(wanted) == case.representatives else [chosen(case, wanted, at=at)]


def chosen(case: Case, members: Sequence[MemberId], *, at: datetime) -> RepresentativesSet:
    return RepresentativesSet(case_id=case.case_id, at=at, members=tuple(members))


def amended(case: Case, more: int, more_fen: int, *, at: datetime) -> ApplicationAmended:
    """What is known of the case with so many more members. A group goes first once it is one, and goes on."""
    facts = case.facts
    count, priority = facts.members + more, facts.priority
    if count >= GROUP and BY_GROUP not in priority:
        priority = (*priority, BY_GROUP)
    changed = {"members": count, "claim_fen": max(0, facts.claim_fen + more_fen), "priority": priority}
    return ApplicationAmended(
        case_id=case.case_id,
        at=at,
        agency=case.agency,
        epoch=case.epoch,
        facts=facts.model_copy(update=changed),
    )
