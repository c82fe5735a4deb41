"""How long stages took: exact medians of any period, of which few times are looked at.

The sums say how many times each class holds, and so in which one the middle is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.ids import CaseId, Province
from services.trace.counting import STAGES
from services.trace.summing import CLASS, DAY, rows_of

DAY_S: Final = 86_400

KNOWN: Final = "known_from <= :as_of AND known_until > :as_of"
TIMES: Final = f"""
    SELECT seconds FROM counted
    WHERE province = ANY(:provinces) AND what = wanted.stage AND lasted = wanted.lasted AND lasted >= 0
      AND day BETWEEN :first AND :last AND {KNOWN}
"""
MIDDLE: Final = """
    SELECT stage, array(
        SELECT seconds FROM ({times}) AS each ORDER BY seconds OFFSET passed LIMIT taken) AS seconds
    FROM unnest(CAST(:stages AS text[]), CAST(:classes AS smallint[]), CAST(:passed AS integer[]),
                CAST(:taken AS integer[])) WITH ORDINALITY AS wanted(stage, lasted, passed, taken, place)
    ORDER BY place
"""
IN_ONE: Final = text(MIDDLE.format(times=TIMES))
IN_SEVERAL: Final = text(
    MIDDLE.format(
        times=f"""{TIMES} AND NOT case_id = ANY(:moved)
            UNION ALL SELECT seconds FROM unnest(
                CAST(:across_stages AS text[]), CAST(:across_classes AS smallint[]),
                CAST(:across_seconds AS double precision[])) AS across(stage, lasted, seconds)
            WHERE across.stage = wanted.stage AND across.lasted = wanted.lasted"""
    )
)

MOVED: Final = text("""
    SELECT case_id FROM case_row WHERE province = ANY(:provinces) GROUP BY case_id HAVING count(*) > 1
""")
OWN: Final = text(f"""
    SELECT what, lasted, sum(times) AS cases FROM counted
    WHERE province = ANY(:provinces) AND case_id = ANY(:moved) AND lasted >= 0
      AND day BETWEEN :first AND :last AND {KNOWN}
    GROUP BY what, lasted
""")
# A case may be received in one province and concluded in another.
ACROSS: Final = text(f"""
    WITH reached AS (
        SELECT case_id, what, min(at) AS at FROM counted
        WHERE province = ANY(:provinces) AND case_id = ANY(:moved) AND lasted < 0 AND {KNOWN}
        GROUP BY case_id, what
    ), staged AS (
        SELECT stage, extract(epoch FROM ended.at - begun.at)::double precision AS seconds
        FROM (VALUES {rows_of([(stage, *ends) for stage, ends in STAGES.items()])})
            AS stages(stage, begun_by, ended_by)
        JOIN reached AS begun ON begun.what = begun_by
        JOIN reached AS ended ON ended.what = ended_by AND ended.case_id = begun.case_id
        WHERE ended.at >= begun.at AND {DAY.format("ended.at")} BETWEEN :first AND :last
    )
    SELECT stage, {CLASS} AS lasted, seconds FROM staged
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of which provinces and days, as far as it was known at the end of which day."""

    provinces: Sequence[Province]
    first: date
    last: date
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasted:
    """How long a stage took in the cases in which it ended in the period."""

    cases: int
    median_days: float


class Class(NamedTuple):
    """Times of a stage that differ little."""

    stage: str
    lasted: int


class Place(NamedTuple):
    """Where one or two times lie in a class that is in order."""

    of: Class
    passed: int
    taken: int


async def lasted_of(
    connection: AsyncConnection, asked: Asked, classes: Mapping[Class, int]
) -> Mapping[str, Lasted]:
    """The stages that ended in some case, in their order.

    `classes`: how many times each holds, those of each province added up.
    """
    held = Counter(classes)
    moved = await moved_between(connection, asked)
    across = await lasted_across(connection, asked, moved, held) if moved else []
    by_stage = {stage: sorted(each for each in +held if each.stage == stage) for stage in STAGES}
    wanted = [place for stage in STAGES for place in middle([(each, held[each]) for each in by_stage[stage]])]
    found = await times_at(connection, asked, wanted, moved, across)
    return {
        stage: Lasted(
            cases=sum(held[each] for each in by_stage[stage]),
            median_days=round(between(found[stage]) / DAY_S, 2),
        )
        for stage in STAGES
        if stage in found
    }


def middle(held: Sequence[tuple[Class, int]]) -> list[Place]:
    """Where the middle time lies, or the middle two: in one class, or at the end of one and in the next."""
    count = sum(number for _, number in held)
    places: list[Place] = []
    passed = 0
    for each, number in held:
        ranks = {rank - passed for rank in ((count - 1) // 2, count // 2) if 0 <= rank - passed < number}
        if ranks:
            places.append(Place(each, min(ranks), len(ranks)))
        passed += number
    return places


def between(seconds: Sequence[float]) -> float:
    """The one time, or the mean of two."""
    low, high = seconds[0], seconds[-1]
    return low + 0.5 * (high - low)


async def times_at(
    connection: AsyncConnection,
    asked: Asked,
    wanted: Sequence[Place],
    moved: Sequence[CaseId],
    across: Sequence[tuple[Class, float]],
) -> Mapping[str, list[float]]:
    """The times at these places, by stage."""
    said: dict[str, Any] = asdict(asked) | {
        "stages": [place.of.stage for place in wanted],
        "classes": [place.of.lasted for place in wanted],
        "passed": [place.passed for place in wanted],
        "taken": [place.taken for place in wanted],
    }
    looked_in = {place.of for place in wanted}
    beside = [each for each in across if each[0] in looked_in]
    if moved:
        said |= {
            "moved": list(moved),
            "across_stages": [of.stage for of, _ in beside],
            "across_classes": [of.lasted for of, _ in beside],
            "across_seconds": [seconds for _, seconds in beside],
        }
    found: dict[str, list[float]] = {}
    for row in await connection.execute(IN_SEVERAL if moved else IN_ONE, said):
        found.setdefault(row.stage, []).extend(row.seconds)
    return found


# --- Cases of several provinces ----------------------------------------------------------------------------


async def moved_between(connection: AsyncConnection, asked: Asked) -> Sequence[CaseId]:
    """The cases of which more than one of the provinces has heard."""
    if len(asked.provinces) < 2:
        return []
    rows = await connection.execute(MOVED, {"provinces": list(asked.provinces)})
    return [row.case_id for row in rows]


async def lasted_across(
    connection: AsyncConnection, asked: Asked, moved: Sequence[CaseId], held: Counter[Class]
) -> list[tuple[Class, float]]:
    """How long their stages took, wherever they began and ended. `held` has that, not each province's."""
    said: dict[str, Any] = asdict(asked) | {"moved": list(moved)}
    for row in await connection.execute(OWN, said):
        held[Class(row.what, row.lasted)] -= row.cases
    across = [(Class(row.stage, row.lasted), row.seconds) for row in await connection.execute(ACROSS, said)]
    held.update(of for of, _ in across)
    return across
