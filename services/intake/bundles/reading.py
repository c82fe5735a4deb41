"""Reads a bundle: every row that is wrong is named, and then nothing of it is imported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from chassis.agencies import Agencies
from law.deadlines import day_of
from schemas.codes import (
    AidStage,
    AssigneeRole,
    MeansBasis,
    MediationKind,
    Outcome,
    PastActCode,
    PastRole,
    Payer,
    PaymentForm,
    Relation,
    SessionResult,
)
from schemas.ids import PROVINCES, AgencyId, BundleId, ExternalRef, Province, Pseudonym, RuleId
from schemas.past import PastAct, PastClock, PastInstalment, PastPayment
from services.intake.bundles.columns import CASE
from services.intake.bundles.files import Row, Wrong, bundle_of, rows_of, unpack
from services.intake.domain.person import written_plainly
from services.intake.lists.reading import member_of
from services.intake.persons import MemberBody

MOST: Final = 2000
"""Cases that one bundle may have: they share a transaction."""

MOST_OF_A_KIND: Final = 64
"""Acts, time limits, payments of a member that one event tells of."""


@dataclass(slots=True)
class Told:
    """A member, where he stands, and what he was due and received."""

    line: int
    body: MemberBody
    agreed_fen: int | None = None
    awarded_fen: int | None = None
    payments: list[PastPayment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of history: an act, or only a note."""

    line: int
    act: PastAct
    by_role: PastRole | None
    by_agency: AgencyId | None
    note: str | None


