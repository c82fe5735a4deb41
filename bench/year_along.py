"""How a year goes along: what each tenth of it cost, so that growth with the cases shows before the end."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.stage import percentile
from bench.year_processes import processor_s
from casebridge.services import NAMES


@dataclass(kw_only=True)
class Along:
    """Counts the cases that ended, and says at each tenth what their acts took."""

    planned: int
    answers: Sequence[float]
    """Seconds of each act until now; it grows."""
    ended: int = 0
    acts: int = 0
    """Until the last tenth."""
    since: float = field(default_factory=time.perf_counter)
    spent_s: float = field(default_factory=lambda: services_s())

    def end(self) -> None:
        self.ended += 1
        if self.ended * 10 // self.planned > (self.ended - 1) * 10 // self.planned:
            self.say()

    def say(self) -> None:
        """An act is the measure: a case that goes far in its tenth costs more of it than one that began."""
        answers, now, spent_s = self.answers[self.acts :], time.perf_counter(), services_s()
        took, each = now - self.since, (spent_s - self.spent_s) / len(answers) * 1e3
        print(
            f"\n  {self.ended:,} of {self.planned:,} at their end; {len(answers):,} acts in {took:.0f} s, "
            f"{len(answers) / took:.1f}/s, p99 {percentile(answers, 99) * 1e3:.0f} ms, "
            f"services {each:.1f} ms each",
            end="",
            file=sys.stderr,
            flush=True,
        )
        self.acts, self.since, self.spent_s = len(self.answers), now, spent_s


def services_s() -> float:
    spent = processor_s()
    return sum(spent.get(name, 0.0) for name in NAMES)
