"""The page of the protocol: diagrams and a table of every event in every state, made by asking the domain."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from law.book import load_law
from services.routing.domain.believing import RULES
from services.routing.domain.protocol import Cell, Kind, cells_of, kinds
from services.routing.domain.protocol.kind import short

MARKER: Final = "<!-- What follows is made by `casebridge contract generate`. -->\n"
"""Above it stands what people write."""

BELIEVING: Final = """\
The signature of a letter proves which province wrote it. What it says is believed only if that province may
say it. Else nothing changes, no case is held for it, and nothing that it seals is opened; it is kept with the
other letters of the case, and routing logs `letter_not_believed` with its type and sender. A province *may
have the case* where nothing that is known speaks against it: which epochs were ours, and who took it from us.
"""


def protocol_page(current: str) -> str:
    """The page as Markdown: its head as it is, and below it what the domain answers now."""
    head, marker, _ = current.partition(MARKER)
    return head + (marker or MARKER) + "\n" + answers()


@cache
def answers() -> str:
    """What it answers under the law of this release; the same text for the same code."""
    return "\n".join([believing(), *(section(kind) for kind in kinds(load_law()))])


def believing() -> str:
    """Which letter is believed from whom."""
    rows = ["| letter | who may say it | from anybody else |", "|---|---|---|"]
    for rule in RULES:
        letters = ", ".join(short(letter) for letter in rule.letters)
        rows.append(f"| {letters} | {rule.who} | {rule.otherwise} |")
    return "\n".join(["## Who is believed", "", BELIEVING, *rows, ""])


def section(kind: Kind) -> str:
    cells = list(cells_of(kind))
    return f"## {kind.title}\n\n{diagram(kind, cells)}\n{table(kind, cells)}"


def diagram(kind: Kind, cells: Sequence[Cell]) -> str:
    """What leads from state to state, as a state diagram of Mermaid."""
    names = {state: f"s{number}" for number, state in enumerate(states_of(kind, cells))}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state}" as {name}' for state, name in names.items()]
    lines.append(f"    [*] --> {names[next(iter(kind.states))]}")
    for (before, after), stimuli in moves(cells).items():
        lines.append(f"    {names[before]} --> {names[after]}: {', '.join(stimuli)}")
    return "\n".join([*lines, "```", ""])


def states_of(kind: Kind, cells: Sequence[Cell]) -> list[str]:
    """Those that are asked, and those that only follow."""
    return list(dict.fromkeys([*kind.states, *(cell.after for cell in cells)]))


def moves(cells: Sequence[Cell]) -> Mapping[tuple[str, str], list[str]]:
    """From state to state, by what."""
    found: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        if cell.after != cell.state:
            found.setdefault((cell.state, cell.after), []).append(cell.stimulus)
    return found


def table(kind: Kind, cells: Sequence[Cell]) -> str:
    """Every stimulus in every state; states that answer alike share a row."""
    rows = ["| stimulus | in state | answer | then |", "|---|---|---|---|"]
    for stimulus in kind.stimuli:
        asked = [cell for cell in cells if (cell.source, cell.stimulus) == (stimulus.source, stimulus.name)]
        for (answer, _), alike in alike_in(asked).items():
            states = "; ".join(cell.state for cell in alike)
            moved = alike[0].after if alike[0].after != alike[0].state else "–"
            rows.append(f"| {stimulus.source}: {stimulus.name} | {states} | {answer} | {moved} |")
    return "\n".join(rows) + "\n"


def alike_in(cells: Sequence[Cell]) -> Mapping[tuple[str, str], list[Cell]]:
    """The cells by their answer, in the order in which the answers come first."""
    alike: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        ignored = not (cell.said or cell.refused or cell.waits)
        plain = "ignored: the state says why" if ignored else cell.outcome
        moved = cell.after if cell.after != cell.state else ""
        alike.setdefault((plain, moved), []).append(cell)
    return alike
