"""What an imported member is due, as intake checks it, is what mediation makes of the same acts."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from schemas.codes import EnforcementTitle
from schemas.ids import AgencyId
from schemas.past import PastAct, PastMoney
from services.intake.bundles.dues import THE_AWARD, Due
from services.intake.domain.steps.arbitration import PARTIAL_AWARD, Award
from services.intake.domain.steps.suits import Dispute
from services.mediation.domain.claim import Claim
from services.mediation.domain.proceedings import Suit
from services.mediation.domain.recounting.money import fixed_by, reopened
from tests.domain.test_matter import NOW, claims
from tests.domain.test_recounting_awards import fixed

COURT = AgencyId("442000-court")


class Member:
    """One member, as both services know him."""

    def __init__(self) -> None:
        self.due, self.claim = Due(), claims()[0]
        self.made: list[Award] = []
        self.fallen: set[Award] = set()

    def partly(self, fen: int) -> None:
        """No part is awarded after the rest."""
        if THE_AWARD not in self.made:
            self.award((PARTIAL_AWARD, len(self.made) + 1), fen)

    def rest(self, fen: int) -> None:
        if THE_AWARD not in self.made:
            self.award(THE_AWARD, fen)

    def award(self, award: Award, fen: int) -> None:
        self.made.append(award)
        self.due.award(award, fen)
        part = award[1]
        past = PastMoney(parts_fen=(fen,) * (part or 0), awarded_fen=fen)
        self.fix("partly-awarded" if part else "awarded", past, part)

    def judge(self, fen: int) -> None:
        """Over one that was made, or over all."""
        award = self.one_of(fen, (*self.made, None))
        self.due.replace(Dispute(award=award), fen)
        against, part = (EnforcementTitle(award[0]), award[1]) if award else (None, None)
        suit = Suit(court=COURT, against=against, part=part)
        self.fix("judged", PastMoney(judged_fen=fen), suit=suit, judgment="granted")

    def agree(self, fen: int) -> None:
        self.due.replace(Dispute(), fen)
        self.fix("agreed", PastMoney(agreed_fen=fen))

    def fall(self, which: int) -> None:
        """One is set aside once."""
        award = self.one_of(which, self.made)
        if award is None or award in self.fallen:
            return
        self.fallen.add(award)
        self.due.fall(award)
        fell = PastAct.model_validate({"code": "set-aside-granted", "at": NOW, "part": award[1]})
        for event in reopened(self.claim, fell, epoch=1):
            self.claim = self.claim.after(event)

    def one_of(self, which: int, awards: Sequence[Award | None]) -> Award | None:
        return awards[which % len(awards)] if awards else None

    def fix(
        self, code: str, past: PastMoney, part: int | None = None, suit: Suit | None = None, **said: str
    ) -> None:
        act = PastAct.model_validate({"code": code, "at": NOW, "part": part, **said})
        self.claim = fixed(replace(self.claim, past=past), fixed_by(act, suit))


ACTS = (Member.partly, Member.rest, Member.judge, Member.agree, Member.fall)


@example([(Member.rest, 5), (Member.judge, 2), (Member.fall, 0)])
@example([(Member.partly, 5), (Member.rest, 7), (Member.fall, 0), (Member.judge, 3)])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 99)), max_size=10))
def test_both_services_say_the_same_of_what_a_member_is_due(
    acts: list[tuple[Callable[[Member, int], None], int]],
) -> None:
    member = Member()
    for act, fen in acts:
        act(member, fen)
        assert member.due.in_all_fen == in_all_fen(member.claim)


def in_all_fen(claim: Claim) -> int | None:
    """None while more is to be decided."""
    return None if claim.more_to_decide else claim.due_fen
