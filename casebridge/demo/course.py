"""What several of the further journeys do: engage, agree, go to court, put the file away, look at clocks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from casebridge.demo.cast import Agency
from casebridge.demo.play import StoryFailed
from casebridge.demo.tale import Tale, yuan
from law.book import load_law
from law.deadlines import SHANGHAI, day_of
from schemas.ids import MemberId

# --- Aid ---------------------------------------------------------------------------------------------------


async def aided(tale: Tale, stage: str, means: str, lawyers: Agency, *, number: int = 1) -> None:
    """Aid for a stage: granted, a lawyer assigned, who takes it on and is engaged."""
    await tale.grant(stage, means=means)
    await tale.assign("lawyer", lawyers, stage)
    await engaged(tale, lawyers, number)


async def engaged(tale: Tale, lawyers: Agency, number: int) -> None:
    """The lawyer has no interest in the employer, and the workers sign."""
    for path, type, text, said in (
        ("acceptance", "assignment.accepted", "takes it on", {"declared": "none"}),
        ("engagement", "engagement.signed", "is engaged by the workers", {}),
    ):
        await tale.act(f"assignments/{number}/{path}", type, text, by=lawyers, acting_as="lawyer", **said)


async def mediated(
    tale: Tale, committee: Agency, amounts: Sequence[int], *, instalments: Sequence[dict[str, Any]] = ()
) -> None:
    """Proposed and agreed on one day. What is agreed in parts is paid in parts."""
    await tale.mediate(committee, "labour")
    await tale.session(committee, "agreed")
    tale.due = dict(zip(sorted(tale.claims), amounts, strict=True))
    await tale.act(
        "agreement",
        "mediation.agreed",
        f"records the agreement: {yuan(sum(amounts))} for {len(amounts)} member(s)",
        by=committee,
        acting_as="mediator",
        amounts=tale.due,
        agreed_fen=sum(amounts),
        instalments=list(instalments),
        terms="As the table says.",
    )


async def paid(tale: Tale, amounts: dict[MemberId, int], payer: str = "employer") -> None:
    """A part of what they are due."""
    due, tale.due = tale.due, amounts
    await tale.pay(payer)
    tale.due = due


# --- Proceedings -------------------------------------------------------------------------------------------


async def arbitrate(tale: Tale, commission: Agency) -> None:
    await tale.act(
        "arbitration",
        "arbitration.filed",
        f"applies for arbitration at {commission.name}",
        commission=commission.id,
        claim_fen=sum(tale.claims.values()),
        proof="The receipt of filing.",
    )


async def awarded(tale: Tale, amounts: dict[MemberId, int], *, final: bool) -> None:
    """The commission accepts, and decides."""
    await tale.act(
        "arbitration/award",
        "arbitration.awarded",
        f"notes the award: {yuan(sum(amounts.values()))}",
        amounts=amounts,
        awarded_fen=sum(amounts.values()),
        final=final,
    )


async def tried(tale: Tale, docket: str, result: str, amounts: Sequence[int], *, after_days: int) -> None:
    """A suit is docketed in a week, and judged; the judgment is final when nobody appeals in fifteen days."""
    await tale.later(days=5)
    await tale.act("suit/docket", "litigation.docketed", f"notes {docket}", docket=docket, procedure="simple")
    await tale.later(days=after_days)
    tale.due = dict(zip(sorted(tale.claims), amounts, strict=True))
    await tale.act(
        "suit/judgment",
        "litigation.judged",
        f"notes the judgment: {result}, {yuan(sum(amounts))}",
        result=result,
        amounts=tale.due,
        awarded_fen=sum(amounts),
    )
    await tale.later(days=25)
    await tale.traced("litigation.final")


async def confirm(tale: Tale, court: Agency) -> None:
    """Both parties ask for the confirmation of what they agreed on."""
    await tale.act(
        "confirmation",
        "confirmation.applied",
        f"sees both parties apply to {court.name}",
        court=court.id,
        jointly=True,
    )


async def confirmed(tale: Tale, docket: str) -> None:
    """The court accepts in three days, and confirms."""
    await tale.later(days=2)
    await tale.act(
        "confirmation/acceptance", "confirmation.accepted", "sees the court accept it", docket=docket
    )
    await tale.later(days=6)
    await tale.act(
        "confirmation/ruling", "confirmation.confirmed", "sees the agreement confirmed", docket=docket
    )


async def enforce(tale: Tale, court: Agency, title: str) -> None:
    await tale.act(
        "enforcement",
        "enforcement.applied",
        f"applies to {court.name} for enforcement of {title}",
        court=court.id,
        title=title,
    )


async def refused(tale: Tale, path: str, why: str, **said: Any) -> None:
    """An act that the rules do not allow, with the words in which it is refused."""
    try:
        await tale.act(path, "nothing", "was let", **said)
    except StoryFailed as failure:
        tale.sure(f"{path} is refused: {why}", "found 409" in str(failure) and why in str(failure), failure)
    else:
        raise StoryFailed(f"expected {path} to be refused")


# --- The end -----------------------------------------------------------------------------------------------


async def put_away(tale: Tale, lawyers: Agency) -> None:
    """The file is handed in and found in order, and the case rests: no clock is left."""
    await tale.act("file", "file.submitted", "hands the file in", by=lawyers, acting_as="lawyer")
    await tale.act("file/approval", "file.approved", "finds the file in order")
    await tale.act("archive", "matter.archived", "lets the case rest")


async def clocks(tale: Tale, *expected: str) -> None:
    """Every time limit that ran at the owner's, and how it ended."""
    ends = sorted(f"{clock['name']} {clock['state']}" for clock in await none_left(tale))
    tale.check("clocks", ", ".join(ends), ", ".join(sorted(expected)))


async def none_left(tale: Tale) -> Sequence[Any]:
    """No clock runs on, and none is forgotten. Returns all that ran."""
    found = await tale.get(tale.owner.person("caseworker"), "mediation", f"{tale.path}/clocks")
    left = [clock["name"] for clock in found if clock["ended_at"] is None]
    tale.sure("no clock is left", not left, left)
    return [*found]


# --- Days --------------------------------------------------------------------------------------------------


def today(tale: Tale) -> date:
    return day_of(tale.stage.clock.now())


async def on_a_working_day_after(tale: Tale, days: int) -> None:
    """Let days pass until the day that is so many days away is a working day."""
    calendar = load_law().calendar
    while not calendar.is_working(today(tale) + timedelta(days=days)):
        await tale.later(days=1)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def monthly(tale: Tale, amounts: Iterable[int]) -> list[dict[str, Any]]:
    """Instalments, thirty days from one to the next."""
    return [
        {"due_at": at_noon(today(tale) + timedelta(days=30 * number)).isoformat(), "amount_fen": fen}
        for number, fen in enumerate(amounts, start=1)
    ]
