"""A deployment's own time limits, in services that run: they set deadlines, and a mistake stops the start."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chassis.embedded.parts import Addresses
from law.files import LawRefused
from schemas.ids import AgencyId
from schemas.samples import a, facts
from schemas.transfers import CustodyBegun
from services.mediation.app import service as mediation
from tests.deployment import Deployment, case_id, deployed, source, until

OWNER = AgencyId("442000-legal-aid")

TWO_DAYS = """
[[rule]]
id = "review"
region = "4420"
article = "ZHONGSHAN-LEGAL-AID"
source = "test"
zh = "两日内审查"
en = "review within two days"
duration = 2
unit = "days"
start = { zh = "收到申请之日", en = "the receipt of the application" }
valid_from = 2024-01-01
confidence = "H"
"""


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [mediation], ["44"]) as deployment:
        yield deployment


def law_folder(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "44.toml").write_text(text, encoding="utf-8")
    return folder


async def test_a_review_goes_by_the_rule_of_its_city_and_says_which(
    guangdong: Deployment, tmp_path: Path
) -> None:
    case, folder = case_id(), law_folder(tmp_path, TWO_DAYS)
    begun = a(CustodyBegun, case_id=case, owner=OWNER, facts=facts(), contact=None)
    assert begun.facts.work == "442000"
    async with (
        source(guangdong.addresses.kafka, "/cn44/routing") as routing,
        guangdong.running(mediation, law_folder=folder) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as office,
    ):
        await routing.say(begun)

        async def opened() -> bool:
            return (await office.get(f"/cases/{case}/matter")).status_code == 200

        await until(opened, "the matter")
        (review,) = (await office.get(f"/cases/{case}/clocks")).json()

    # Received on Monday, 2 March, at 09:12 in Beijing: two days later the day ends.
    assert review["due_at"] == "2026-03-04T15:59:59Z"
    assert review["version"] == "review:4420:2024-01-01"
    assert review["provisional"] is False


async def test_a_looser_rule_that_does_not_say_so_stops_the_start(
    guangdong: Deployment, tmp_path: Path
) -> None:
    folder = law_folder(tmp_path, TWO_DAYS.replace("duration = 2", "duration = 12"))

    with pytest.raises(
        LawRefused, match=r"44\.toml, rule review, duration: found 12 days, expected not more"
    ):
        async with guangdong.started(mediation, law_folder=folder):
            pass
