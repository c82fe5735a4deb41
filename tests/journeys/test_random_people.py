"""The short form of random people: a few stories, always the same ones, on the parts that all tests share."""

from pathlib import Path

import pytest

from chassis.embedded.parts import Addresses
from tests.journeys.people.search import SHORT, search
from tests.journeys.people.town import Town


async def test_whatever_people_do_every_case_comes_to_its_end(
    addresses: Addresses, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with capfd.disabled():
        wrong = await search(Town(addresses, tmp_path), SHORT, print)
    again = f"python -m tests.journeys.random_people --short  (seed {SHORT.seed})"
    assert wrong is None, f"{wrong}\n{again}"
