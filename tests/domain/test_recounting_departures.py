"""Who left a group before an import leaves it in its past, and the case is known without him since then."""

from dataclasses import replace
from datetime import timedelta

from schemas.cases import ApplicationAmended, MemberLeft
from schemas.facts import Imported
from schemas.ids import BundleId
from schemas.matters import MatterAmended, MatterOpened
from schemas.past import PastMoney
from schemas.samples import a
from services.mediation.domain import leaving
from services.mediation.domain.matter import Matter
from tests.domain.test_matter import NOW, claims, matter


def test_the_case_is_known_without_him_and_without_what_he_claimed() -> None:
    found, one = matter(), claims()[0]
    (said,) = leaving.without(found, one, at=NOW)

    assert isinstance(said, MatterAmended)
    assert (said.facts.members, said.facts.claim_fen) == (
        found.facts.members - 1,
        found.facts.claim_fen - one.claim_fen,
    )
    assert said.at == NOW


def test_that_a_member_left_before_the_import_is_told_with_the_past_and_not_twice() -> None:
    left_at = NOW - timedelta(days=3)
    one = replace(claims()[0], past=PastMoney(left_at=left_at))
    before = a(MemberLeft, at=left_at, member_id=one.member_id)

    assert leaving.told_before(one, before)
    assert not leaving.told_before(one, before.model_copy(update={"at": NOW}))
    assert not leaving.told_before(claims()[0], before)


def test_what_changed_before_the_import_is_told_with_the_past_which_may_not_have_come_yet() -> None:
    imported = Imported(bundle=BundleId("9f86d081884c7d65"), at=NOW)
    facts = a(MatterOpened).facts.model_copy(update={"imported": imported})
    waiting = Matter.opened(a(MatterOpened, facts=facts))
    fewer = facts.model_copy(update={"members": facts.members + 1})
    amended = a(ApplicationAmended, at=NOW - timedelta(days=1), epoch=waiting.epoch, facts=fewer)
    since = amended.model_copy(update={"at": NOW + timedelta(days=1)})

    assert leaving.amend(waiting, amended, at=NOW) == []
    assert len(leaving.amend(waiting, since, at=NOW)) == 1
