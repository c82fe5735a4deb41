"""`casebridge law`: lists time limits, checks files of them, and explains how one was counted."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from law.book import Law, NoSuchRule, load_law
from law.deadlines import SHANGHAI, Pause, PauseStillOpen, day_of
from law.explain import Explanation, explain
from law.files import LawRefused
from law.hardship import load_hardship
from law.limitation import SUSPENDING, anew, morning, since_then
from law.reminders import reminders
from law.table import rows_of
from law.threshold import load_thresholds
from schemas.codes import LIMITATION_ACTS, LimitationActCode
from schemas.facts import LimitationAct
from schemas.ids import RuleId
from schemas.words import Language

FOLDER = click.option(
    "--law",
    "folder",
    envvar="CASEBRIDGE_LAW",
    type=click.Path(file_okay=False, path_type=Path),
    help="The deployment's own rules and holidays; without it, those of this release alone.",
)
REGION = click.option(
    "--region", default="", help="44, 3301, or a division of six digits; the nation without."
)
LANGUAGE = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", show_default=True
)


def as_moment(_: click.Context, __: click.Parameter, text: str) -> datetime:
    try:
        return moment_in(text)
    except ValueError:
        expected = "a day or a moment such as 2026-02-10T10:00"
        raise click.BadParameter(f"found {text!r}, expected {expected}") from None


def as_pauses(_: click.Context, __: click.Parameter, spans: tuple[str, ...]) -> tuple[Pause, ...]:
    return tuple(map(pause_in, spans))


def pause_in(span: str) -> Pause:
    """`FROM..TO`; without the second, a pause that goes on."""
    begins, _, ends = span.partition("..")
    try:
        pause = Pause(moment_in(begins), moment_in(ends) if ends else None)
    except ValueError:
        pause = None
    if pause is None or ".." not in span or (pause.ends and pause.ends < pause.begins):
        expected = "FROM..TO, such as 2026-02-12..2026-02-25"
        raise click.BadParameter(f"found {span!r}, expected {expected}")
    return pause


def as_acts(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> tuple[LimitationAct, ...]:
    return tuple(map(act_in, said))


def act_in(said: str) -> LimitationAct:
    """`CODE:DAY`."""
    code, _, on = said.partition(":")
    known = [each for each in LIMITATION_ACTS if each not in SUSPENDING]
    try:
        day = date.fromisoformat(on) if code in known else None
    except ValueError:
        day = None
    if day is None:
        expected = f"CODE:DAY, such as claimed:2026-02-12, of {', '.join(known)}"
        raise click.BadParameter(f"found {said!r}, expected {expected}")
    return LimitationAct(code=LimitationActCode(code), on=day)


def moment_in(text: str) -> datetime:
    """A moment, in Beijing time if it says nothing else. Raises ValueError."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=SHANGHAI)


@click.group()
def law() -> None:
    """Time limits: what they rest on, how they are counted, and a deployment's own."""


@law.command("explain")
@click.argument("rule")
@click.option("--start", callback=as_moment, required=True, help="When the clock starts: 2026-02-10T10:00.")
@click.option(
    "--pause", "pauses", callback=as_pauses, multiple=True, help="FROM..TO; as often as there were pauses."
)
@click.option(
    "--interrupt",
    "acts",
    callback=as_acts,
    multiple=True,
    help="CODE:DAY, such as claimed:2026-02-12: what lets the time begin anew; as often as there were acts.",
)
@REGION
@LANGUAGE
@FOLDER
def explain_command(
    rule: str,
    start: datetime,
    pauses: tuple[Pause, ...],
    acts: tuple[LimitationAct, ...],
    region: str,
    language: Language,
    folder: Path | None,
) -> None:
    """Print each step of counting RULE, and what may not be final."""
    known = loaded(folder).in_region(region)
    try:
        weighed = anew(RuleId(rule), start, pauses, acts, known)
        begun = [morning(each.act.on) for each in weighed if each.why_not is None]
        start = begun[-1] if begun else start
        found = known.rule(RuleId(rule), day_of(start))
        counting = known.count(RuleId(rule), start, since_then(pauses, start) if begun else pauses)
    except (NoSuchRule, PauseStillOpen) as refusal:
        raise click.ClickException(str(refusal)) from None
    ladder = reminders(found, start, counting, known.calendar.in_region(known.region))
    show(explain(found, counting, language, ladder, weighed), click.echo)


def show(said: Explanation, line: Callable[[str], None]) -> None:
    """The rule, its steps with numbers, its reminders, its marks."""
    for text in said.head:
        line(text)
    line("")
    for number, text in enumerate(said.steps, start=1):
        line(f"{number}. {text}")
    for text in said.reminders:
        line(f"   {text}")
    for text in said.marks:
        line(f"! {text}")


@law.command("rules")
@REGION
@LANGUAGE
@FOLDER
def rules_command(region: str, language: Language, folder: Path | None) -> None:
    """List the rules; of a region, those that are in force there with its own."""
    for row in rows_of(loaded(folder), region, language):
        mark = "" if row.confirmed else " (待确认)" if language == "zh" else " (to be confirmed)"
        click.echo(f"{row.version:45} {row.length:16} {row.article}{mark}\n    {row.text}")


@law.command("check")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def check_command(folder: Path | None) -> None:
    """Read the rules of this release, with those of FOLDER over them; exit 1 if anything is wrong there."""
    read = loaded(folder)
    versions = sum(len(each) for each in read.rules.values())
    years = ", ".join(map(str, sorted(read.calendar.years)))
    click.echo(f"{len(read.rules)} rules in {versions} versions, holidays of {years}: {read.version}")


def loaded(folder: Path | None) -> Law:
    try:
        load_hardship(folder)
        load_thresholds(folder)
        return load_law(folder)
    except LawRefused as refusal:
        raise click.ClickException(str(refusal)) from None
