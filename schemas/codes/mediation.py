"""Which mediation it is, and how a session ended."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

MEDIATION_KINDS: Final = known(
    peoples=("人民调解", "people's mediation"),
    labour=("劳动争议调解", "labour dispute mediation"),
    joint=("联合调解", "joint mediation of several agencies"),
)
MediationKind = NewType("MediationKind", Annotated[str, CODE, Known(MEDIATION_KINDS)])
"""Which mediation it is; its time limit follows."""


SESSION_RESULTS: Final = known(
    continued=("继续调解", "to be continued"),
    agreed=("达成一致", "agreed"),
    broken_off=("终止", "broken off"),
    party_absent=("当事人未到场", "a party was absent"),
)
SessionResult = NewType("SessionResult", Annotated[str, CODE, Known(SESSION_RESULTS)])
"""How a session ended."""
