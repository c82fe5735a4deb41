"""What an import did, or would do."""

from collections.abc import Sequence

from pydantic import BaseModel

from schemas.ids import AgencyId, BundleId, CaseNumber, Count, ExternalRef, Fen
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import Bundle, Told
from services.intake.domain.standing import STAGES


class NewCase(BaseModel):
    """A case that an import makes, or would make."""

    issuer: AgencyId
    external: ExternalRef
    """Its number in the earlier system."""
    number: CaseNumber | None
    """Its number here; none yet where nothing was imported."""
    stage: str
    members: Count


class Report(BaseModel):
    """What an import did, or would do."""

    bundle: BundleId
    imported: bool
    """False where it was only asked what would happen."""
    cases: Sequence[NewCase]
    stages: dict[str, Count]
    """How many cases stand where."""
    rows: dict[str, Count]
    """How many each table has: suits, payment orders …"""
    members: Count
    documents: Count
    claimed_fen: Fen
    """Of who left, no more than what he received."""
    recovered_fen: Fen
    due_soon: Count
    """Duties whose time ends within seven days."""
    breached: Count
    """Duties whose time has passed; they stay so, and nobody is alarmed anew."""
    warnings: Sequence[str]


def report_of(
    bundle: Bundle, outlook: Outlook, numbers: Sequence[CaseNumber | None], *, keep: bool
) -> Report:
    cases = list(bundle.cases.values())
    told_of = [told for case in cases for told in case.members]
    return Report(
        bundle=bundle.id,
        imported=keep,
        cases=[
            NewCase(
                issuer=case.issuer,
                external=case.number,
                number=number,
                stage=case.said["stage"],
                members=len(case.staying),
            )
            for case, number in zip(cases, numbers, strict=True)
        ],
        stages={stage: outlook.stages[stage] for stage in STAGES},
        rows=dict(bundle.rows),
        members=sum(len(case.staying) for case in cases),
        documents=sum(len(case.papers) for case in cases),
        claimed_fen=sum(paid_fen(told) if told.left else told.body.claim_fen for told in told_of),
        recovered_fen=sum(map(paid_fen, told_of)),
        due_soon=outlook.due_soon,
        breached=outlook.breached,
        warnings=outlook.warnings,
    )


def paid_fen(told: Told) -> Fen:
    return sum(each.amount_fen for each in told.payments)
