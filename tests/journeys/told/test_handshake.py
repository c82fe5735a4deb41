"""Cases that nobody takes at once: asked back, refused, escalated, directed, recalled, too late; and help."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from casebridge.demo.cast import (
    GUANGDONG,
    LUXIAN,
    NATIONAL_DESK,
    STATION,
    ZHONGSHAN,
    Agency,
)
from casebridge.demo.play import StoryFailed
from casebridge.demo.stories.zhongshan import application
from casebridge.demo.tale import Tale
from schemas.ids import AgencyId

GUANGZHOU = Agency(AgencyId("440100-legal-aid"), "Guangzhou centre (44)")


async def refuse(tale: Tale, asked: Agency, transfer: str, **said: Any) -> None:
    """The receiver says who is competent, or why nobody is known."""
    offer = f"{tale.path}/offers/{transfer}"
    body = {"code": "not-competent", "legal_basis": "LAL-38", **said}
    await tale.post(asked.person("receiver"), "routing", f"{offer}/rejection", body, seen_as=offer)


async def ask_back(tale: Tale, asked: Agency, transfer: str) -> None:
    offer = f"{tale.path}/offers/{transfer}"
    body = {"about": ["evidence"], "question": {"text": "Which site was it?"}}
    await tale.post(asked.person("receiver"), "routing", f"{offer}/questions", body, seen_as=offer)


async def supply(tale: Tale, owner: Agency, transfer: str, answer: str) -> None:
    """The sender reads the question, and answers it."""
    path, who = f"{tale.path}/transfers/{transfer}", owner.person("sender")
    await tale.transfer_is(owner, transfer, "clarifying")
    asked = await tale.get(who, "routing", f"{path}/question")
    assert asked["question"] == {"text": "Which site was it?"}
    body = {"answer": {"text": answer}}
    await tale.post(who, "routing", f"{path}/clarification", body, seen_as=f"{tale.path}/custody")


async def escalated_to(tale: Tale, superior: Agency) -> dict[str, Any]:
    """What is on the list of the superior's coordinators."""
    page = await tale.see(
        f"escalation of {tale.number} at {superior.id}",
        superior.person("coordinator"),
        "routing",
        "/escalations?state=waiting&limit=200",
        lambda page: any(each["case_id"] == tale.case_id for each in page["items"]),
    )
    return dict(next(each for each in page["items"] if each["case_id"] == tale.case_id))


async def direct(tale: Tale, superior: Agency, escalation: str, to: Agency) -> None:
    path = f"{tale.path}/escalations/{escalation}"
    who = superior.person("coordinator")
    await tale.post(who, "routing", f"{path}/direction", {"to": to.id}, seen_as=path)


async def refused_twice(tale: Tale) -> dict[str, Any]:
    """The station refuses and names Zhongshan; Zhongshan refuses and knows of nobody."""
    await refuse(tale, STATION, await tale.offered_to(STATION), proposed=ZHONGSHAN.id)
    await refuse(tale, ZHONGSHAN, await tale.offered_to(ZHONGSHAN), no_proposal="none-known")
    return await escalated_to(tale, NATIONAL_DESK)


async def test_a_case_that_two_refuse_goes_to_whom_the_national_desk_directs(call: Tale) -> None:
    escalation = await refused_twice(call)
    assert (escalation["because"], escalation["escalated_by"]) == ("refused-twice", GUANGDONG.id)
    assert [each["result"] for each in escalation["asked"]] == ["rejected", "rejected"]

    await direct(call, NATIONAL_DESK, escalation["transfer_id"], STATION)

    # Nobody at the station consents: the direction accepts for it.
    call.epoch = 2
    await call.placed_with(STATION)
    call.owner = STATION
    await call.accept()
    with pytest.raises(StoryFailed, match="409"):
        await direct(call, NATIONAL_DESK, escalation["transfer_id"], LUXIAN)
    custody = await call.get(GUANGDONG.person("sender"), "routing", f"{call.path}/custody")
    assert [each["state"] for each in custody["transfers"]] == ["rejected", "rejected", "completed"]


async def test_an_owner_that_is_directed_to_keep_the_case_acts(call: Tale) -> None:
    escalation = await refused_twice(call)

    await direct(call, NATIONAL_DESK, escalation["transfer_id"], GUANGDONG)

    await call.placed_with(GUANGDONG)


async def test_a_superior_that_does_not_decide_is_pressed_and_still_decides(call: Tale) -> None:
    escalation = await refused_twice(call)

    await call.until(datetime.fromisoformat(escalation["decide_by"]) + timedelta(minutes=1))

    pressed = await call.see(
        "the escalation overdue",
        NATIONAL_DESK.person("coordinator"),
        "routing",
        f"{call.path}/escalations/{escalation['transfer_id']}",
        lambda found: found["overdue"],
    )
    assert pressed["decide_by"] > escalation["decide_by"]
    await direct(call, NATIONAL_DESK, escalation["transfer_id"], ZHONGSHAN)
    await call.placed_with(ZHONGSHAN)


async def test_an_escalation_is_taken_back_when_the_application_is_withdrawn(call: Tale) -> None:
    escalation = await refused_twice(call)

    await call.withdraw(GUANGDONG, "settled-elsewhere")

    await call.see(
        "the escalation closed",
        NATIONAL_DESK.person("coordinator"),
        "routing",
        f"{call.path}/escalations/{escalation['transfer_id']}",
        lambda found: found["state"] == "closed",
    )


