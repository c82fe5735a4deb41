"""Which case here one of another system is."""

from chassis.ids import derived_id
from schemas.ids import CaseId, Province
from services.intake.bundles.running import Running


def case_id_of(province: Province, case: Running) -> CaseId:
    """The same number of the same issuer is always the same case."""
    return CaseId(derived_id(province, "imported", case.issuer, case.number))
