"""The page of proceedings: what may follow what, and what a breach opens, drawn from mediation's tables."""

from collections.abc import Iterator
from typing import Final

from schemas.codes import LEGAL_BASES, REMEDIES
from schemas.ids import RuleId
from schemas.messages import Event
from services.mediation.domain.course import Course, ProceedingState, Step
from services.mediation.domain.courses import BY_PASSING, COURSES
from services.mediation.domain.remedies import OPENINGS

MARKER: Final = "<!-- What follows is made by `casebridge contract generate`. -->\n"
"""Above it stands what people write."""


def proceedings_page(current: str) -> str:
    """The page as Markdown: its head as it is, and below it what the tables say now."""
    head, marker, _ = current.partition(MARKER)
    parts = [*map(section, COURSES), ways()]
    return head + (marker or MARKER) + "\n" + "\n".join(parts)


def section(course: Course) -> str:
    return f"## {course.title}\n\n{diagram(course)}\n{table(course)}"


def diagram(course: Course) -> str:
    """What leads from state to state, as a state diagram of Mermaid."""
    names = {state: f"s{number}" for number, state in enumerate(states_of(course))}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state}" as {name}' for state, name in names.items()]
    lines.append(f"    [*] --> {names[ProceedingState.NOTHING]}")
    for step in course.steps:
        for state in step.at:
            lines.append(f"    {names[state]} --> {names[step.then or state]}: {called(step)}")
    return "\n".join([*lines, "```", ""])


def states_of(course: Course) -> list[ProceedingState]:
    """In the order in which the steps lead there."""
    reached = [state for step in course.steps for state in (*step.at, step.then) if state]
    return list(dict.fromkeys([ProceedingState.NOTHING, *reached]))


def table(course: Course) -> str:
    """Every step: where it may be taken, where it leads, what it does to the clocks."""
    rows = [
        "| step | stands at | then | clock met | clock started or paused | rule | opens | said by |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for step in course.steps:
        cells = (
            f"`{called(step)}`",
            stands_in_words(step),
            step.then or "–",
            ", ".join(f"`{name}`" for name in step.meets) or "–",
            ", ".join([*(f"`{clock}`" for clock, _ in clocks_of(step)), *ended(step)]) or "–",
            ", ".join(rule for _, rule in clocks_of(step)) or "–",
            step.opens or "–",
            said_by(step),
        )
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(
        [*rows, "", f"People may take a step while the matter is {', '.join(course.during)}.", ""]
    )


def stands_in_words(step: Step) -> str:
    """Where it stands, and where others do or must not."""
    beside = [f"; {other.kind}: {', '.join(other.at)}" for other in step.beside]
    beside += ["; " + " or ".join(f"{other.kind}: {', '.join(other.at)}" for other in step.either)] * bool(
        step.either
    )
    apart = [f"; not {other.kind}: {', '.join(other.at)}" for other in step.apart]
    return ", ".join(step.at) + "".join([*beside, *apart])


def clocks_of(step: Step) -> Iterator[tuple[str, str]]:
    """The clocks that it starts, and what they go by."""
    if step.starts:
        yield step.starts, linked(step.rule) if step.rule else "by what is agreed, or by the procedure"
    if step.also:
        yield step.also.clock, linked(step.also.rule)


def ended(step: Step) -> list[str]:
    """The clocks that run on no longer, or not for a while."""
    stopped = [f"`{name}` stops" for name in step.stops]
    return [*stopped, f"`{step.pauses}` stands still"] if step.pauses else stopped


def said_by(step: Step) -> str:
    """A person, a clock that passes, or what it follows from."""
    by = [f"with `{named(each)}`" for each in step.follows]
    by += [f"`{step.when_passed}`, when it passes"] if step.when_passed else []
    return "; ".join(by) or "a person"


def linked(rule: RuleId) -> str:
    return f"[`{rule}`](rules.md)"


def ways() -> str:
    """What is open to the workers after what."""
    rows = ["## The ways that are open", "", "| after | way | legal basis | if |", "|---|---|---|---|"]
    for opening in OPENINGS:
        conditions = ", ".join(sorted(opening.when)) or "always"
        basis = f"`{opening.legal_basis}` {LEGAL_BASES[opening.legal_basis].en}"
        rows.append(f"| {opening.by} | {REMEDIES[opening.way].en} | {basis} | {conditions} |")
    return "\n".join(rows) + "\n"


def called(step: Step) -> str:
    """The step's event, as people say it."""
    name = named(step.says)
    return f"{name} ({step.when_passed})" if step.says in BY_PASSING else name


def named(says: type[Event]) -> str:
    return says.type.removeprefix("casebridge.").rpartition(".")[0]
