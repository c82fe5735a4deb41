"""Leads an aggregate to a state, by giving it one thing after another."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.routing.domain.protocol.kind import Stimulus


def led(aggregate: Any, way: Iterable[str], stimuli: Mapping[str, Stimulus]) -> Any:
    """The aggregate once all of that was given to it. A way on which something is ignored is wrong."""
    for name in way:
        said = stimuli[name].give(aggregate)
        assert said, f"{name} leads nowhere"
        for event in said:
            aggregate = aggregate.after(event)
    return aggregate
