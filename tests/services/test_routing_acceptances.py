"""Offers that an earlier release wrote: the migration finds out which of them were accepted."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chassis.embedded.parts import Addresses
from schemas.samples import a
from schemas.transfers import OfferAccepted, OfferAcknowledged, OfferReceived
from services.routing.app import service as routing
from services.routing.domain.offer import Offer
from services.routing.migrations.routing_0005 import KEEP_ACCEPTANCES
from services.routing.repository import OFFERS
from tests.deployment import Deployment, deployed

CASE = a(OfferReceived).case_id


@pytest.fixture
async def parts(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [routing], ["51"]) as deployment:
        yield deployment


async def keep(parts: Deployment, id: str, **said: Any) -> None:
    """An offer as it was written before."""
    state = json.loads(OFFERS.dump(Offer.begin(a(OfferReceived, transfer_id=id)))) | said
    del state["taken_on"]
    await parts.rows(
        "routing",
        "INSERT INTO offer (province, id, case_id, version, state, agency, status, answer_by) "
        "VALUES ('51', :id, :case, 1, cast(:state AS jsonb), 'agency', 'any', now())",
        id=id,
        case=CASE,
        state=json.dumps(state),
    )


async def answer(parts: Deployment, letter: OfferAccepted | OfferAcknowledged, number: int) -> None:
    await parts.rows(
        "routing",
        "INSERT INTO sent_letter "
        "(province, case_id, to_province, sequence, topic, key, value, headers, sent_at) "
        "VALUES ('51', :case, '44', :number, 'cn44.mailbox', '', :value, :headers, now())",
        case=CASE,
        number=number,
        value=letter.model_dump_json().encode(),
        headers=json.dumps([["ce_type", letter.type]]),
    )


async def test_an_acceptance_of_before_is_known(parts: Deployment) -> None:
    closed = {"state": "closed"}
    await keep(parts, "waiting")
    await keep(parts, "rejected", state="rejected")
    await keep(parts, "accepted", state="accepted")
    await keep(parts, "completed", **closed, closed_because="completed")
    await keep(parts, "voided", **closed, closed_because="voided")
    for id in ("lapsed", "lapsed-after-it-was-accepted"):
        await keep(parts, id, **closed, closed_because="lapsed")
    await answer(parts, a(OfferAccepted, transfer_id="lapsed-after-it-was-accepted"), 1)
    await answer(parts, a(OfferAcknowledged, transfer_id="lapsed"), 2)

    await parts.rows("routing", KEEP_ACCEPTANCES)

    rows = await parts.rows("routing", "SELECT id, state::text AS state FROM offer")
    assert {row.id: OFFERS.load(row.state).taken_on for row in rows} == {
        "waiting": False,
        "rejected": False,
        "accepted": True,
        "completed": True,
        "voided": True,
        "lapsed": False,
        "lapsed-after-it-was-accepted": True,
    }
