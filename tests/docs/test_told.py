"""The steps that workers hear nothing of are those that the page on proceedings gives a reason for."""

import re
from pathlib import Path
from typing import get_args

from chassis.service import OnEvent
from schemas.matters import MatterEvent
from services.notify.app import service

PAGE = Path("docs/proceedings.md").read_text("utf-8")
ROW = re.compile(r"^\| (`[a-z_.]+`(?:, `[a-z_.]+`)*) \| [^|]+ \|$", re.MULTILINE)


def test_a_step_that_nobody_is_told_of_has_a_reason() -> None:
    section = PAGE.partition("## What workers are told")[2].partition("<!--")[0]
    reasoned = re.findall(r"`([a-z_.]+)`", " ".join(ROW.findall(section)))
    heard = {each.type for each in service.handles if isinstance(each, OnEvent)}

    untold = {
        kind.type.removeprefix("casebridge.")[:-3] for kind in get_args(MatterEvent) if kind not in heard
    }

    assert sorted(reasoned) == sorted(untold)
