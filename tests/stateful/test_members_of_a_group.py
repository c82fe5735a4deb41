"""A group: whoever joins, moves and comes back, no member is forgotten, and no stranger speaks for it."""

from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from casebridge.answers.case import AT, OWNER, adopt_again
from schemas.cases import ApplicationSubmitted, CaseEvent, MemberJoined
from schemas.codes import EnclosureKind, WithdrawalCode
from schemas.facts import Enclosure
from schemas.ids import MemberId, Pseudonym
from schemas.refusals import Refusal
from schemas.samples import a, facts
from schemas.transfers import CustodyEnded
from services.intake.domain.case import MOST_REPRESENTATIVES, ApplicationState, Case
from services.intake.domain.member import Member, join_from
from tests.stateful.heard_again import folded

MOST: Final = 12


class Group(RuleBasedStateMachine):
    """An application of several, which joins its members, says who speaks for them, moves and comes back."""

    @initialize(members=st.integers(min_value=1, max_value=MOST))
    def apply(self, members: int) -> None:
        submitted = a(ApplicationSubmitted, facts=facts(members=members))
        self.announced = members
        self.case = Case.begun(submitted)
        self.said: list[CaseEvent] = [submitted]
        self.of: dict[MemberId, list[MemberJoined]] = {}
        self.members: dict[MemberId, Member] = {}

    def say(self, said: Any) -> None:
        for event in said:
            self.case = self.case.after(event)
        self.said += said

    def let_join(self, joined: MemberJoined) -> None:
        known = self.members.get(joined.member_id)
        self.members[joined.member_id] = known.after(joined) if known else Member.joined(joined)
        self.of.setdefault(joined.member_id, []).append(joined)

    # --- What may happen -----------------------------------------------------------------------------------

    @precondition(lambda self: len(self.members) < self.announced)
    @rule(claim_fen=st.integers(min_value=0, max_value=10_000))
    def join(self, claim_fen: int) -> None:
        member = MemberId(f"m{len(self.members)}")
        self.let_join(a(MemberJoined, member_id=member, claim_fen=claim_fen))

    @precondition(lambda self: len(self.members) == self.announced)
    @rule(places=st.lists(st.integers(min_value=-1, max_value=MOST), max_size=6))
    def complete(self, places: list[int]) -> None:
        if self.case.state is not ApplicationState.SUBMITTED:
            return
        try:
            self.say(self.case.complete(list(self.members), places, at=AT))
        except Refusal:
            assert (
                not set(places) <= set(range(self.announced))
                or len(set(places)) < len(places)
                or (len(places) > MOST_REPRESENTATIVES)
            )

    @rule(chosen=st.lists(st.sampled_from([f"m{n}" for n in range(MOST + 2)]), unique=True))
    def hear_who_speaks(self, chosen: list[str]) -> None:
        """From an agency that had the case; a stranger may be among them."""
        self.say(self.case.represented_by([MemberId(m) for m in chosen], self.members, at=AT))

    @precondition(lambda self: self.case.state is ApplicationState.COMPLETE)
    @rule()
    def move_on(self) -> None:
        self.say(self.case.hand_over(a(CustodyEnded, epoch=self.case.epoch), at=AT))

    @precondition(lambda self: self.case.state is ApplicationState.HANDED_OVER)
    @rule(claim_fen=st.one_of(st.none(), st.integers(min_value=0, max_value=10_000)))
    def come_back(self, claim_fen: int | None) -> None:
        """Its members come with it, and then it is adopted."""
        for member in self.members.values():
            came = Enclosure(
                kind=EnclosureKind("member"),
                id=member.id,
                content=a(MemberJoined).person,
                claim_fen=member.claim_fen if claim_fen is None else claim_fen,
            )
            self.let_join(join_from(came, case_id=self.case.case_id, worker=Pseudonym("w"), at=AT))
        self.say(adopt_again(self.case))

    @rule()
    def withdraw(self) -> None:
        try:
            self.say(self.case.withdraw(WithdrawalCode("other"), by=OWNER, epoch=self.case.epoch, at=AT))
        except Refusal:
            assert self.case.agency != OWNER or self.case.state not in ("submitted", "complete")

    # --- What holds whatever happened ----------------------------------------------------------------------

    @invariant()
    def no_member_is_forgotten(self) -> None:
        assert self.members.keys() == self.of.keys()
        assert len(self.members) <= self.announced
        assert min((member.claim_fen for member in self.members.values()), default=0) >= 0

    @invariant()
    def members_alone_speak_for_it_and_not_too_many(self) -> None:
        assert set(self.case.representatives) <= self.members.keys()
        assert len(self.case.representatives) <= MOST_REPRESENTATIVES

    @invariant()
    def the_events_make_it_again(self) -> None:
        assert folded(Case.begun, self.said) == self.case
        assert {m: folded(Member.joined, said) for m, said in self.of.items()} == self.members


Group.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestGroup = Group.TestCase
