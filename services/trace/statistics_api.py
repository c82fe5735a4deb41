"""Statistics as they are reported: cases, workers, money, rates and times, of any period as of any day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated

from fastapi import HTTPException, Query, Request
from pydantic import BaseModel

from chassis.http import Database, case_router, runtime_of
from schemas.codes import CASE_TYPES, CHANNELS
from schemas.ids import PROVINCES
from schemas.words import CHINA
from services.trace import statistics
from services.trace.access import OPERATORS
from services.trace.api import Seen, View
from services.trace.counting import Figures, figures_of, share, split
from services.trace.statistics import Counted
from services.trace.views import Named, Viewer, Words

router = case_router()

PERMISSIONS: dict[str, frozenset[str]] = {"read_statistics": OPERATORS | {"director"}}


class Part(BaseModel):
    """The figures of one value."""

    of: Named
    figures: Figures


class MediationRate(BaseModel):
    """Mediations that ended in the period."""

    agreed: int
    broken_off: int
    success_rate: float | None
    """Of those that ended, the share that ended with an agreement; null where none ended."""


class EvaluationShare(BaseModel):
    """Cases that were concluded in the period."""

    concluded: int
    evaluated: int
    share: float | None
    """Null where none was concluded."""


class StageTime(BaseModel):
    """How long a stage took, in the cases in which it ended in the period."""

    stage: str
    name: Words
    cases: int
    median_days: float


class Statistics(BaseModel):
    """Figures of a period, in days of China; of what was recorded by the end of `as_of`."""

    first: date
    last: date
    as_of: date
    provinces: Sequence[Named]
    total: Figures
    by_province: Sequence[Part]
    by_type: Sequence[Part]
    by_channel: Sequence[Part]
    by_month: Sequence[Part]
    mediation: MediationRate
    evaluation: EvaluationShare
    stages: Sequence[StageTime]


@router.get("/statistics")
async def read_statistics(
    database: Database,
    seen: Seen,
    view: View,
    request: Request,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    as_of: date | None = None,
) -> Statistics:
    """What was reported of a period, `to` included; with `as_of` as it was known at the end of that day."""
    if last < first:
        raise HTTPException(422, f"found {last} as `to`, expected {first} or later")
    today = runtime_of(request).clock.now().astimezone(CHINA).date()
    known = as_of or today
    counted = await statistics.count(database, seen, first, last, known)
    return shown(counted, view, [view.named(code, PROVINCES) for code in seen], first, last, known)


def shown(
    counted: Counted, view: Viewer, provinces: Sequence[Named], first: date, last: date, as_of: date
) -> Statistics:
    cells, mediated, evaluated = counted.cells, counted.mediated, counted.evaluated
    ended = mediated.agreed + mediated.broken_off
    by_month = split(cells, lambda cell: cell.month)
    return Statistics(
        first=first,
        last=last,
        as_of=as_of,
        provinces=provinces,
        total=figures_of(cells),
        by_province=parts(split(cells, lambda cell: cell.province), lambda code: view.named(code, PROVINCES)),
        by_type=parts(split(cells, lambda cell: cell.case_type), lambda code: view.named(code, CASE_TYPES)),
        by_channel=parts(split(cells, lambda cell: cell.channel), lambda code: view.named(code, CHANNELS)),
        by_month=parts(by_month, lambda code: Named(code=code, name=Words(zh=code, en=code))),
        mediation=MediationRate(
            agreed=mediated.agreed,
            broken_off=mediated.broken_off,
            success_rate=share(mediated.agreed, ended),
        ),
        evaluation=EvaluationShare(
            concluded=evaluated.concluded,
            evaluated=evaluated.evaluated,
            share=share(evaluated.evaluated, evaluated.concluded),
        ),
        stages=[
            StageTime(
                stage=stage,
                name=view.called("stage_times", stage),
                cases=found.cases,
                median_days=found.median_days,
            )
            for stage, found in counted.lasted.items()
        ],
    )


def parts(found: Mapping[str, Figures], named: Callable[[str], Named]) -> Sequence[Part]:
    return [Part(of=named(code), figures=figures) for code, figures in found.items()]
