"""What a member was due, by what fixed it."""

from services.mediation.domain.claim import Claim


def agreed_fen(claim: Claim) -> int:
    return (claim.past and claim.past.agreed_fen) or 0


def awarded_fen(claim: Claim) -> int:
    return (claim.past and claim.past.awarded_fen) or 0
