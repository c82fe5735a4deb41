"""Terminates aid before the work is done. Claims stay open, so that money that is owed is still followed."""

from schemas.codes import LegalBasis, TerminationCode
from schemas.fields import Sealed
from schemas.matters import AidTerminated, MatterEvent
from services.mediation.domain.acts import GRANTED, Act
from services.mediation.domain.errors import OnlyAdvanced
from services.mediation.domain.matter import Matter


def terminate(
    matter: Matter, act: Act, code: TerminationCode, legal_basis: LegalBasis, reasons: Sealed
) -> list[MatterEvent]:
    """Aid that was granted ends. Raises OnlyAdvanced."""
    matter.check_owner(act, *GRANTED)
    if not matter.aid.grants:
        raise OnlyAdvanced(case_id=matter.case_id)
    return [AidTerminated(**matter.said(act.at), code=code, legal_basis=legal_basis, reasons=reasons)]
