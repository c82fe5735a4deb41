"""Labour arbitration: applied for, accepted, awarded."""

from collections.abc import Mapping
from typing import Final

from services.intake.domain.steps.step import Step

STEPS: Final[Mapping[str, Step]] = {
    "arbitration-filed": Step(
        after="granted",
        says=("body",),
        stage="arbitration",
        starts="arbitration-acceptance",
        met_by=("arbitration-accepted",),
    ),
    "arbitration-accepted": Step(
        after="arbitration-filed", says=("docket",), stage="arbitration", starts="award", met_by=("awarded",)
    ),
    "awarded": Step(
        after="arbitration-accepted", stage="arbitration", starts="suit-after-award", met_by=("suit-filed",)
    ),
}
