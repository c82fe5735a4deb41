"""What can be seen of a case, by everybody who may look at it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.journeys.people.asking import Answer, Counter

DESK: Final = "00-national-desk"
PROVINCES: Final = ("42", "44", "51")
"""Those that can have a case, beside the national desk."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be changed: where it is seen, what it says, and under which tag."""

    path: str
    said: Any
    etag: str | None

    def __getitem__(self, name: str) -> Any:
        return self.said[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A case as it lies open to one who can look everywhere."""

    path: str
    custodies: Mapping[str, Thing]
    """By province."""
    offers: Sequence[Thing] = ()
    escalations: Sequence[Thing] = ()
    tasks: Sequence[Thing] = ()
    errands: Sequence[Thing] = ()
    application: Thing | None = None
    matter: Thing | None = None
    claims: Sequence[Thing] = ()

    @property
    def owners(self) -> Sequence[str]:
        """The provinces that have the case."""
        return [province for province, custody in self.custodies.items() if custody["state"] != "ended"]

    @property
    def custody(self) -> Thing | None:
        """That of the owner; of a case that nobody has any more, the last."""
        return max(
            self.custodies.values(), key=lambda each: (each["state"] != "ended", each["epoch"]), default=None
        )

    @property
    def running(self) -> Sequence[Any]:
        """The transfers that have not ended."""
        return [
            transfer
            for custody in self.custodies.values()
            for transfer in custody["transfers"]
            if transfer["ended_at"] is None
        ]

    @property
    def undecided(self) -> Sequence[Thing]:
        return [each for each in self.escalations if each["state"] == "waiting"]


async def look_at(counter: Counter, case_id: str) -> Sight:
    """Everything about the case. Some of it may be on its way."""
    path = f"/cases/{case_id}"

    async def seen(role: str, agency: str, service: str, what: str) -> Thing | None:
        answer = await counter.look(role, agency, service, f"{path}/{what}".rstrip("/"))
        return thing(f"{path}/{what}".rstrip("/"), answer)

    found = await asyncio.gather(
        *(seen("operator", f"{code}-operators", "routing", "custody") for code in PROVINCES)
    )
    custodies = {code: custody for code, custody in zip(PROVINCES, found, strict=True) if custody}
    sight = Sight(path=path, custodies=custodies)
    if sight.custody is None:
        return sight
    owner = sight.custody["owner"]
    offers = [
        seen("operator", f"{each['to_province']}-operators", "routing", f"offers/{each['id']}")
        for custody in custodies.values()
        for each in custody["transfers"]
    ]
    escalations = [
        seen("coordinator", each["superior"], "routing", f"escalations/{each['id']}")
        for custody in custodies.values()
        for each in custody["disputes"]
    ]
    tasks = await tasks_of(counter, path, owner)
    errands = [seen("caseworker", each["to"], "routing", f"errands/{each['task_id']}") for each in tasks]
    work = [
        seen("caseworker", owner, "intake", ""),
        seen("caseworker", owner, "mediation", "matter"),
    ]
    application, matter = await asyncio.gather(*work)
    return Sight(
        path=path,
        custodies=custodies,
        offers=[each for each in await asyncio.gather(*offers) if each],
        escalations=[each for each in await asyncio.gather(*escalations) if each],
        tasks=[
            each
            for task in tasks
            if (each := await seen("caseworker", owner, "routing", f"tasks/{task['task_id']}"))
        ],
        errands=[each for each in await asyncio.gather(*errands) if each],
        application=application,
        matter=matter,
        claims=await claims_of(counter, path, owner),
    )


def thing(path: str, answer: Answer) -> Thing | None:
    """What was seen; None where there is nothing yet."""
    if answer.status == 404:
        return None
    assert answer.good, f"looking at {path}: {answer}"
    return Thing(path, answer.said, answer.etag)


async def tasks_of(counter: Counter, path: str, owner: str) -> Sequence[Any]:
    """What the owner has asked of others about this case."""
    found: list[Any] = []
    after = ""
    while True:
        page = await counter.look("caseworker", owner, "routing", f"/tasks?limit=200{after}")
        assert page.good, f"{owner} looks at its tasks: {page}"
        found += [task for task in page.said["items"] if path == f"/cases/{task['case_id']}"]
        if page.said["next"] is None:
            return found
        after = f"&after={page.said['next']}"


async def claims_of(counter: Counter, path: str, owner: str) -> Sequence[Thing]:
    """Each member's claim, with a tag of its own."""
    page = await counter.look("caseworker", owner, "mediation", f"{path}/claims")
    if not page.good:
        return []
    paths = [f"{path}/claims/{each['member_id']}" for each in page.said["items"]]
    found = await asyncio.gather(*(counter.look("caseworker", owner, "mediation", each) for each in paths))
    return [each for path, answer in zip(paths, found, strict=True) if (each := thing(path, answer))]
