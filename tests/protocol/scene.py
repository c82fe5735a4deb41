"""The story that is explored: a hotline in Guangdong, a worker from Sichuan, an agency in Hubei, the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from law.book import Law, load_law
from law.rule import Rule, Unit
from schemas.cases import (
    ApplicationSubmitted,
    DocumentAdded,
    DocumentRemoved,
    MemberJoined,
)
from schemas.envelope import Event
from schemas.facts import CaseFacts
from schemas.fields import Sealed
from schemas.ids import AgencyId, Province, RuleId
from schemas.samples import a, facts
from services.routing.directory.folder import read_directory
from services.routing.directory.reading import shipped_folder
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory
from services.routing.domain.item import DOCUMENT
from services.routing.domain.load import Load
from tests.protocol.clerk import CASE, GLASS, Place, Post

PROVINCES: Final = tuple(map(Province, ("44", "51", "42", "00")))
HOTLINE: Final = AgencyId("440000-legal-aid")
HUBEI: Final = AgencyId("420900-legal-aid")
"""Nobody's candidate: it is asked when somebody proposes it."""
PAPER: Final = a(DocumentRemoved).document_id
"""The document, if there is one."""

BEGIN: Final = datetime(2026, 3, 2, 4, tzinfo=UTC)

DAYS: Final[Mapping[str, int]] = MappingProxyType(
    {"answer-offer": 1, "answer-offer-local": 1, "escalation-decision": 1, "answer-task": 2}
)
"""Lengths for the exploration, in days; every other time limit of transfers has one day."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Which case it is."""

    name: str
    case_type: str = "wage-arrears"
    intake: AgencyId = HOTLINE
    province: str = "44"
    home: str = "510521"
    document: bool = False
    """With a document."""
    exact: bool = False
    """With the law's own time limits, and every moment that the product keeps."""

    @property
    def reference(self) -> Mapping[type, Any]:
        return reference(exact=self.exact)

    @property
    def facts(self) -> CaseFacts:
        return facts(members=1, case_type=self.case_type, home=self.home, work="442000")

    def beginning(self) -> tuple[Post, ...]:
        """What intake has said, and routing has not read yet."""
        contact = sealed(self.province, {"phone": "of the worker"})
        person = sealed(self.province, {"name": "of the worker"})
        submitted = a(
            ApplicationSubmitted,
            case_id=CASE,
            at=BEGIN,
            facts=self.facts,
            agency=self.intake,
            contact=contact,
        )
        joined = a(MemberJoined, case_id=CASE, at=BEGIN, person=person)
        about = sealed(self.province, {"file_name": "of the paper"})
        added = a(DocumentAdded, case_id=CASE, at=BEGIN, document_id=PAPER, from_province=None, about=about)
        told = (submitted, joined, added) if self.document else (submitted, joined)
        return tuple(said(self.province, "cases", event) for event in told)


HANDSHAKE: Final = Scene(name="handshake")
"""The hotline asks the station, the home centre, the centre of the place; then the desk decides."""

WITH_PAPER: Final = replace(HANDSHAKE, name="with a paper", document=True)

LOCAL: Final = Scene(name="local", home="442000")
"""The hotline asks the centre of the place, in its own province."""

HELP: Final = Scene(
    name="help", case_type="death-compensation", intake=AgencyId("510521-station-zhongshan"), province="51"
)
"""The station keeps the case, and asks the centre of the place for the papers of the accident."""


def sealed(province: str, value: Any) -> Sealed:
    return GLASS.seal(value, GLASS.new_case_key(Province(province)), b"")


def said(province: str, log: str, event: Event) -> Post:
    """What intake or mediation of the province says."""
    service = {"cases": "intake", "matters": "mediation"}[log]
    return Post(Province(province), log, f"/cn{province}/{service}", event)


@cache
def reference(*, exact: bool) -> Mapping[type, Any]:
    """The shipped directory, and the law, with time limits of a day unless it is to be exact."""
    law = load_law()
    return {
        Directory: read_directory(shipped_folder()),
        Law: law if exact else hurried(law),
        Load: Load(),
    }


def hurried(law: Law) -> Law:
    """The law with short time limits of transfers: all deadlines of a day may then fire in any order."""
    rules = dict(law.rules)
    for id, versions in rules.items():
        if versions[0].article == "AGREEMENT":
            changed: dict[str, Any] = {"duration": DAYS.get(id, 1), "unit": Unit.DAYS, "remind": ()}
            rules[RuleId(id)] = tuple(hurry(version, changed) for version in versions)
    return replace(law, rules=MappingProxyType(rules))


def hurry(rule: Rule, changed: dict[str, Any]) -> Rule:
    """The rule with a short time; who is asked may ask back once, and has a day of pause for it."""
    pause = rule.pause and rule.pause.model_copy(update={"at_most": 1, "longest": 1, "unit": Unit.DAYS})
    return rule.model_copy(update=changed | {"pause": pause})


def has_paper(custody: Custody | None) -> bool:
    return custody is not None and custody.count(DOCUMENT) > 0


def custody_of(place: Place) -> Custody | None:
    return next((each for kind, _, each in place.aggregates if kind == "Custody"), None)
