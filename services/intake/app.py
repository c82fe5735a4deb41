"""What intake is: its table of contents."""

from chassis.service import Service, on
from schemas.transfers import CustodyAmended, CustodyBegun, CustodyEnded, OfferEnclosed
from services.intake import api, repository
from services.intake.domain.errors import IntakeError, NobodyTakesItIn, NotTheIssuer, NotTheOwner
from services.intake.handlers import adopt_case, hand_over_case, join_member, keep_representatives
from services.intake.recalling import recall

service = Service(
    name="intake",
    owns="Case: the application and where it stands. Member: each person in it, and his data.",
    log="cases",
    handles=[
        on(OfferEnclosed, join_member),
        on(CustodyBegun, adopt_case),
        on(CustodyAmended, keep_representatives),
        on(CustodyEnded, hand_over_case),
    ],
    stores=repository.STORES,
    errors={NobodyTakesItIn: 422, NotTheIssuer: 403, NotTheOwner: 403, IntakeError: 409},
    routes=api.router,
    permissions=api.PERMISSIONS,
    migrations="services.intake.migrations",
    opens_seals=True,
    makes_keys=True,
    recalls=recall,
    settles=repository.skip_numbers,
)
