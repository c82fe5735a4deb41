"""How long an agency has, by the law of where it belongs. The lengths stand in `law/rules/transfers.toml`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from law.book import Law, NoSuchRule
from law.deadlines import Counting, Pause, day_of
from law.reminders import reminders
from law.rule import Rule
from schemas.codes import Reminded
from schemas.facts import Period, Rung
from schemas.ids import AgencyId, Province, RuleId, RuleVersion
from services.routing.domain.directory import Agency, Directory, province_of

TO_DELIVER: Final = RuleId("deliver-offer")
TO_ANSWER: Final = RuleId("answer-offer")
TO_ANSWER_LOCAL: Final = RuleId("answer-offer-local")
TO_ANSWER_URGENT: Final = RuleId("answer-offer-urgent")
TO_SUPPLY: Final = RuleId("supply-clarification")
TO_SUPPLY_URGENT: Final = RuleId("supply-clarification-urgent")
TO_ENCLOSE: Final = RuleId("enclose-case")
TO_DECIDE: Final = RuleId("escalation-decision")
TO_HELP: Final = RuleId("answer-task")

CLARIFICATIONS: Final = 2
"""How often more may be asked of one offer, where its rule does not say."""


def time_to_answer(to: Agency, asker: Agency | None, law: Law, *, urgent: bool, on: date) -> Period:
    """How long the agency has for an offer, counted from its delivery."""
    local = asker is not None and asker.province == to.province
    usual = TO_ANSWER_LOCAL if local else TO_ANSWER
    return law.in_region(region_of(to)).period(TO_ANSWER_URGENT if urgent else usual, on)


def time_to_help(to: Agency, law: Law, *, on: date) -> Period:
    """How long the agency has for a task."""
    return law.in_region(region_of(to)).period(TO_HELP, on)


def law_at(agency: AgencyId, province: Province, directory: Directory, law: Law) -> Law:
    """The law as it holds for the agency; if the directory does not know it, for its province."""
    known = directory.agencies.get(agency)
    return law.in_region(region_of(known) if known else province)


def region_of(agency: Agency) -> str:
    """Where it stands; of one that stands in another province, the province that it acts for."""
    return agency.division if province_of(agency.division) == agency.province else agency.province


# --- Clocks that stand still, and reminders -----------------------------------------------------------------


def answer_rule(version: RuleVersion | None, law: Law, *, urgent: bool, on: date) -> Rule:
    """The rule that an offer's time is governed by."""
    return governing(version, TO_ANSWER_URGENT if urgent else TO_ANSWER, law, on)


def governing(version: RuleVersion | None, usual: RuleId, law: Law, on: date) -> Rule:
    """The rule that a time is governed by: the one that is named, else the usual one.

    What two provinces agreed on says how long; what pauses it and who is reminded, the usual rule says.
    """
    try:
        if version:
            return law.named(version)
    except NoSuchRule:
        pass  # The other side goes by a rule of its own.
    return law.rule(usual, on)


def count_answer(
    within: Period, received_at: datetime, pauses: Iterable[Pause], law: Law, *, urgent: bool
) -> Counting:
    """When an offer must be answered: the same count with each pause, so that nothing resets it."""
    rule = answer_rule(within.rule, law, urgent=urgent, on=day_of(received_at))
    governed = within.model_copy(update={"rule": rule.version})
    return law.count_period(governed, received_at, pauses)


def clarifications_allowed(version: RuleVersion | None, law: Law, *, urgent: bool, on: date) -> int:
    """How often the agency that is asked may ask back."""
    pause = answer_rule(version, law, urgent=urgent, on=on).pause
    return pause.at_most if pause and pause.at_most is not None else CLARIFICATIONS


def time_to_supply(law: Law, at: datetime, *, urgent: bool) -> datetime:
    """Until when what is asked back should be supplied."""
    return law.due(TO_SUPPLY_URGENT if urgent else TO_SUPPLY, at)


def ladder(
    rule: Rule, started_at: datetime, due_at: datetime, law: Law, *, after: datetime
) -> tuple[Rung, ...]:
    """The rule's reminders for one deadline, without those whose time has passed."""
    counting = Counting(due=due_at, steps=(), unknown_years=frozenset())
    rungs = reminders(rule, started_at, counting, law.calendar.in_region(law.region))
    return remaining(tuple(Rung(at=rung.at, to=Reminded(rung.to)) for rung in rungs), after)


def ladder_of_help(
    version: RuleVersion | None, asked_at: datetime, due_by: datetime, law: Law
) -> tuple[Rung, ...]:
    """The reminders of a request for help, from the moment at which that time was given."""
    rule = governing(version, TO_HELP, law, day_of(asked_at))
    return ladder(rule, asked_at, due_by, law, after=asked_at)


def remaining(rungs: tuple[Rung, ...], at: datetime) -> tuple[Rung, ...]:
    """The rungs that are still to come."""
    return tuple(rung for rung in rungs if rung.at > at)


def rung_by(rungs: tuple[Rung, ...], at: datetime) -> tuple[Reminded, ...]:
    """Whom the rungs remind that are reached by then: each once, however late it is."""
    return tuple(dict.fromkeys(rung.to for rung in rungs if rung.at <= at))