async def test_the_station_asks_back_twice_and_then_takes_the_case(call: Tale) -> None:
    transfer = await call.offered_to(STATION)
    offer = f"{call.path}/offers/{transfer}"
    receiver = STATION.person("receiver")
    await call.post(receiver, "routing", f"{offer}/acknowledgement", {}, seen_as=offer)
    await call.transfer_is(GUANGDONG, transfer, "acknowledged")
    first = (await call.offer(STATION, transfer))["answer_by"]

    for answer in ("the one at the river", "the second tower"):
        await ask_back(call, STATION, transfer)
        await supply(call, GUANGDONG, transfer, answer)
        await call.see(
            "the clarification", receiver, "routing", offer, lambda found: found["state"] == "acknowledged"
        )
    with pytest.raises(StoryFailed, match="asked-often"):
        await ask_back(call, STATION, transfer)

    # Each was answered on the day on which it was asked: nothing was added to the time.
    assert (await call.offer(STATION, transfer))["answer_by"] == first
    read = await call.get(receiver, "routing", f"{offer}/clarifications")
    assert read == {"1": {"text": "the one at the river"}, "2": {"text": "the second tower"}}
    await call.accept_offer(STATION, transfer)
    call.epoch = 2
    await call.placed_with(STATION)


async def test_a_recall_wins_over_an_acceptance_that_comes_after_it(call: Tale) -> None:
    transfer = await call.offered_to(STATION)

    await call.recall(GUANGDONG, transfer)

    await call.placed_with(GUANGDONG)
    await call.see_offer_closed(STATION, transfer)
    with pytest.raises(StoryFailed, match="offer-not-open"):
        await call.accept_offer(STATION, transfer)


async def test_an_agency_is_reminded_before_its_time_is_over(call: Tale) -> None:
    transfer = await call.offered_to(STATION)
    await call.delivered(GUANGDONG, transfer)
    answer_by = datetime.fromisoformat((await call.offer(STATION, transfer))["answer_by"])

    await call.until(answer_by - timedelta(hours=1))

    notices = await call.see(
        "a reminder on the work list",
        STATION.person("caseworker"),
        "notify",
        f"{call.path}/notices",
        lambda notices: any(notice["kind"] == "offer-reminded" for notice in notices),
    )
    assert all(notice["agency"] == STATION.id for notice in notices if notice["kind"] == "offer-reminded")


async def test_from_county_to_county_inside_one_province(tell: Callable[[Agency], Tale]) -> None:
    """Its letters go through its own mailbox."""
    tale = tell(ZHONGSHAN)
    said = application(home="440100", channel="window")
    await tale.apply(GUANGZHOU, "intake_clerk", said)

    transfer = await tale.offered_to(ZHONGSHAN)
    await ask_back(tale, ZHONGSHAN, transfer)
    await supply(tale, GUANGZHOU, transfer, "the one at the river")
    await tale.transfer_is(GUANGZHOU, transfer, "acknowledged")
    await tale.accept_offer(ZHONGSHAN, transfer)

    tale.epoch = 2
    await tale.placed_with(ZHONGSHAN)
    await tale.accept()


async def at_the_station(tale: Tale) -> str:
    """The family walks into the station, which asks Zhongshan for the papers of the site."""
    said = application(channel="workstation-home-province", site="510521-station-zhongshan")
    await tale.apply(STATION, "intake_clerk", said)
    await tale.placed_with(STATION)
    return await tale.asked_to_help(ZHONGSHAN, "site-report")


async def task_is(tale: Tale, task: str, state: str) -> Any:
    return await tale.see(
        f"task {state}",
        STATION.person("caseworker"),
        "routing",
        f"{tale.path}/tasks/{task}",
        lambda view: view["task"]["state"] == state,
    )


async def test_help_is_taken_note_of_extended_and_then_impossible(tell: Callable[[Agency], Tale]) -> None:
    tale = tell(STATION)
    task = await at_the_station(tale)
    errand, helper = f"{tale.path}/errands/{task}", ZHONGSHAN.person("caseworker")
    due = datetime.fromisoformat((await tale.get(helper, "routing", errand))["errand"]["due_by"])
    wanted = (due + timedelta(days=20)).isoformat()

    body: dict[str, Any] = {"wants_until": wanted}
    await tale.post(helper, "routing", f"{errand}/acknowledgement", body, seen_as=errand)
    view = await task_is(tale, task, "acknowledged")
    assert datetime.fromisoformat(view["task"]["wants_until"]) == due + timedelta(days=20)

    await tale.until(due + timedelta(minutes=1))
    await task_is(tale, task, "overdue")

    body = {"due_by": wanted, "because": "helper-asked"}
    path = f"{tale.path}/tasks/{task}"
    await tale.post(STATION.person("sender"), "routing", f"{path}/extension", body, seen_as=path)
    await tale.see(
        "more time",
        helper,
        "routing",
        errand,
        lambda view: datetime.fromisoformat(view["errand"]["due_by"]) == due + timedelta(days=20),
    )

    body = {"because": "not-found", "reason": {"text": "The contractor has left."}}
    await tale.post(helper, "routing", f"{errand}/impossibility", body, seen_as=errand)
    assert (await task_is(tale, task, "impossible"))["papers"] == {"text": "The contractor has left."}
    await tale.accept()
