"""An acceptance that was decided in time, and reaches an owner who was away until after the deadline."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from casebridge.demo.cast import GUANGDONG, STATION, Agency
from casebridge.demo.stories.zhongshan import application
from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from services.intake.app import service as intake
from services.routing.app import service as routing
from tests.deployment import Deployment, deployed, until
from tests.stage import trust


async def ask(
    parts: Deployment, runtime: Runtime, who: Agency, role: str, path: str, body: Any = None
) -> dict[str, Any]:
    """Look, or with a body change what was looked at before."""
    async with parts.client(runtime, role, who.province, agency=who.id) as client:
        if body is None:
            answer = await client.get(path)
        else:
            seen = await client.get(path.rpartition("/")[0])
            headers = {"Idempotency-Key": str(uuid4()), "If-Match": seen.headers.get("ETag", "*")}
            answer = await client.post(path, json=body, headers=headers)
    assert answer.is_success, answer.text
    return dict(answer.json())


async def see(
    parts: Deployment, runtime: Runtime, who: Agency, path: str, shows: Callable[[Any], bool]
) -> dict[str, Any]:
    found: dict[str, Any] = {}

    async def shown() -> bool:
        async with parts.client(runtime, "director", who.province, agency=who.id) as client:
            answer = await client.get(path)
        found.update(answer.json())
        return answer.is_success and shown_by(found)

    def shown_by(seen: dict[str, Any]) -> bool:
        return shows(seen)

    await until(shown, path)
    return found


async def test_it_counts_although_the_owner_hears_of_it_after_the_deadline(
    addresses: Addresses, tmp_path: Path
) -> None:
    services = [intake, routing]
    async with (
        deployed(addresses, tmp_path / "44", services, ["44"]) as guangdong,
        deployed(addresses, tmp_path / "51", services, ["00", "51"]) as sichuan,
    ):
        trust(guangdong, sichuan)
        guangdong.shared_clock = sichuan.shared_clock = tmp_path / "clock"
        async with (
            guangdong.running(intake) as desk,
            sichuan.running(intake),
            sichuan.running(routing) as there,
        ):
            async with guangdong.running(routing) as here:
                said = application(channel="hotline-12348", site="440000-hotline-12348")
                case = await ask(guangdong, desk, GUANGDONG, "hotline_clerk", "/applications", said)
                path = f"/cases/{case['case_id']}"
                custody = await see(
                    guangdong,
                    here,
                    GUANGDONG,
                    f"{path}/custody",
                    lambda seen: any(each["state"] == "delivered" for each in seen.get("transfers", ())),
                )
                [transfer] = custody["transfers"]

            # The owner's routing is away; the station accepts in time, and then the time is over.
            offer = f"{path}/offers/{transfer['id']}"
            await ask(sichuan, there, STATION, "receiver", f"{offer}/acceptance", {})
            guangdong.clock.step_to(datetime.fromisoformat(transfer["answer_by"]) + timedelta(hours=1))

            async with guangdong.running(routing) as here:
                custody = await see(
                    guangdong, here, GUANGDONG, f"{path}/custody", lambda seen: seen.get("state") == "ended"
                )
                assert [each["state"] for each in custody["transfers"]] == ["completed"]
                await see(
                    sichuan, there, STATION, f"{path}/custody", lambda seen: seen.get("state") == "placed"
                )
