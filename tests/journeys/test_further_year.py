"""A small year: every journey once, all on one calendar; books, logs, clocks and audit agree."""

from pathlib import Path

from bench.year_living import live
from bench.year_plan import JOURNEYS, plan
from chassis.embedded.parts import Addresses


async def test_a_small_year_ends_with_every_fen_and_every_clock_accounted_for(
    addresses: Addresses, tmp_path: Path
) -> None:
    lived = await live(addresses, tmp_path / "year", plan(len(JOURNEYS)))

    # One of them applied twice.
    assert lived.cases == len(JOURNEYS) + 1
    assert {"met", "lapsed", "stopped"} <= lived.ends.keys()
