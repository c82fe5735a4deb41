"""Moving running cases here from another system: what would happen, and letting it happen."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.agencies import Agencies
from chassis.auth import Caller
from chassis.http import Uow, Who, case_router, runtime_of, sent_up_to
from chassis.telemetry import current_traceparent
from chassis.together import decide_together
from chassis.unit_of_work import Actor, Stimulus
from law.book import Law
from schemas.ids import AgencyId, CaseId
from services.intake.api import CLERKS
from services.intake.bundles.bundle import read_bundle
from services.intake.bundles.files import LARGEST
from services.intake.bundles.fitting import fit
from services.intake.domain.case import Case
from services.intake.importing.case_ids import case_id_of
from services.intake.importing.papers import stored
from services.intake.importing.report import Report
from services.intake.importing.whole import import_bundle
from services.intake.repository import PAST

router: APIRouter = case_router()

OPERATORS = frozenset({"operator"})
PERMISSIONS = {
    "import_cases": OPERATORS,
    "check_import": OPERATORS,
    "read_past": CLERKS | {"lawyer", "mediator", "director"},
}


SentBundle = Annotated[bytes, Depends(sent_up_to(LARGEST))]


@router.post("/imports", status_code=201)
async def import_cases(raw: SentBundle, request: Request, who: Who) -> Report:
    """Import the cases of a bundle: all of them, or if anything is wrong none. The body is the zip."""
    return await run_import(raw, request, who, keep=True)


@router.post("/imports/check")
async def check_import(raw: SentBundle, request: Request, who: Who) -> Report:
    """Say what an import of this bundle would do, or all that is wrong with it. Nothing of it is kept."""
    return await run_import(raw, request, who, keep=False)


@router.get("/cases/{case_id}/past")
async def read_past(case_id: CaseId, uow: Uow) -> Sequence[dict[str, str]]:
    """What the earlier system had written of an imported case, in order. The steps stand in its timeline."""
    uow.get(Case, case_id)
    uow.vault.check_readable()
    kept = (uow.vault.get(name) for name in sorted(uow.vault.names(PAST)))
    return [uow.vault.unseal(note) for note in kept if note]


async def run_import(raw: bytes, request: Request, who: Caller, *, keep: bool) -> Report:
    runtime = runtime_of(request)
    engine, now = runtime.engine, runtime.clock.now()
    bundle = read_bundle(raw, who.province, engine.reference[Agencies], now)
    outlook = fit(bundle, who.province, engine.reference[Law], now)
    bundle.wrong.check()
    stimuli = [stimulus_of(request, who, case_id_of(who.province, case)) for case in bundle.cases.values()]
    if not keep:
        decision = partial(import_bundle, bundle, outlook, {}, keep=False)
        return await decide_together(engine, who.province, stimuli, decision, keep=False)
    async with stored(bundle, who.province, runtime) as papers:
        decision = partial(import_bundle, bundle, outlook, papers, keep=True)
        return await decide_together(engine, who.province, stimuli, decision, keep=True)


def stimulus_of(request: Request, who: Caller, case_id: CaseId) -> Stimulus:
    return Stimulus(
        case_id=case_id,
        actor=Actor(
            role=request.state.role,
            pseudonym=who.sub,
            agency=who.agency or AgencyId("none"),
            province=who.province,
        ),
        traceparent=current_traceparent(request.headers.get("traceparent")),
    )