@dataclass(slots=True)
class Running:
    """A case as the bundle tells it."""

    line: int
    number: ExternalRef
    issuer: AgencyId
    agency: AgencyId
    received_at: datetime
    said: Mapping[str, str]
    members: list[Told] = field(default_factory=list)
    history: list[Line] = field(default_factory=list)
    clocks: list[tuple[int, PastClock, str | None]] = field(default_factory=list)
    instalments: list[PastInstalment] = field(default_factory=list)

    @property
    def relation(self) -> Relation:
        return Relation(self.said.get("relation", "unknown"))

    @property
    def acts(self) -> Sequence[PastAct]:
        """What was done, in order; an agreement with its instalments."""
        parts = tuple(sorted(self.instalments, key=lambda each: each.due_at))
        return tuple(
            line.act.model_copy(update={"instalments": parts}) if line.act.code == "agreed" else line.act
            for line in self.steps
        )

    @property
    def steps(self) -> Sequence[Line]:
        """The lines of what was done."""
        return [line for line in self.history if line.act.code != "note"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that a bundle tells."""

    id: BundleId
    cases: Mapping[str, Running]
    wrong: Wrong


def read_bundle(raw: bytes, province: Province, agencies: Agencies, now: datetime) -> Bundle:
    """The cases of a bundle, with what is wrong in its rows; how they fit is another question."""
    wrong = Wrong()
    files = unpack(raw, wrong)
    reading = Reading(wrong, province, agencies, now)
    for file, take in (
        ("cases.csv", reading.take_case),
        ("members.csv", reading.take_member),
        ("history.csv", reading.take_line),
        ("clocks.csv", reading.take_clock),
        ("money.csv", reading.take_money),
    ):
        if file in files:
            take_all(rows_of(files, file, wrong), take)
    for case in reading.cases.values():
        case.history.sort(key=lambda line: line.act.at)
    if not reading.cases and not wrong.count:
        wrong.note("cases.csv", 1, "all", "no case", "a row for each case")
    if len(reading.cases) > MOST:
        wrong.note("cases.csv", 1, "all", f"{len(reading.cases)} cases", f"at most {MOST} in one bundle")
    return Bundle(bundle_of(files), reading.cases, wrong)


def take_all(rows: Iterable[Row], take: Callable[[Row], None]) -> None:
    for row in rows:
        take(row)


class Reading:
    """What was read so far."""

    def __init__(self, wrong: Wrong, province: Province, agencies: Agencies, now: datetime) -> None:
        self.cases: dict[str, Running] = {}
        self.wrong = wrong
        self._province = province
        self._agencies = agencies
        self._now = now
        self._broken: set[str] = set()
        """Cases whose own row is wrong: their other rows are not blamed for it."""

    def take_case(self, row: Row) -> None:
        said, number = row.said, row.said.get(CASE.name, "")
        if number in self.cases or number in self._broken:
            self.wrong.note("cases.csv", row.line, CASE.name, number, "each case once")
            return
        if not row.sound:
            self._broken.add(number)
            return
        agency, received_at = AgencyId(said["agency"]), datetime.fromisoformat(said["received"])
        seat = self._agencies.seats.get(agency)
        if seat is None or seat.division[:2] != self._province:
            expected = f"an agency of {self._province} that is in the directory"
            self.wrong.note("cases.csv", row.line, "agency", agency, expected)
        if said["work"][:2] not in PROVINCES or said["work"][:2] == "00":
            self.wrong.note("cases.csv", row.line, "work", said["work"], "a division of a province")
        self._past("cases.csv", row.line, "received", received_at)
        issuer = AgencyId(said.get("issuer", agency))
        self.cases[number] = Running(row.line, ExternalRef(number), issuer, agency, received_at, said)

    def take_member(self, row: Row) -> None:
        case = self._case("members.csv", row)
        if case is None:
            return
        mistakes = self.wrong.by_file["members.csv"]
        cells = {column: cell for column, cell in row.cells.items() if column is not CASE}
        member = member_of(row.line, cells, day_of(case.received_at), mistakes)
        if member is None:
            return
        if any(told.body.identity == member.identity for told in case.members):
            expected = "each person once in a case"
            self.wrong.note("members.csv", row.line, "id_number", member.id_number or member.name, expected)
            return
        case.members.append(Told(row.line, member))

    def take_line(self, row: Row) -> None:
        case = self._case("history.csv", row)
        if case is None:
            return
        said, at = row.said, datetime.fromisoformat(row.said["at"])
        self._past("history.csv", row.line, "at", at)
        if at < case.received_at:
            self.wrong.note("history.csv", row.line, "at", str(at), "nothing before the case was received")
        for column in ("body", "by_agency"):
            if column in said and AgencyId(said[column]) not in self._agencies.seats:
                expected = "an agency that is in the directory"
                self.wrong.note("history.csv", row.line, column, said[column], expected)
        role, agency = said.get("by_role"), said.get("by_agency")
        case.history.append(
            Line(
                row.line,
                act_of(said, at),
                PastRole(role) if role else None,
                AgencyId(agency) if agency else None,
                said.get("note"),
            )
        )

    def take_clock(self, row: Row) -> None:
        case = self._case("clocks.csv", row)
        if case is None:
            return
        said = {name: datetime.fromisoformat(row.said[name]) for name in TIMES if name in row.said}
        clock = PastClock(
            rule=RuleId(row.said["rule"]),
            started_at=said["started"],
            due_at=said["due"],
            paused_at=said.get("paused"),
            resumed_at=said.get("resumed"),
        )
        for name in ("started", "paused", "resumed"):
            if name in said:
                self._past("clocks.csv", row.line, name, said[name])
        case.clocks.append((row.line, clock, row.said.get("state")))

    def take_money(self, row: Row) -> None:
        case = self._case("money.csv", row)
        if case is None:
            return
        said, kind, fen = row.said, row.said["kind"], int(row.said["amount_yuan"])
        at = datetime.fromisoformat(said["at"]) if "at" in said else None
        if kind in ("instalment", "paid") and (at is None or fen == 0):
            self.wrong.note("money.csv", row.line, "at", said.get("at", ""), "a day, and an amount above 0")
        elif kind == "instalment" and at:
            case.instalments.append(PastInstalment(due_at=at, amount_fen=fen))
        elif told := self._member(case, row):
            if kind == "paid" and at:
                self._past("money.csv", row.line, "at", at)
                told.payments.append(payment_of(said, fen, at))
            elif kind == "agreed":
                told.agreed_fen = fen
            elif kind == "awarded":
                told.awarded_fen = fen

    def _member(self, case: Running, row: Row) -> Told | None:
        named = row.said.get("member", "")
        plain = written_plainly(named)
        found = [
            told
            for told in case.members
            if (told.body.id_number and written_plainly(told.body.id_number) == plain)
            or told.body.name == named
        ]
        if len(found) != 1:
            expected = "the ID number of a member of the case, or a name that one of them has"
            self.wrong.note("money.csv", row.line, "member", named, expected)
            return None
        return found[0]

    def _case(self, file: str, row: Row) -> Running | None:
        """The case of a row that nothing is wrong with."""
        number = row.said.get(CASE.name, "")
        if number and number not in self.cases and number not in self._broken:
            self.wrong.note(file, row.line, CASE.name, number, "a case of cases.csv")
        return self.cases.get(number) if row.sound else None

    def _past(self, file: str, line: int, column: str, at: datetime) -> None:
        if at > self._now:
            self.wrong.note(file, line, column, str(at), "what has happened already")


TIMES: Final = ("started", "due", "paused", "resumed")


def act_of(said: Mapping[str, str], at: datetime) -> PastAct:
    """An act with the fields that are filled; the codes were read before."""

    def given(name: str) -> str | None:
        return said.get(name)

    return PastAct(
        code=PastActCode(said["act"]),
        at=at,
        stage=AidStage(found) if (found := given("aid_stage")) else None,
        means=MeansBasis(found) if (found := given("means")) else None,
        role=AssigneeRole(found) if (found := given("role")) else None,
        person=Pseudonym(found) if (found := given("person")) else None,
        body=AgencyId(found) if (found := given("body")) else None,
        kind=MediationKind(found) if (found := given("kind")) else None,
        result=SessionResult(found) if (found := given("result")) else None,
        docket=ExternalRef(found) if (found := given("docket")) else None,
        final=found == "yes" if (found := given("final")) else None,
        outcome=Outcome(found) if (found := given("outcome")) else None,
    )


def payment_of(said: Mapping[str, str], fen: int, at: datetime) -> PastPayment:
    return PastPayment(
        amount_fen=fen,
        payer=Payer(said.get("payer", "employer")),
        form=PaymentForm(said.get("form", "transfer")),
        received_at=at,
    )
