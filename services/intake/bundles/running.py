"""What a bundle tells: its cases with their members, their history, their time limits and their money."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from schemas.codes import DocumentKind, LeavingCode, PastRole, Relation
from schemas.facts import LimitationAct
from schemas.ids import AgencyId, BundleId, ExternalRef, MemberId
from schemas.past import PastAct, PastClock, PastInstalment, PastPayment
from services.intake.bundles.files import Wrong
from services.intake.domain.person import written_plainly
from services.intake.domain.steps import advance_execution, inspection
from services.intake.domain.steps.arbitration import PARTLY
from services.intake.persons import MemberBody

BY_NAME, BY_NUMBER = "name", "number"
Fixed = tuple[str, int | None]
"""What said what a member is due, as its money is called; which agreement or partial award, by its number, or
which suit, by its line."""
AGREED: Final = "agreed"
ORDERED: Final = "ordered"
"""What labour inspection ordered, as money is called that it gives whom it names."""
ADVANCED: Final = "advanced"
"""What is executed in advance of an award, as money is called that it gives."""
REFUSED: Final = "consent-refused"
"""That members of a group did not consent, as it is noted."""
ASKED: Final = (inspection.REPORTED, advance_execution.APPLIED)
DECIDES: Final[Mapping[str, tuple[str, str]]] = {
    inspection.DECIDED: (inspection.REPORTED, "inspection"),
    advance_execution.ORDERED: (advance_execution.APPLIED, "advance"),
}
"""What answers what is asked again and again, and the field that says of which asking."""
MOST_OF_A_KIND: Final = 64
"""Acts, time limits, payments of a member that one event tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """That a member left the case, and where it stands."""

    line: int
    at: datetime
    because: LeavingCode


