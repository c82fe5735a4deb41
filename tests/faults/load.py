"""People at work while everything breaks: they apply, accept, review; unanswered, they ask again."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import uuid4

import httpx

from casebridge.demo.people import employer, member
from schemas.ids import Division

GUANGDONG: Final = "440000-legal-aid"
ZHONGSHAN: Final = "442000-legal-aid"
HOTLINES: Final = {GUANGDONG: "440000-hotline-12348"}
AGAIN_S: Final = 0.3
LOOK_S: Final = 0.8


class Workplace(Protocol):
    """Where people work: which service of which deployment they ask, and as whom."""

    def address(self, service: str, agency: str) -> str: ...

    def token(self, role: str, agency: str) -> str: ...


class NotInTime(Exception):
    """A story did not come to its end although everything was healed."""


LOST = (httpx.HTTPError, AttributeError)
"""What the client raises when a service ends. Of a socket that was closed as soon as it was connected anyio
asks who is on the other side, and finds that it is None."""


@dataclass
class Story:
    """One case, from the application to the grant of aid."""

    number: int
    moves: bool
    taken_by: str = GUANGDONG
    """Who takes the application of a case that moves."""
    owner: str = ZHONGSHAN
    """Who works on it in the end: of a case that moves, whoever is asked. A station that is full is not."""
    step: str = "applying"
    case_id: str = ""


@dataclass
class Load:
    """All stories, a few at a time."""

    at: Workplace
    http: httpx.AsyncClient
    seed: int
    stories: list[Story] = field(default_factory=list)
    finished: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    """The ledger of requests: what was answered, and what had to be asked again."""

    async def play(self, cases: int, *, at_once: int, over_s: float) -> None:
        """Play so many stories, begun evenly over some seconds, never more than `at_once` at a time."""
        dice = random.Random(self.seed)
        await self.play_these(
            [Story(number, moves=dice.random() < 0.4) for number in range(cases)],
            at_once=at_once,
            over_s=over_s,
        )

    async def play_these(self, stories: Sequence[Story], *, at_once: int, over_s: float) -> None:
        room, cases = asyncio.Semaphore(at_once), len(stories)
        self.stories += stories
        loop = asyncio.get_running_loop()
        began = loop.time()

        async def tell(story: Story) -> None:
            async with room:
                await self.tell(story)
                self.finished += 1

        async with asyncio.TaskGroup() as group:
            for place, story in enumerate(stories, 1):
                group.create_task(tell(story))
                await asyncio.sleep(max(0.0, began + over_s * place / cases - loop.time()))

    async def tell(self, story: Story) -> None:
        await self.apply(story)
        if story.moves:
            story.step = "waiting for the offer"
            transfer = await self.offer(story)
            story.step = "accepting the offer"
            offer = f"/cases/{story.case_id}/offers/{transfer}"
            await self.change("receiver", story.owner, "routing", f"{offer}/acceptance", offer, {})
        story.step = "waiting for the matter"
        matter = f"/cases/{story.case_id}/matter"
        epoch = 2 if story.moves else 1
        worker = ("caseworker", story.owner, "mediation")
        await self.see(*worker, matter, lambda found: found["state"] == "to-accept")
        story.step = "accepting the application"
        case = f"/cases/{story.case_id}"
        await self.change(*worker, f"{case}/acceptance", matter, {"epoch": epoch})
        story.step = "granting aid"
        grant = {"epoch": epoch, "stage": "mediation", "means": "exempt-pay"}
        await self.change(*worker, f"{case}/grants", matter, grant)
        story.step = "done"

    async def apply(self, story: Story) -> None:
        home, work = Division("510521"), Division("442000")
        said: dict[str, Any] = {
            "channel": "hotline-12348" if story.moves and story.taken_by in HOTLINES else "window",
            "home": home if story.moves else work,
            "work": work,
            "case_type": "wage-arrears",
            "relation": "labour",
            "evidence": ["wage-iou"],
            "employer": employer(work, f"公司 {story.number}"),
            "narrative": "Not paid since spring.",
            "members": [member(home, 1_000_00 * (1 + n)) for n in range(1 + story.number % 3)],
            "representatives": [0] if story.number % 3 == 2 else [],
        }
        if story.moves and story.taken_by in HOTLINES:
            said["site"] = HOTLINES[story.taken_by]
        where = ("hotline_clerk", story.taken_by) if story.moves else ("intake_clerk", ZHONGSHAN)
        receipt = await self.ask(*where, "intake", "POST", "/applications", body=said, key=str(uuid4()))
        story.case_id = receipt.json()["case_id"]

    async def offer(self, story: Story) -> str:
        """The transfer, once the offer is on the work list of who is asked."""
        case = f"/cases/{story.case_id}"
        custody = await self.see(
            "sender", story.taken_by, "routing", f"{case}/custody", lambda found: bool(found["transfers"])
        )
        asked = custody["transfers"][0]
        story.owner = asked["to"]
        await self.see("receiver", story.owner, "routing", f"{case}/offers/{asked['id']}", lambda found: True)
        return str(asked["id"])

    # --- Asking --------------------------------------------------------------------------------------------

    async def change(
        self, role: str, agency: str, service: str, path: str, seen_as: str, body: Mapping[str, Any]
    ) -> None:
        """A change of what was seen; when somebody was quicker, look again and ask anew."""
        while True:
            seen = await self.ask(role, agency, service, "GET", seen_as)
            answer = await self.ask(
                role, agency, service, "POST", path, body=body, key=str(uuid4()), etag=seen.headers["ETag"]
            )
            if answer.status_code != httpx.codes.PRECONDITION_FAILED:
                return

    async def see(self, role: str, agency: str, service: str, path: str, shows: Callable[[Any], bool]) -> Any:
        while True:
            answer = await self.ask(role, agency, service, "GET", path)
            if answer.status_code == httpx.codes.OK and shows(answer.json()):
                return answer.json()
            await asyncio.sleep(LOOK_S)

    async def ask(
        self,
        role: str,
        agency: str,
        service: str,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
        etag: str | None = None,
    ) -> httpx.Response:
        """Ask until there is an answer: the same request, with the same key, so that it counts once."""
        said = {"Idempotency-Key": key} if key else {}
        said |= {"If-Match": etag} if etag else {}
        while True:
            # Meanwhile the service may have moved, and the token may have expired.
            headers = {"Authorization": f"Bearer {self.at.token(role, agency)}", **said}
            address = f"{self.at.address(service, agency)}/v1{path}"
            try:
                answer = await self.http.request(method, address, headers=headers, json=body)
            except LOST as error:
                self.answers[f"{method} not answered ({type(error).__name__})"] += 1
            else:
                if answer.status_code < 500:
                    self.count(method, answer)
                    return answer
                self.answers[f"{method} answered {answer.status_code}"] += 1
            await asyncio.sleep(AGAIN_S)

    def count(self, method: str, answer: httpx.Response) -> None:
        if method == "POST":
            replayed = " (replayed)" if answer.headers.get("idempotent-replayed") else ""
            self.answers[f"POST answered {answer.status_code}{replayed}"] += 1
            if answer.is_error and answer.status_code != httpx.codes.PRECONDITION_FAILED:
                raise NotInTime(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
