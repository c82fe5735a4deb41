"""What people may do at any moment: every command of routing, and what the directory may make of a case."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from chassis.unit_of_work import Actor, UnitOfWork
from law.book import Law
from schemas.codes import (
    ClarificationCode,
    ExtensionCode,
    ImpossibleCode,
    LegalBasis,
    NoProposalCode,
    RejectionCode,
    TaskResult,
)
from schemas.facts import Candidate
from schemas.ids import AgencyId, Province, Pseudonym, SiteId
from services.routing.deciding import next_step
from services.routing.domain import acting, answering, clarifying, relocating
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.offer import Offer
from services.routing.domain.route import TRANSFER
from services.routing.domain.task import Task
from services.routing.domain.times import law_at
from tests.protocol.clerk import Place
from tests.protocol.scene import HOTLINE, HUBEI

BASIS = LegalBasis("LAL-38")
LUXIAN = AgencyId("510521-legal-aid")
IN_HUBEI = Candidate(agency=HUBEI, province=Province("42"), mode=TRANSFER, site=SiteId(f"{HUBEI}-window"))
DIRECTED_TO = (HOTLINE, LUXIAN, HUBEI)
"""Whom a coordinator of the desk may direct to take the case."""


class Wish(NamedTuple):
    """A command: in words, who gives it, and what it does."""

    words: str
    agency: AgencyId
    kind: type
    id: str
    do: Callable[[Any, UnitOfWork], Any]
    """From the aggregate to the events that it says."""

    def carry_out(self, uow: UnitOfWork) -> None:
        aggregate: Any = uow.expect(self.kind, self.id)
        uow.emit(aggregate, self.do(aggregate, uow))

    def actor(self, province: Province) -> Actor:
        return Actor(role="director", pseudonym=Pseudonym("p"), agency=self.agency, province=province)


def wishes_of(place: Place) -> Iterator[Wish]:
    """Every command that somebody of the province may think of; the domain refuses what it must."""
    for kind, id, aggregate in sorted(place.aggregates, key=lambda each: each[:2]):
        match kind:
            case "Offer":
                yield from of_offer(id, aggregate)
            case "Custody":
                yield from of_custody(id, aggregate)
            case "Escalation":
                yield from of_escalation(id, aggregate)
            case "Errand":
                yield from of_errand(id, aggregate)
            case "Task":
                yield from of_task(id, aggregate)


def of_offer(id: str, offer: Offer) -> Iterator[Wish]:
    by = offer.agency

    def wish(words: str, do: Callable[[Offer, UnitOfWork], Any]) -> Wish:
        return Wish(f"{words} {id}", by, Offer, id, do)

    yield wish("accepts", lambda o, uow: answering.accept(o, by=by, at=uow.now))
    refusal: dict[str, Any] = {"by": by, "code": RejectionCode("not-competent"), "legal_basis": BASIS}
    if by != HUBEI:
        yield wish(
            "refuses, and proposes Hubei for,",
            lambda o, uow: answering.reject(o, **refusal, proposed=HUBEI, at=uow.now),
        )
    nobody: dict[str, Any] = {"proposed": None, "no_proposal": NoProposalCode("none-known")}
    yield wish("refuses", lambda o, uow: answering.reject(o, **refusal, **nobody, at=uow.now))
    yield wish("acknowledges", lambda o, uow: answering.acknowledge(o, by=by, at=uow.now))
    yield wish("asks back about", lambda o, uow: ask(o, uow))


def ask(offer: Offer, uow: UnitOfWork) -> Any:
    question = uow.vault.seal_for(offer.from_province, {"text": "which site?"})
    law = law_at(offer.agency, uow.province, uow.use(Directory), uow.use(Law))
    about = (ClarificationCode("facts"),)
    return answering.ask(offer, by=offer.agency, about=about, question=question, law=law, at=uow.now)


def of_custody(id: str, custody: Custody) -> Iterator[Wish]:
    by = custody.owner
    for each in custody.transfers:
        yield Wish(f"recalls {each.id}", by, Custody, id, recalling(each.id, by))
        if each.clarifications:
            yield Wish(f"answers what was asked about {each.id}", by, Custody, id, supplying(each, by))
    for dispute in custody.disputes:
        yield Wish(f"takes back escalation {dispute.id}", by, Custody, id, recalling(dispute.id, by))


def recalling(id: Any, by: AgencyId) -> Callable[[Custody, UnitOfWork], Any]:
    return lambda custody, uow: acting.recall(custody, id, by=by, at=uow.now)


def supplying(transfer: Any, by: AgencyId) -> Callable[[Custody, UnitOfWork], Any]:
    def supply(custody: Custody, uow: UnitOfWork) -> Any:
        said = {"text": "the second one"}
        content, letter = uow.vault.seal(said), uow.vault.seal_for(transfer.to_province, said)
        supplied = clarifying.supply(custody, transfer.id, content, letter, by=by, at=uow.now)
        uow.vault.keep(f"clarification/{transfer.id}-{transfer.clarifications}", content)
        return supplied

    return supply


def closings_of(place: Place) -> Iterator[Wish]:
    """A site that is asked closes, and nobody goes on, or another agency does."""
    for _, id, custody in (each for each in place.aggregates if each[0] == "Custody"):
        for each in custody.transfers:
            if each.open and each.site:
                words, by = f"hears that the site of {each.id} has closed", custody.owner
                yield Wish(words, by, Custody, id, closing(each.site, None))
                yield Wish(f"{words}, and Hubei goes on", by, Custody, id, closing(each.site, IN_HUBEI))


def closing(site: SiteId, going_on: Candidate | None) -> Callable[[Custody, UnitOfWork], Any]:
    def close(custody: Custody, uow: UnitOfWork) -> Any:
        step, law = next_step(custody, uow), uow.use(Law)
        closed, here = {site: going_on}, uow.province
        return relocating.relocate(custody, closed, step.route, step.id, law, here=here, at=uow.now)

    return close


def of_escalation(id: str, escalation: Escalation) -> Iterator[Wish]:
    for to in DIRECTED_TO:
        yield Wish(f"directs {to} on", escalation.superior, Escalation, id, directing(to))


def directing(to: AgencyId) -> Callable[[Escalation, UnitOfWork], Any]:
    return lambda escalation, uow: escalation.direct(
        uow.use(Directory).agencies[to],
        by=escalation.superior,
        legal_basis=BASIS,
        here=uow.province,
        at=uow.now,
    )


def of_errand(id: str, errand: Errand) -> Iterator[Wish]:
    by = errand.agency

    def wish(words: str, do: Callable[[Errand, UnitOfWork], Any]) -> Wish:
        return Wish(f"{words} {id}", by, Errand, id, do)

    yield wish("takes note of", lambda e, uow: e.acknowledge(by=by, wants_until=None, at=uow.now))
    yield wish(
        "helps with", lambda e, uow: e.finish(by=by, result=TaskResult("done"), papers=None, at=uow.now)
    )
    yield wish("cannot help with", lambda e, uow: give_up(e, uow))


def give_up(errand: Errand, uow: UnitOfWork) -> Any:
    reason = uow.vault.seal_for(errand.from_province, {"text": "there is no such site"})
    return errand.give_up(by=errand.agency, because=ImpossibleCode("not-found"), reason=reason, at=uow.now)


def of_task(id: str, task: Task) -> Iterator[Wish]:
    if task.extensions:
        return  # Once is enough to see what it does; nothing else bounds it.
    yield Wish(
        f"gives more time for {id}",
        task.asked_by,
        Task,
        id,
        lambda t, uow: t.extend(
            max(t.due_by, uow.now) + timedelta(days=1),
            ExtensionCode("helper-asked"),
            by=t.asked_by,
            law=uow.use(Law),
            at=uow.now,
        ),
    )