@dataclass(slots=True)
class Told:
    """A member, where he stands, and what he was due and received."""

    line: int
    id: MemberId
    """What he is called here, once the case is."""
    body: MemberBody
    due_fen: dict[Fixed, int] = field(default_factory=dict)
    """What he is due, by what fixed it."""
    payments: list[PastPayment] = field(default_factory=list)
    left: Departure | None = None

    def gone(self, at: datetime) -> bool:
        """Whether he had left before then: of one moment, he leaves after what is done in it."""
        return self.left is not None and self.left.at < at

    def fixed_in(self, kind: str) -> Sequence[tuple[int, int]]:
        """The amounts of a kind that is numbered, each with its number."""
        return [(which, fen) for (each, which), fen in self.due_fen.items() if each == kind and which]

    def owed_fen(self, agreement: int, at: datetime) -> int:
        """What an agreement owes him in all then; who has left has got what he has got."""
        if self.left and self.left.at <= at:
            return self.agreed_and_paid_fen(agreement, at)
        return self.due_fen.get((AGREED, agreement), 0)

    def agreed_and_paid_fen(self, agreement: int, until: datetime) -> int:
        """What he had received by then of what an agreement gives him; what came before it counts."""
        paid = sum(each.amount_fen for each in self.payments if each.received_at <= until)
        return min(paid, self.due_fen.get((AGREED, agreement), 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An act, or only a note, and where it stands."""

    line: int
    act: PastAct
    file: str = "history.csv"
    columns: Mapping[str, str] = field(default_factory=dict)
    """Where its fields stand, if not under their own names."""
    suit: int | None = None
    """The line of the suit that it is about, in its own table."""
    by_role: PastRole | None = None
    by_agency: AgencyId | None = None
    note: str | None = None
    person_name: str | None = None
    """The name of whom the act is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A time in which a member spoke for his group, and where it stands."""

    line: int
    of: Told
    since: datetime
    until: datetime | None
    """None: he still does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a member of a group said to its agreement, and where it stands; without a day: nothing yet."""

    line: int
    consented_at: datetime | None
    refused_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document, and where its row stands."""

    line: int
    file: str
    kind: DocumentKind
    sha256: str
    added_at: datetime
    of: Told | None
    """Whose it is, if it is one member's."""
    raw: bytes = field(repr=False)


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
    instalments: dict[int, list[tuple[int, PastInstalment]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Of each agreement, by its number, with their lines."""
    limitation_acts: list[LimitationAct] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    """When who spoke for the group."""
    answers: dict[int, dict[MemberId | None, Answer]] = field(default_factory=lambda: defaultdict(dict))
    """What was said to each agreement, by its number and the members; of None: by all others."""
    papers: list[Paper] = field(default_factory=list)
    identities: set[str] = field(default_factory=set)
    """Of the members, so that nobody is one twice."""
    _called: dict[tuple[str, str], list[Told]] = field(default_factory=lambda: defaultdict(list))
    """The members by what rows may call them; a group may have thousands of both."""

    def add(self, told: Told) -> None:
        self.members.append(told)
        self.identities.add(told.body.identity)
        self._called[BY_NAME, told.body.name].append(told)
        if number := told.body.id_number:
            self._called[BY_NUMBER, written_plainly(number)].append(told)

    def called(self, named: str) -> Sequence[Told]:
        """The members who have that name or number, each once."""
        keys = (BY_NAME, named), (BY_NUMBER, written_plainly(named))
        return list({told.id: told for key in keys for told in self._called.get(key, ())}.values())

    def present(self, at: datetime) -> Sequence[Told]:
        """The members who are part of it then."""
        return [told for told in self.members if not told.gone(at)]

    @property
    def staying(self) -> Sequence[Told]:
        """Those who have not left."""
        return [told for told in self.members if told.left is None]

    @property
    def relation(self) -> Relation:
        return Relation(self.said.get("relation", "unknown"))

    @property
    def acts(self) -> Sequence[PastAct]:
        """What was done, in order; an agreement with its instalments, and what is of several with which."""
        return tuple(
            line.act.model_copy(update=more) if more else line.act for line, more in self._numbered()
        )

    def _numbered(self) -> Iterator[tuple[Line, Mapping[str, Any]]]:
        """Each step, with what it says by its place among the others."""
        numbers, part, agreement, asked = self.suit_numbers, 0, 0, Counter[str]()
        several = len(self.agreed) > 1
        for line in self.steps:
            if line.act.code == AGREED:
                agreement += 1
                schedule = tuple(each for _, each in self.schedule(agreement))
                yield (
                    line,
                    {
                        "instalments": schedule,
                        "agreement": agreement if several else None,
                        "by_consent": self.by_consent(agreement) or None,
                    },
                )
            elif line.act.code == PARTLY:
                part += 1
                yield line, {"part": part}
            elif line.act.code in ASKED:
                asked[line.act.code] += 1
                yield line, {}
            elif line.act.code in DECIDES:
                of, field = DECIDES[line.act.code]
                yield line, {field: asked[of] or None}
            else:
                yield line, {"suit": numbers[line.suit]} if line.suit in numbers else {}

    @property
    def suit_numbers(self) -> Mapping[int | None, int]:
        """How the suits are numbered, by their lines: as they were filed. One alone bears no number."""
        filed = [line.suit for line in self.steps if line.act.code == "suit-filed"]
        return {line: number for number, line in enumerate(filed, 1)} if len(filed) > 1 else {}

    def schedule(self, agreement: int) -> Sequence[tuple[int, PastInstalment]]:
        """The instalments of an agreement in order, and where each stands."""
        return sorted(self.instalments.get(agreement, ()), key=lambda each: each[1].due_at)

    @property
    def agreed(self) -> Sequence[datetime]:
        """When the agreements were made."""
        return [line.act.at for line in self.steps if line.act.code == AGREED]

    def by_consent(self, agreement: int) -> bool:
        """Whether an agreement binds a member only once he consents."""
        return agreement in self.answers

    def answer(self, told: Told, agreement: int) -> Answer | None:
        """What a member said to an agreement; None where no row says it, or he had left before it."""
        if told.left and told.left.at < self.agreed_at(agreement):
            return None
        given = self.answers.get(agreement, {})
        return given.get(told.id) or given.get(None)

    def consented_at(self, told: Told, agreement: int) -> datetime | None:
        answer = self.answer(told, agreement)
        at = answer.consented_at if answer else None
        return None if at is None or told.gone(at) else at

    def refused_at(self, told: Told, agreement: int) -> datetime | None:
        answer = self.answer(told, agreement)
        at = answer.refused_at if answer else None
        return None if at is None or told.gone(at) else at

    def agreed_at(self, agreement: int) -> datetime:
        """When an agreement was made; of one that was not, when the case was received."""
        return next(iter(self.agreed[agreement - 1 :]), self.received_at)

    def agreed_fen(self, agreement: int) -> int:
        """What an agreement gives all of them."""
        return sum(told.due_fen.get((AGREED, agreement), 0) for told in self.members)

    @property
    def steps(self) -> Sequence[Line]:
        """The lines of what was done."""
        return [line for line in self.history if line.act.code != "note"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that a bundle tells."""

    id: BundleId
    cases: Mapping[str, Running]
    rows: Mapping[str, int]
    """How many each of its tables has."""
    wrong: Wrong
