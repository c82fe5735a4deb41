"""Every command before labour inspection and the notary."""

from datetime import timedelta
from typing import Final

from casebridge.answers.aid_commands import AT, Give, here
from casebridge.answers.sample_claims import amounts_of, claims_of, total_of
from law.book import Law
from schemas.codes import InspectionApproach, InspectionResult, RefusalGround
from schemas.ids import AgencyId, ExternalRef
from services.mediation.domain import inspecting, notarising

INSPECTORATE: Final = AgencyId("442071-labour-inspection")
NOTARY: Final = AgencyId("442000-notary")
DOCKET: Final = ExternalRef("粤2071-88")
GROUND: Final = RefusalGround("unclear")


def inspected(law: Law) -> dict[str, Give]:
    complaint, order = InspectionApproach("complaint"), InspectionResult("payment-ordered")
    return {
        "inspecting: report": lambda m: inspecting.report(
            m, here(m), INSPECTORATE, complaint, total_of(m), None, law
        ),
        "inspecting: accept": lambda m: inspecting.accept(m, here(m), DOCKET, law),
        "inspecting: refuse": lambda m: inspecting.refuse(m, here(m), GROUND),
        "inspecting: extend": lambda m: inspecting.extend(m, here(m), law),
        "inspecting: decide": lambda m: inspecting.decide(
            m, here(m), order, ordered_fen=total_of(m), referred_to=None
        ),
        "inspecting: decide (amounts and a day)": lambda m: inspecting.decide(
            m,
            here(m),
            order,
            ordered_fen=total_of(m),
            referred_to=None,
            claims=claims_of(m),
            amounts=amounts_of(m),
            pay_by=AT + timedelta(days=15),
        ),
        "inspecting: decide (no sum)": lambda m: inspecting.decide(
            m, here(m), order, ordered_fen=0, referred_to=None
        ),
        "inspecting: withdraw": lambda m: inspecting.withdraw(m, here(m)),
    }


def notarised(law: Law) -> dict[str, Give]:
    return {
        "notarising: apply": lambda m: notarising.apply(m, here(m), NOTARY, law, jointly=True),
        "notarising: apply (one party alone)": lambda m: notarising.apply(
            m, here(m), NOTARY, law, jointly=False
        ),
        "notarising: issue": lambda m: notarising.issue(m, here(m), DOCKET),
        "notarising: refuse": lambda m: notarising.refuse(m, here(m), GROUND),
        "notarising: certify": lambda m: notarising.certify(m, here(m), claims_of(m), DOCKET),
    }
