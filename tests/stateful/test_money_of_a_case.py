"""Money: whoever pays what when, no sum is negative, no fen is lost, and nobody's claim is forgotten."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from casebridge.answers.aid_commands import AT, here
from casebridge.answers.matter import IN_HAND, MEDIATING, begun, commands, facts_heard
from casebridge.answers.proceeding_commands import COURT, TERMS
from casebridge.answers.ways import led
from law.book import load_law
from schemas.codes import Determination, EnforcementTitle, InspectionResult, Payer, PaymentForm
from schemas.ids import Fen, MemberId
from schemas.matters import (
    AgreementBreached,
    AgreementConsented,
    AgreementInstalmentPaid,
    ArbitrationAwarded,
    ArbitrationPartlyAwarded,
    ClaimRegistered,
    EnforcementApplied,
    InspectionDisobeyed,
    Instalment,
    MatterEvent,
    RecoveryRecorded,
)
from schemas.messages import Event
from schemas.refusals import Refusal
from schemas.samples import a, facts
from services.mediation.domain import (
    arbitrating,
    awarding_part,
    enforcing,
    inspecting,
    mediating,
    obeying,
    performing,
    suspending,
)
from services.mediation.domain.agreement import (
    BY_AGREEMENT,
    as_it_binds,
    bound_by,
    clock_of,
    needs_consent,
    paid_fen,
)
from services.mediation.domain.awards import awards_of
from services.mediation.domain.claim import Claim, Payment, owed_fen, registered_of, sums_of
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.part_due import PARTLY
from services.mediation.domain.proceedings import Amounts
from tests.stateful.heard_again import folded, read_again

LAW: Final = load_law()
NAMED: Final = {each.name: each for each in (*commands(LAW), *facts_heard(LAW))}
FEN: Final = st.integers(min_value=0, max_value=1_000)


class Money(RuleBasedStateMachine):
    """A matter in hand, with its claims, as the handlers and the API keep both."""

    @initialize(members=st.sampled_from([1, 2, 3, 10, 12]))
    def begin(self, members: int) -> None:
        case = facts(case_type="wage-arrears", members=members)
        self.start = self.matter = led(begun(case, LAW), IN_HAND, NAMED)
        names = [MemberId(f"m{number}") for number in range(members)]
        self.said: list[MatterEvent] = []
        self.of: dict[MemberId, list[Event]] = {m: [a(ClaimRegistered, member_id=m)] for m in names}
        self.claims: dict[MemberId, Claim] = {m: Claim.begun(a(ClaimRegistered, member_id=m)) for m in names}
        self.paid: dict[MemberId, Fen] = dict.fromkeys(names, 0)

    # --- As the handlers and the API do --------------------------------------------------------------------

    @property
    def all(self) -> Sequence[Claim]:
        return list(self.claims.values())

    def say(self, said: Sequence[MatterEvent]) -> None:
        for event in said:
            self.matter = self.matter.after(event)
        self.said += said

    def go(self, way: Sequence[str]) -> None:
        for name in way:
            self.say(NAMED[name].give(self.matter))  # type: ignore[arg-type]

    def say_of(self, member: MemberId, said: Sequence[Event]) -> None:
        for event in said:
            self.claims[member] = self.claims[member].after(event)  # type: ignore[arg-type]
        self.of[member] += said

    def determine(self, amounts: Mapping[MemberId, Fen], by: Determination) -> None:
        for member, due_fen in amounts.items():
            claim = self.claims[member]
            self.say_of(member, claim.determine(due_fen, by, epoch=self.matter.epoch, at=AT))

    def note_payments(self) -> None:
        self.say(performing.note_payments(self.matter, self.all, at=AT))
        self.say(obeying.note_payments(self.matter, self.all, at=AT))
        self.say(suspending.note_payments(self.matter, self.all, at=AT))

    # --- What may happen -----------------------------------------------------------------------------------

    @precondition(lambda self: self.matter.mediation is None)
    @rule(data=st.data(), parts=st.integers(min_value=0, max_value=4))
    def agree(self, data: st.DataObject, parts: int) -> None:
        self.go(MEDIATING[len(IN_HAND) :])
        amounts = self.drawn(data)
        total = sum(amounts.values())
        agreed = mediating.agree(
            self.matter,
            here(self.matter),
            self.all,
            amounts,
            total,
            instalments=split(total, parts),
            terms=TERMS,
            law=LAW,
        )
        self.say(agreed)
        if needs_consent(self.matter.facts):
            for member, offered in amounts.items():
                self.say_of(member, self.claims[member].offer(offered, epoch=2, at=AT))
        else:
            self.determine(amounts, BY_AGREEMENT)
        self.note_payments()

    @rule(data=st.data())
    def consent(self, data: st.DataObject) -> None:
        chosen = data.draw(st.lists(st.sampled_from(sorted(self.claims)), min_size=1, max_size=3))
        try:
            said = performing.consent(self.matter, here(self.matter), self.all, chosen)
        except Refusal:
            return
        self.say(said)
        for event in said:
            assert isinstance(event, AgreementConsented)
            self.determine({event.member_id: event.amount_fen}, BY_AGREEMENT)
        self.note_payments()

    def arbitrated(self) -> bool:
        """Whether the commission has the case now; it is asked first if nobody did."""
        if self.matter.proceedings.last(ProceedingKind.ARBITRATION) is None:
            self.go(("arbitrating: file (unaided)", "arbitrating: accept"))
        return self.matter.proceedings.state(ProceedingKind.ARBITRATION) is ProceedingState.ACCEPTED

    @rule(data=st.data(), final=st.booleans())
    def award_a_part(self, data: st.DataObject, final: bool) -> None:
        if not self.arbitrated():
            return
        amounts = self.drawn(data)
        said = awarding_part.award(
            self.matter,
            here(self.matter),
            self.all,
            amounts,
            sum(amounts.values()),
            final=final,
            received_at=AT,
            law=LAW,
        )
        self.say(said)
        awarded = said[0]
        assert isinstance(awarded, ArbitrationPartlyAwarded)
        for member, fen in amounts.items():
            claim = self.claims[member]
            self.say_of(member, claim.determine_part(fen, epoch=2, at=AT, part=awarded.part or 1))
        assert awarded.so_far_fen == sum(claim.part_fen or 0 for claim in self.all)

    @rule(data=st.data(), final=st.booleans())
    def award(self, data: st.DataObject, final: bool) -> None:
        """To those whom no agreement binds, or to all; on top of what was awarded in part."""
        if not self.arbitrated():
            return
        amounts = self.drawn(data)
        said = arbitrating.award(
            self.matter,
            here(self.matter),
            self.all,
            amounts,
            sum(amounts.values()),
            final=final,
            received_at=AT,
            law=LAW,
        )
        self.say(said)
        self.determine(arbitrating.in_all(amounts, self.all), Determination("award"))
        awarded = said[0]
        assert isinstance(awarded, ArbitrationAwarded)
        in_all = awarded.awarded_fen if awarded.with_parts_fen is None else awarded.with_parts_fen
        assert in_all == sum(claim.due_fen or 0 for claim in self.all)

    @rule(data=st.data(), all_of_them=st.booleans())
    def have_inspection_order_it(self, data: st.DataObject, all_of_them: bool) -> None:
        """For those whom the order names; not while the commission has the dispute."""
        try:
            self.go(("inspecting: report", "inspecting: accept"))
        except Refusal:
            return
        amounts = {m: fen for m, fen in self.drawn(data).items() if fen and (all_of_them or fen % 2)}
        if not amounts:
            return
        said = inspecting.decide(
            self.matter,
            here(self.matter),
            InspectionResult("payment-ordered"),
            ordered_fen=sum(amounts.values()),
            referred_to=None,
            claims=self.all,
            amounts=amounts,
            pay_by=AT + timedelta(days=10),
        )
        self.say(said)
        self.determine(amounts, Determination("inspection-order"))
        self.note_payments()

    @rule()
    def let_the_day_of_the_order_pass(self) -> None:
        said = obeying.pass_day(self.matter, self.all, at=AT)
        for event in said:
            if isinstance(event, InspectionDisobeyed):
                assert 0 <= event.paid_fen < event.ordered_fen
        self.say(said)

    @rule(data=st.data())
    def enforce(self, data: st.DataObject) -> None:
        """By any title; of an award no more than it gives, and of all no more than is owed."""
        titles = sorted(enforcing.titles_of(self.matter).keys() - enforcing.enforced(self.matter))
        if not titles:
            return
        key = data.draw(st.sampled_from(titles), label="title")
        name, _, number = key.rpartition("-")
        title, part = (name, int(number)) if number.isdigit() else (key, None)
        said = enforcing.apply(
            self.matter,
            here(self.matter),
            self.all,
            COURT,
            EnforcementTitle(title),
            last_day=None,
            law=LAW,
            unaided=True,
            part=part,
        )
        self.say(said)
        applied = said[0]
        assert isinstance(applied, EnforcementApplied)
        given = {called: award.awarded_fen for called, award in awards_of(self.matter)}
        assert 0 <= applied.amount_fen <= owed_fen(self.all)
        assert not given.get(key) or applied.amount_fen <= given[key]

    @rule(way=st.sampled_from(["apply", "accept", "grant"]))
    def challenge_the_first_part(self, way: str) -> None:
        """It falls alone: the other parts, and the award of the rest, stay due."""
        try:
            said = NAMED[f"setting_aside: {way} (a part)"].give(self.matter)
        except Refusal:
            return
        self.say(said)  # type: ignore[arg-type]
        if way == "grant":
            for member, claim in list(self.claims.items()):
                gave = claim.by_parts.due_by(1) if claim.beside_parts else 0
                self.say_of(member, claim.reopen(by=PARTLY, part=1, epoch=2, at=AT))
                now = self.claims[member]
                assert (now.due_fen or 0) == (claim.due_fen or 0) - (gave if claim.registered else 0)

    @rule(way=st.sampled_from(["apply", "accept", "withdraw", "dismiss", "grant"]))
    def challenge_the_award(self, way: str) -> None:
        """What was decided in part before stays due when the award falls."""
        try:
            said = NAMED[f"setting_aside: {way}"].give(self.matter)
        except Refusal:
            return
        self.say(said)  # type: ignore[arg-type]
        if way == "grant":
            for member, claim in list(self.claims.items()):
                self.say_of(member, claim.reopen(by=Determination("award"), epoch=2, at=AT))
            assert not any(claim.determined_by == "award" for claim in self.all)

    @rule(data=st.data(), amount=st.integers(min_value=1, max_value=600))
    def pay(self, data: st.DataObject, amount: Fen) -> None:
        member = data.draw(st.sampled_from(sorted(self.claims)))
        came = Payment(amount_fen=amount, payer=Payer("employer"), form=PaymentForm("cash"), received_at=AT)
        others = sums_of([claim for claim in self.all if claim.id != member]).recovered_fen
        try:
            said = self.claims[member].receive(came, others, by=self.matter.agency, epoch=2, at=AT)
        except Refusal:
            return
        self.paid[member] += amount
        self.say_of(member, said)
        recorded = said[0]
        assert isinstance(recorded, RecoveryRecorded)
        assert recorded.total_fen == sum(self.paid.values())
        self.note_payments()

    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        member = data.draw(st.sampled_from(sorted(self.claims)))
        if self.claims[member].ended is None:
            self.say_of(member, self.claims[member].give_up(at=AT))

    @rule(number=st.integers(min_value=1, max_value=4))
    def let_the_day_of_an_instalment_pass(self, number: int) -> None:
        said = performing.pass_instalment(self.matter, clock_of(number), self.all, at=AT)
        for event in said:
            if isinstance(event, AgreementBreached):
                assert 0 <= event.paid_fen < event.due_fen
            if isinstance(event, AgreementInstalmentPaid):
                assert event.paid_fen >= event.due_fen >= 0
        self.say(said)

    @rule()
    def perform(self) -> None:
        try:
            said = mediating.perform(self.matter, here(self.matter), self.all)
        except Refusal:
            return
        agreement = self.matter.agreement
        assert agreement
        assert paid_fen(agreement, self.all) >= as_it_binds(agreement, self.all).bound_fen
        self.say(said)

    def drawn(self, data: st.DataObject) -> Amounts:
        return {member: data.draw(FEN, label=member) for member in self.claims}

    # --- What holds whatever happened ----------------------------------------------------------------------

    @invariant()
    def every_fen_is_where_it_was_paid(self) -> None:
        assert {member: claim.recovered_fen for member, claim in self.claims.items()} == self.paid
        assert sums_of(self.all).recovered_fen == sum(self.paid.values())

    @invariant()
    def an_order_is_open_as_long_as_it_is_not_paid(self) -> None:
        order = obeying.order_of(self.matter)
        if order:
            assert 0 <= obeying.paid_fen(order, self.all) < order.ordered_fen

    @invariant()
    def every_part_comes_to_what_was_awarded_in_it(self) -> None:
        for award in self.matter.proceedings.of(ProceedingKind.PARTIAL_AWARD):
            given = [part.due_fen for claim in self.all for part in claim.parts if part.part == award.part]
            assert sum(given) == award.awarded_fen
        for claim in self.all:
            assert (claim.part_fen or 0) == sum(part.due_fen for part in claim.parts)

    @invariant()
    def no_sum_is_negative_and_nobody_is_forgotten(self) -> None:
        sums = sums_of(self.all)
        assert min(sums.claimed_fen, sums.due_fen, sums.recovered_fen) >= 0
        assert len(registered_of(self.all)) == self.matter.facts.members

    @invariant()
    def an_agreement_owes_what_its_members_are_due(self) -> None:
        if self.matter.agreement is None:
            return
        agreement = as_it_binds(self.matter.agreement, self.all)
        bound = bound_by(agreement, self.all)
        assert 0 <= agreement.bound_fen <= agreement.agreed_fen
        assert paid_fen(agreement, self.all) <= sum(claim.recovered_fen for claim in bound)
        if agreement.by_consent:
            assert agreement.bound_fen == sum(claim.due_fen or 0 for claim in bound)
            assert paid_fen(agreement, self.all) <= agreement.bound_fen
        owed = [agreement.due_fen(n) for n in range(1, len(agreement.instalments) + 1)]
        assert owed == sorted(owed)
        assert not owed or owed[-1] == agreement.bound_fen

    @invariant()
    def the_events_make_it_again(self) -> None:
        again = self.start
        for event in self.said:
            again = again.after(read_again(event))
        assert again == self.matter
        assert {m: folded(Claim.begun, said) for m, said in self.of.items()} == self.claims


def split(total: Fen, parts: int) -> tuple[Instalment, ...]:
    """In so many parts; the last takes what is left over."""
    if parts == 0:
        return ()
    each = total // parts
    amounts = [each] * (parts - 1) + [total - each * (parts - 1)]
    return tuple(
        Instalment(due_at=AT + timedelta(days=10 * number), amount_fen=amount)
        for number, amount in enumerate(amounts, start=1)
    )


Money.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestMoney = Money.TestCase
