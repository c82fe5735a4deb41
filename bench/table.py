"""What a run found: rows for people, and `latest.json` for machines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich import box
from rich.console import Console
from rich.table import Table

LATEST = Path(__file__).parent / "out" / "latest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure. `floor` is what the bare parts did in the same run, or a limit that was set."""

    measure: str
    ours: float
    floor: float
    unit: str
    to_reach: str = ""
    reached: bool | None = None
    """None where the row is there to compare with."""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else 0.0


def row(
    measure: str,
    ours: float,
    floor: float,
    unit: str,
    reach: tuple[Literal["ratio ≥", "ratio ≤", "≥", "≤"], float] | None = None,
) -> Row:
    """A row, and whether it reaches what it is to reach."""
    if reach is None:
        return Row(measure=measure, ours=ours, floor=floor, unit=unit)
    how, limit = reach
    found = (ours / floor if floor else 0.0) if how.startswith("ratio") else ours
    reached = found >= limit if how.endswith("≥") else found <= limit
    return Row(
        measure=measure,
        ours=ours,
        floor=floor,
        unit=unit,
        to_reach=f"{how} {written(limit)}",
        reached=reached,
    )


def written(number: float) -> str:
    """Three digits that matter, thousands apart."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def show(rows: Sequence[Row]) -> None:
    table = Table(box=box.SIMPLE)
    for name, justify in (("measure", "left"), ("ours", "right"), ("floor", "right"), ("unit", "left")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    table.add_column("ratio", justify="right")
    table.add_column("to reach")
    for found in rows:
        verdict = {None: "", True: "  yes", False: "  NO"}[found.reached]
        table.add_row(
            found.measure,
            written(found.ours),
            written(found.floor),
            found.unit,
            f"{found.ratio:.2f}",
            found.to_reach + verdict,
        )
    Console().print(table)


def save(rows: Sequence[Row]) -> None:
    LATEST.parent.mkdir(parents=True, exist_ok=True)
    found = [
        {"measure": r.measure, "ours": r.ours, "floor": r.floor, "unit": r.unit, "ratio": round(r.ratio, 4)}
        for r in rows
    ]
    LATEST.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
