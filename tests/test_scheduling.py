"""What shares a stage goes to one worker, and what takes longest goes first."""

from pathlib import Path

from tests.scheduling import place_in_line, scope_of


def test_the_modules_of_one_stage_go_to_one_worker_and_all_others_alone() -> None:
    told = {scope_of(f"tests/journeys/told/test_{name}.py") for name in ("further", "stories")}

    assert told == {"tests/journeys/told"}
    for alone in ("tests/journeys/test_restored.py", "tests/services/test_duty.py"):
        assert scope_of(alone) == alone


def test_what_takes_longest_goes_first() -> None:
    in_line = [
        "tests/faults/test_faults_short.py",
        "tests/journeys/told/test_further.py",
        "tests/journeys/two_deployments/test_proof.py",
        "tests/journeys/test_restored.py",
        "tests/domain/test_matter.py",
    ]

    places = [place_in_line(Path(file)) for file in in_line]

    assert places == sorted(set(places))
