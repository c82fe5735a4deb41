"""Which worker runs what, and what goes first."""

from pathlib import Path
from typing import Final

from xdist.scheduler import LoadFileScheduling

LONGEST_FIRST: Final = ("faults", "told", "two_deployments", "journeys")
"""Folders: what begins last is what all wait for at the end."""
ON_ONE_STAGE: Final = "tests/journeys/"
"""Each folder below it has one stage of services, which is not started once more for another worker."""


def place_in_line(path: Path) -> int:
    """By the innermost folder that stands in the line; all others come after it."""
    return next(
        (LONGEST_FIRST.index(name) for name in reversed(path.parts) if name in LONGEST_FIRST),
        len(LONGEST_FIRST),
    )


def scope_of(file: str) -> str:
    """What goes to one worker as a whole: the file, or its folder if that has a stage."""
    folder = file.rpartition("/")[0]
    return folder if folder.startswith(ON_ONE_STAGE) else file


class ByStage(LoadFileScheduling):
    """A file at a time, as `--dist=loadfile`, and all files of one stage together."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(super()._split_scope(nodeid))
