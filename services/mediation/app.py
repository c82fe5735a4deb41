"""What mediation is: its table of contents."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from chassis.runtime import Runtime
from chassis.service import Service, on, on_due
from law.book import Law, load_law
from schemas.cases import ApplicationWithdrawn, MemberJoined
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation import aid_api, api, clocks_api, mediation_api, outcome_api, repository, suit_api
from services.mediation.domain.errors import MediationError, NotInvolved, NotTheOwner
from services.mediation.domain.matter import Matter
from services.mediation.handlers import (
    activate_matter,
    close_matter,
    open_case,
    register_claim,
    say_breach,
)
from services.mediation.recalling import recall


async def load_reference(runtime: Runtime) -> Mapping[type, Any]:
    """The rules and holidays that this release brings, with those of the deployment over them."""
    return {Law: load_law(runtime.settings.law_folder)}


APIS = (api, clocks_api, aid_api, mediation_api, suit_api, outcome_api)

routes = APIRouter(routes=[route for each in APIS for route in each.router.routes])

service = Service(
    name="mediation",
    owns="Matter: what the owner does with a case. Claim: what a member claims, is due and received.",
    log="matters",
    handles=[
        on(CustodyBegun, open_case),
        on(CustodyPlaced, activate_matter),
        on(CustodyEnded, close_matter),
        on(MemberJoined, register_claim),
        on(ApplicationWithdrawn, close_matter),
        on_due(Matter, "review_by", say_breach),
        on_due(Matter, "assign_by", say_breach),
        on_due(Matter, "mediate_by", say_breach),
    ],
    stores=repository.STORES,
    errors={NotTheOwner: 403, NotInvolved: 403, MediationError: 409},
    routes=routes,
    permissions={name: roles for each in APIS for name, roles in each.PERMISSIONS.items()},
    migrations="services.mediation.migrations",
    opens_seals=True,
    recalls=recall,
    load_reference=load_reference,
)
