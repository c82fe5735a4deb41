"""What intake is: its table of contents."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from chassis.agencies import Agencies, follow_agencies, known_agencies
from chassis.printing import Forms, forms_of
from chassis.runtime import Runtime
from chassis.service import Service, on, on_due
from law.book import Law, load_law
from law.hardship import Hardship, load_hardship
from law.threshold import Thresholds, load_thresholds
from schemas.matters import MatterArchived, MatterConcluded
from schemas.transfers import CustodyAmended, CustodyBegun, CustodyEnded, CustodyReduced, OfferEnclosed
from services.intake import (
    api,
    application_api,
    clocks_api,
    consultation_api,
    documents_api,
    duty_api,
    eligibility_api,
    erasure_api,
    forms_api,
    handing_over,
    imports_api,
    members_api,
    repository,
    submission_api,
    supplement_api,
    worklist_api,
)
from services.intake.bundles.files import BundleRefused
from services.intake.domain.case import SUPPLY_BY, Case
from services.intake.domain.errors import (
    ContentErased,
    IntakeError,
    NeedsAnAgent,
    NobodyTakesItIn,
    NothingAskedHere,
    NotTheAdviser,
    NotTheIssuer,
    NotTheOwner,
    ShiftRefused,
)
from services.intake.fetching import fetch_documents
from services.intake.handlers import (
    adopt_case,
    deem_withdrawn,
    drop_document,
    hand_over_case,
    join_member,
    keep_up,
    let_member_go,
    let_nobody_join,
    start_retention,
)
from services.intake.lists.reading import ListRefused
from services.intake.recalling import recall
from services.intake.shredding import shred_documents
from services.intake.sweeping import sweep_documents


async def load_reference(runtime: Runtime) -> Mapping[type, Any]:
    """Rules, standards and forms of this release, with the deployment's over them; agencies as imported."""
    folder = runtime.settings.law_folder
    settings = runtime.settings
    return {
        Law: load_law(folder),
        Hardship: load_hardship(folder),
        Thresholds: load_thresholds(folder),
        Agencies: await known_agencies(runtime),
        Forms: forms_of("intake", settings.forms_folder, settings.form_font),
    }


APIS = (
    submission_api,
    api,
    application_api,
    worklist_api,
    consultation_api,
    duty_api,
    eligibility_api,
    supplement_api,
    clocks_api,
    members_api,
    imports_api,
    documents_api,
    erasure_api,
    forms_api,
)

routes = APIRouter(routes=[route for each in APIS for route in each.router.routes])

service = Service(
    name="intake",
    owns="Case: the application and where it stands. Member: each person in it, and his data. Consultation: "
    "advice that somebody asked for. Document: a paper of it; its bytes lie in the store.",
    log="cases",
    handles=[
        on(OfferEnclosed, join_member),
        on(CustodyBegun, adopt_case),
        on(CustodyAmended, keep_up),
        on(CustodyReduced, let_member_go),
        on(CustodyReduced, drop_document),
        on(CustodyEnded, hand_over_case),
        on(MatterConcluded, let_nobody_join),
        on(MatterArchived, start_retention),
        on_due(Case, SUPPLY_BY, deem_withdrawn),
    ],
    stores=repository.STORES,
    errors={
        NobodyTakesItIn: 422,
        NeedsAnAgent: 422,
        NotTheAdviser: 403,
        NotTheIssuer: 403,
        NotTheOwner: 403,
        NothingAskedHere: 404,
        ContentErased: 410,
        ListRefused: 422,
        BundleRefused: 422,
        ShiftRefused: 422,
        IntakeError: 409,
    },
    routes=routes,
    permissions={name: roles for each in APIS for name, roles in each.PERMISSIONS.items()},
    migrations="services.intake.migrations",
    opens_seals=True,
    makes_keys=True,
    recalls=recall,
    load_reference=load_reference,
    settles=repository.skip_numbers,
    jobs=[shred_documents, sweep_documents, fetch_documents, follow_agencies],
    pages=handing_over.router,
)
