"""What mediation is: its table of contents."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from chassis.agencies import Agencies, follow_agencies, known_agencies
from chassis.printing import Forms, forms_of
from chassis.runtime import Runtime
from chassis.service import Service, on, on_due
from law.book import Law, load_law
from schemas.cases import (
    ApplicationAmended,
    ApplicationInfoRequested,
    ApplicationSupplied,
    ApplicationWithdrawn,
    MemberJoined,
    MemberLeft,
)
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation import (
    advance_api,
    agreement_api,
    aid_api,
    api,
    arbitration_api,
    arbitration_review_api,
    assignment_api,
    award_api,
    clocks_api,
    confirmation_api,
    enforcement_api,
    file_api,
    follow_up_api,
    forms_api,
    hearing_api,
    inspection_api,
    limitation_api,
    matter_api,
    mediation_api,
    notarisation_api,
    objection_api,
    outcome_api,
    payment_order_api,
    repository,
    review_api,
    suit_api,
    worklist_api,
)
from services.mediation.domain.errors import (
    MediationError,
    NothingAsked,
    NotInvolved,
    NotTheBureau,
    NotTheirBureau,
    NotTheOwner,
)
from services.mediation.domain.matter import Matter
from services.mediation.handlers import (
    activate_matter,
    amend_matter,
    close_matter,
    lapse_right,
    let_member_go,
    open_case,
    pass_appeal,
    pass_execution,
    pass_instalment,
    pass_order,
    pass_part_suit_limit,
    pass_suit_limit,
    pause_review,
    register_claim,
    resume_review,
    say_breach,
    warn_of_risk,
    withdraw_matter,
)
from services.mediation.recalling import recall


async def load_reference(runtime: Runtime) -> Mapping[type, Any]:
    """Rules and holidays of this release, those of the deployment over them; agencies as imported."""
    return {
        Law: load_law(runtime.settings.law_folder),
        Agencies: await known_agencies(runtime),
        Forms: forms_of("mediation", runtime.settings.forms_folder, runtime.settings.form_font),
    }


APIS = (
    api,
    matter_api,
    worklist_api,
    forms_api,
    clocks_api,
    limitation_api,
    aid_api,
    review_api,
    advance_api,
    assignment_api,
    objection_api,
    mediation_api,
    suit_api,
    outcome_api,
)

PROCEEDING_APIS = (
    agreement_api,
    confirmation_api,
    arbitration_review_api,
    notarisation_api,
    inspection_api,
    arbitration_api,
    hearing_api,
    award_api,
    payment_order_api,
    enforcement_api,
    file_api,
    follow_up_api,
)

routes = APIRouter(routes=[route for each in (*APIS, *PROCEEDING_APIS) for route in each.router.routes])

service = Service(
    name="mediation",
    owns="Matter: what the owner does with a case. Claim: what a member claims, is due and received.",
    log="matters",
    handles=[
        on(CustodyBegun, open_case),
        on(CustodyPlaced, activate_matter),
        on(CustodyEnded, close_matter),
        on(MemberJoined, register_claim),
        on(ApplicationInfoRequested, pause_review),
        on(ApplicationSupplied, resume_review),
        on(MemberLeft, let_member_go),
        on(ApplicationAmended, amend_matter),
        on(ApplicationWithdrawn, withdraw_matter),
        on_due(Matter, "review_by", say_breach),
        on_due(Matter, "supply_by", say_breach),
        on_due(Matter, "regularise_by", say_breach),
        on_due(Matter, "engage_by", say_breach),
        on_due(Matter, "objection_by", say_breach),
        on_due(Matter, "assign_by", say_breach),
        on_due(Matter, "mediate_by", say_breach),
        # proceedings
        on_due(Matter, "pay_by", pass_instalment),
        on_due(Matter, "confirmation_accept_by", say_breach),
        on_due(Matter, "confirmation_decide_by", say_breach),
        on_due(Matter, "arbitration_accept_by", say_breach),
        on_due(Matter, "award_by", say_breach),
        on_due(Matter, "sue_by", pass_suit_limit),
        on_due(Matter, "postpone_by", lapse_right),
        on_due(Matter, "part_sue_by", pass_part_suit_limit),
        on_due(Matter, "set_aside_by", lapse_right),
        on_due(Matter, "sue_anew_by", lapse_right),
        on_due(Matter, "inspection_accept_by", say_breach),
        on_due(Matter, "inspect_by", say_breach),
        on_due(Matter, "obey_by", pass_order),
        on_due(Matter, "notarise_by", say_breach),
        on_due(Matter, "order_by", say_breach),
        on_due(Matter, "object_by", lapse_right),
        on_due(Matter, "docket_by", say_breach),
        on_due(Matter, "judge_by", say_breach),
        on_due(Matter, "appeal_by", pass_appeal),
        on_due(Matter, "execute_by", pass_execution),
        on_due(Matter, "hand_in_by", say_breach),
        on_due(Matter, "file_review_by", say_breach),
        # rights that run out
        on_due(Matter, "at_risk", warn_of_risk),
        on_due(Matter, "limitation_by", lapse_right),
        on_due(Matter, "confirm_by", lapse_right),
        on_due(Matter, "enforce_by", lapse_right),
    ],
    stores=repository.STORES,
    errors={
        NotTheOwner: 403,
        NotInvolved: 403,
        NotTheBureau: 403,
        NotTheirBureau: 403,
        NothingAsked: 404,
        MediationError: 409,
    },
    routes=routes,
    permissions={
        name: roles for each in (*APIS, *PROCEEDING_APIS) for name, roles in each.PERMISSIONS.items()
    },
    migrations="services.mediation.migrations",
    opens_seals=True,
    recalls=recall,
    load_reference=load_reference,
    jobs=[follow_agencies],
)
