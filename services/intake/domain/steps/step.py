"""What a step of an imported case is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from schemas.codes import Relation
from schemas.past import PastAct

Starts = Callable[[PastAct, Relation], str | None]
"""The rule of the time limit that begins with an act of this kind, where it hangs on what the act says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one kind of act needs, and what follows from it."""

    after: str | None = None
    """What must have happened before."""
    says: tuple[str, ...] = ()
    """The fields that it must fill."""
    stage: str = "granted"
    """Where the case stands then."""
    once: bool = True
    starts: str | Starts | None = None
    """The rule of the time limit that begins with it."""
    since: str = "at"
    """The field with the moment in which that begins; if it is empty, it is that of the act."""
    counted_from: str | None = None
    """The act before it from which that is counted, where it is not counted from itself."""
    met_by: tuple[str, ...] = ()
    """What meets that limit."""
    replaced_by: tuple[str, ...] = ()
    """What sets another limit in its place."""
    afterwards: bool = False
    """Whether it may follow the conclusion of the aid."""


OutOfTurn = Callable[[PastAct, Sequence[PastAct]], Iterator[tuple[str, str]]]
"""What the acts before leave no room for: the field of the act, and what was expected in it."""


def last_of(code: str, done: Sequence[PastAct]) -> PastAct | None:
    """The last act of a kind."""
    return next((each for each in reversed(done) if each.code == code), None)


def follows(
    act: PastAct, done: Sequence[PastAct], course: dict[str, tuple[str | None, ...]]
) -> Iterator[tuple[str, str]]:
    """Whether an act of a proceeding may follow its last one.

    Args:
        course: by the codes of the proceeding, after which of them one may come; None: it begins with it.
    """
    if act.code not in course:
        return
    last = next((each.code for each in reversed(done) if each.code in course), None)
    if last not in course[act.code]:
        expected = " or ".join(each or "it first" for each in course[act.code])
        yield "act", f"{expected}; the last step was {last or 'none'}"
