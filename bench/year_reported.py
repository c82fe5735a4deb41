"""What `trace` reports to the ministry of the year, beside the generator's own books."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx

from bench.year_books import Books
from bench.year_plan import FIRST_DAY
from bench.year_tale import YearStage
from casebridge.demo.tale import OPERATOR
from law.deadlines import day_of

SPLITS: Final = {
    "by_province": "province",
    "by_type": "case_type",
    "by_channel": "channel",
    "by_month": "month",
}
FIGURES: Final = ("received", "workers", "claimed_fen", "recovered_fen")


async def reported(stage: YearStage, http: httpx.AsyncClient) -> Mapping[str, Any]:
    """The statistics from the first day until now, as an operator of the deployment reads them."""
    address = f"{stage.address('trace', OPERATOR.agency.province)}/v1/statistics"
    answer = await http.get(
        address,
        params={"from": str(FIRST_DAY), "to": str(day_of(stage.clock.now()))},
        headers={"Authorization": f"Bearer {stage.token(OPERATOR)}"},
    )
    answer.raise_for_status()
    found: Mapping[str, Any] = answer.json()
    return found


def misreported(books: Books, statistics: Mapping[str, Any]) -> Iterator[str]:
    """Where they differ from the books, split by each heading."""
    for split, part in SPLITS.items():
        found = {
            each["of"]["code"]: tuple(each["figures"][name] for name in FIGURES) for each in statistics[split]
        }
        expected = by(books, part)
        for code in sorted(found.keys() | expected.keys()):
            if found.get(code, (0,) * len(FIGURES)) != expected.get(code, (0,) * len(FIGURES)):
                yield f"{split} {code}: found {found.get(code)}, expected {expected.get(code)}"


def by(books: Books, part: str) -> Mapping[str, tuple[int, ...]]:
    """The sums of one heading."""
    sums: dict[str, list[int]] = {}
    for place, counted in enumerate((books.cases, books.workers, books.claimed, books.recovered)):
        for heading, number in counted.items():
            sums.setdefault(getattr(heading, part), [0] * len(FIGURES))[place] += number
    return {code: tuple(figures) for code, figures in sums.items()}
