"""The page of answers: every command, timer and fact in every state, made by asking intake and mediation."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from casebridge.answers import Cell, Kind, cells_of, kinds
from law.book import load_law

MARKER: Final = "<!-- What follows is made by `casebridge contract generate`. -->\n"
"""Above it stands what people write."""

MANY: Final = 8
"""From so many states on, the most common answer says that it is the one in all others."""


def answers_page(current: str) -> str:
    """The page as Markdown: its head as it is, and below it what the domains answer now."""
    head, marker, _ = current.partition(MARKER)
    return head + (marker or MARKER) + "\n" + answers()


@cache
def answers() -> str:
    """What they answer under the law of this release; the same text for the same code."""
    return "\n".join(section(kind) for kind in kinds(load_law()))


def section(kind: Kind) -> str:
    cells = list(cells_of(kind))
    asked = f"{len(kind.stimuli)} stimuli in {len(kind.states)} states: {len(cells)} answers."
    parts = (f"## {kind.title}\n", f"{asked}\n", diagram(kind, cells), states(kind), table(kind, cells))
    return "\n".join(parts)


def diagram(kind: Kind, cells: Sequence[Cell]) -> str:
    """What moves the whole from state to state; proceedings have diagrams of their own."""
    moves: dict[tuple[str, str], dict[str, None]] = {}
    for cell in cells:
        before, after = whole(standing(kind, cell)), whole(reached(kind, cell))
        if before != after:
            moves.setdefault((before, after), {})[cell.said[0]] = None
    names = {state: f"s{number}" for number, state in enumerate(dict.fromkeys(sum(moves, ())))}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state}" as {name}' for state, name in names.items()]
    lines.append(f"    [*] --> {names[whole(kind.state_of(next(iter(kind.states.values()))))]}")
    lines += [f"    {names[one]} --> {names[two]}: {', '.join(said)}" for (one, two), said in moves.items()]
    return "\n".join([*lines, "```", ""])


def states(kind: Kind) -> str:
    """What the states are called, and where an aggregate stands that is in them."""
    rows = ["| state | stands at |", "|---|---|"]
    rows += [f"| {name} | {kind.state_of(aggregate)} |" for name, aggregate in kind.states.items()]
    return "\n".join(rows) + "\n"


def table(kind: Kind, cells: Sequence[Cell]) -> str:
    """Every stimulus in every state; states that answer alike share a row, the most common answer last."""
    rows = ["| stimulus | answer | then | in state |", "|---|---|---|---|"]
    for stimulus in kind.stimuli:
        asked = [cell for cell in cells if (cell.source, cell.stimulus) == (stimulus.source, stimulus.name)]
        alike = list(alike_in(kind, asked).items())
        usual = max(alike, key=lambda row: len(row[1]))
        for row in sorted(alike, key=lambda row: (row is usual, is_nothing(row[1][0]))):
            (answer, then), same = row
            where = "all" if len(alike) == 1 else f"all others ({len(same)})"
            if row is not usual or len(same) < MANY:
                where = "; ".join(cell.state for cell in same)
            rows.append(f"| {stimulus.source}: {stimulus.name} | {answer} | {then or '–'} | {where} |")
    return "\n".join(rows) + "\n"


def alike_in(kind: Kind, cells: Sequence[Cell]) -> Mapping[tuple[str, str], list[Cell]]:
    """The cells by their answer and by what it changes, in the order in which the answers come first."""
    alike: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        plain = "ignored: the state says why" if is_nothing(cell) and not cell.refused else cell.outcome
        alike.setdefault((plain, changed(kind, cell)), []).append(cell)
    return alike


def is_nothing(cell: Cell) -> bool:
    """Whether nothing comes of it."""
    return not cell.said


def changed(kind: Kind, cell: Cell) -> str:
    """Where it stands then, as far as that is elsewhere than before."""
    before = standing(kind, cell).split(", ")
    return ", ".join(part for part in reached(kind, cell).split(", ") if part not in before)


def standing(kind: Kind, cell: Cell) -> str:
    return kind.state_of(kind.states[cell.state])


def reached(kind: Kind, cell: Cell) -> str:
    return standing(kind, cell) if is_nothing(cell) else cell.after


def whole(standing: str) -> str:
    """The state of the whole, without what stands beside it."""
    return standing.partition(", ")[0]
