"""The root of the rules of mediation that stand against what a person wants."""

from schemas.refusals import Refusal


class MediationError(Refusal):
    """Mediation refuses."""
