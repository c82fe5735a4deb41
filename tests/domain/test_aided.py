"""Aid is granted stage by stage; workers may always act for themselves, and then that is said."""

from dataclasses import replace

import pytest

from schemas.matters import ArbitrationFiled
from services.mediation.domain import arbitrating
from services.mediation.domain.acts import MatterState
from services.mediation.domain.aided import ARBITRATION, ENFORCEMENT, FIRST_INSTANCE, check_aided
from services.mediation.domain.errors import NotAided
from tests.domain.test_arbitration import COMMISSION, WAGES
from tests.domain.test_matter import HERE, IN_HAND, LAW, aided, matter

MEDIATED = replace(matter(*IN_HAND), facts=WAGES)


def test_aid_for_mediation_is_none_for_what_follows() -> None:
    for stage in (ARBITRATION, FIRST_INSTANCE, ENFORCEMENT):
        with pytest.raises(NotAided, match="a grant of its own") as refused:
            check_aided(MEDIATED, stage, unaided=False)
        assert refused.value.expected == "mediation"

    assert check_aided(aided(MEDIATED, "enforcement"), ENFORCEMENT, unaided=False) is None


def test_workers_who_act_for_themselves_need_no_aid_and_are_recorded() -> None:
    (filed,) = arbitrating.file(MEDIATED, HERE, COMMISSION, 300, None, LAW, unaided=True)

    assert isinstance(filed, ArbitrationFiled)
    assert filed.unaided


def test_aid_that_was_terminated_covers_nothing() -> None:
    ended = replace(aided(MEDIATED, "arbitration"), state=MatterState.TERMINATED)

    with pytest.raises(NotAided):
        check_aided(ended, ARBITRATION, unaided=False)
