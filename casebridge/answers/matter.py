"""A matter in the states that mean something to those who work on it."""

from collections.abc import Sequence
from typing import Final

from casebridge.answers.aid_commands import AT, Give, aid_commands
from casebridge.answers.proceeding_commands import proceeding_commands
from casebridge.answers.right_commands import right_commands
from casebridge.answers.sample_claims import claims_of
from casebridge.answers.ways import led
from law.book import Law
from schemas.cases import ApplicationInfoRequested, ApplicationSupplied, ApplicationWithdrawn
from schemas.facts import CaseFacts
from schemas.matters import MatterOpened
from schemas.messages import Event
from schemas.samples import a, facts
from schemas.transfers import CustodyBegun, CustodyEnded, CustodyPlaced
from services.mediation.domain import (
    arbitrating,
    awarding_part,
    lapsing,
    obeying,
    opening,
    performing,
    rights,
    suing,
    supplementing,
    suspending,
)
from services.mediation.domain.agreement_courses import PAY_BY
from services.mediation.domain.aid_clocks import (
    ENGAGE_BY,
    OBJECTION_BY,
    REGULARISE_BY,
    REVIEW_BY,
    SUPPLY_BY,
)
from services.mediation.domain.authority_courses import OBEY_BY
from services.mediation.domain.award_courses import PART_SUE_BY, POSTPONE_BY, SET_ASIDE_BY, SUE_ANEW_BY
from services.mediation.domain.courses import CLOCKS
from services.mediation.domain.court_courses import APPEAL_BY, EXECUTE_BY, SUE_BY
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import MEDIATE_BY
from services.mediation.domain.review import ReviewState
from services.routing.domain.protocol.kind import Kind, Source, Stimulus

OPENED: Final = a(MatterOpened)
WAGES: Final = facts(case_type="wage-arrears", members=2)
GROUP: Final = facts(case_type="wage-arrears", members=10)
RIGHTS: Final = ("limitation_by", "confirm_by", "enforce_by")
ASSIGN_BY: Final = "assign_by"
TIMERS: Final = (
    *(REVIEW_BY, SUPPLY_BY, REGULARISE_BY, ASSIGN_BY, ENGAGE_BY, OBJECTION_BY, MEDIATE_BY),
    *sorted(CLOCKS | {"at_risk", *RIGHTS}),
)

PLACED: Final = ("custody.placed",)
ACCEPTED: Final = (*PLACED, "granting: accept")
GRANTED: Final = (*ACCEPTED, "granting: grant")
IN_HAND: Final = (*GRANTED, "assigning: assign")
TERMINATED: Final = (*IN_HAND, "terminating: terminate")
MEDIATING: Final = (*IN_HAND, "mediating: propose")
AGREED: Final = (*MEDIATING, "mediating: agree")
REVIEWING: Final = (*AGREED, "having_reviewed: apply")
AGAIN: Final = (*AGREED, PAY_BY, "mediating: propose")
CONFIRMING: Final = (*AGREED, "confirming: apply")
CONFIRMED: Final = (*CONFIRMING, "confirming: accept", "confirming: confirm")
AIDED: Final = (
    *IN_HAND,
    *(f"granting: grant (for {stage})" for stage in ("arbitration", "first-instance", "enforcement")),
    "assigning: assign",
)
FILED: Final = (*AIDED, "arbitrating: file")
HEARD: Final = (*FILED, "arbitrating: accept")
SET: Final = (*HEARD, "hearing: set_day")
ASKED: Final = (*SET, "hearing: ask_for_another")
PARTLY: Final = (*HEARD, "awarding_part: award")
FINAL_PART: Final = (*HEARD, "awarding_part: award (final)")
ADVANCING: Final = (*HEARD, "executing_in_advance: apply")
WHOLLY: Final = (*HEARD, "arbitrating: award (final)")
CHALLENGED: Final = (*WHOLLY, "setting_aside: apply")
SUSPENDED: Final = (*WHOLLY, "enforcing: apply", "setting_aside: apply", "setting_aside: accept")
REPORTED: Final = (*IN_HAND, "inspecting: report")
INSPECTED: Final = (*REPORTED, "inspecting: accept")
TO_BE_PAID: Final = (*INSPECTED, "inspecting: decide (amounts and a day)")
NOTARISING: Final = (*AGREED, "notarising: apply")
NOTARISED: Final = (*NOTARISING, "notarising: issue")
ORDERED: Final = (*AGREED, PAY_BY, "ordering: apply", "ordering: accept", "ordering: issue")
SUING: Final = (*FILED, "arbitrating: refuse", "suing: file")
BESIDE: Final = (
    *(*FILED, "arbitrating: refuse"),
    *("suing: file (for one member)", "suing: file (for another)"),
)
JUDGED: Final = (*SUING, "suing: docket", "suing: judge")
FINAL: Final = (*JUDGED, APPEAL_BY)
ENFORCING: Final = (*FINAL, "enforcing: apply")
CONCLUDED: Final = (*AGREED, "concluding: conclude (agreement)")
HANDED_IN: Final = (*CONCLUDED, "concluding: evaluate", "archiving: submit")

WAYS: Final = {
    "dormant": (),
    "to accept": PLACED,
    "in review": ACCEPTED,
    "review stands still": (*ACCEPTED, "reviewing: pause"),
    "found not competent": (*PLACED, "granting: find_not_competent"),
    "refused": (*ACCEPTED, "reviewing: refuse"),
    "refused, objected to": (*ACCEPTED, "reviewing: refuse", "objecting: file"),
    "refused, upheld": (*ACCEPTED, "reviewing: refuse", "objecting: file", "objecting: decide (upheld)"),
    "aided in advance": (*ACCEPTED, "advancing: advance"),
    "granted": GRANTED,
    "in hand": IN_HAND,
    "rights counted": (*IN_HAND, "limiting: count_again"),
    "rights suspended": (*IN_HAND, "limiting: count_again", "limiting: note_act (it suspends)"),
    "taken on": (*IN_HAND, "assigning: accept"),
    "aided at law": AIDED,
    "engaged": (*IN_HAND, "assigning: sign"),
    "terminated": TERMINATED,
    "terminated, objected to": (*TERMINATED, "objecting: file"),
    "mediating": MEDIATING,
    "broken off": (*MEDIATING, "mediating: hold_session (broken off)"),
    "agreed": AGREED,
    "breached": (*AGREED, PAY_BY),
    "performed": (*AGREED, "mediating: perform"),
    "confirmation applied for": CONFIRMING,
    "confirmation accepted": (*CONFIRMING, "confirming: accept"),
    "confirmed": CONFIRMED,
    "confirmed, breached": (*CONFIRMED, PAY_BY),
    "dismissed": (*CONFIRMING, "confirming: dismiss"),
    "review applied for": REVIEWING,
    "reviewed": (*REVIEWING, "having_reviewed: confirm"),
    "reviewed, breached": (*REVIEWING, "having_reviewed: confirm", PAY_BY),
    "not confirmed by the commission": (*REVIEWING, "having_reviewed: dismiss"),
    "mediating again": AGAIN,
    "broken off again": (*AGAIN, "mediating: hold_session (broken off)"),
    "agreed again": (*AGAIN, "mediating: agree"),
    "arbitration filed": FILED,
    "commission silent": (*FILED, "arbitration_accept_by"),
    "commission refused": (*FILED, "arbitrating: refuse"),
    "arbitration accepted": HEARD,
    "arbitration overdue": (*HEARD, "award_by"),
    "arbitration settled": (*HEARD, "arbitrating: settle"),
    "arbitration withdrawn": (*FILED, "arbitrating: withdraw"),
    "awarded": (*HEARD, "arbitrating: award"),
    "award effective": (*HEARD, "arbitrating: award", SUE_BY),
    "final award": (*HEARD, "arbitrating: award (final)"),
    "award not challenged": (*WHOLLY, SET_ASIDE_BY),
    "award challenged": CHALLENGED,
    "challenge dismissed": (*CHALLENGED, "setting_aside: dismiss"),
    "challenge withdrawn": (*CHALLENGED, "setting_aside: withdraw"),
    "challenge taken on": (*CHALLENGED, "setting_aside: accept"),
    "enforcement suspended": SUSPENDED,
    "enforcement goes on, as the award stands": (*SUSPENDED, "setting_aside: dismiss"),
    "enforcement ended with the award": (*SUSPENDED, "setting_aside: grant"),
    "award set aside": (*CHALLENGED, "setting_aside: grant"),
    "award set aside, nobody sued": (*CHALLENGED, "setting_aside: grant", SUE_ANEW_BY),
    "hearing set": SET,
    "hearing can no longer be postponed": (*SET, POSTPONE_BY),
    "postponement asked for": ASKED,
    "hearing postponed": (*ASKED, "hearing: postpone"),
    "hearing held": (*SET, "hearing: hold"),
    "part awarded": PARTLY,
    "part effective": (*PARTLY, PART_SUE_BY),
    "another part awarded": (*PARTLY, "awarding_part: award"),
    "one of two parts effective": (*PARTLY, "awarding_part: award", PART_SUE_BY),
    "final part awarded": FINAL_PART,
    "final part challenged": (*FINAL_PART, "setting_aside: apply (a part)"),
    "final part set aside": (*FINAL_PART, "setting_aside: apply (a part)", "setting_aside: grant (a part)"),
    "final part set aside, nobody sued": (
        *FINAL_PART,
        "setting_aside: apply (a part)",
        "setting_aside: grant (a part)",
        SUE_ANEW_BY,
    ),
    "sued over a part": (*PARTLY, "suing: file (over a part)"),
    "advance execution applied for": ADVANCING,
    "advance execution ordered": (*ADVANCING, "executing_in_advance: order"),
    "advance execution refused": (*ADVANCING, "executing_in_advance: refuse"),
    "inspection asked for": REPORTED,
    "inspection refused": (*REPORTED, "inspecting: refuse"),
    "inspection withdrawn": (*REPORTED, "inspecting: withdraw"),
    "inspecting": INSPECTED,
    "inspected": (*INSPECTED, "inspecting: decide"),
    "payment ordered by a day": TO_BE_PAID,
    "order disobeyed": (*TO_BE_PAID, OBEY_BY),
    "notarisation applied for": NOTARISING,
    "notarisation refused": (*NOTARISING, "notarising: refuse"),
    "notarised": NOTARISED,
    "notarised, breached": (*NOTARISED, PAY_BY),
    "execution certified": (*NOTARISED, PAY_BY, "notarising: certify"),
    "order applied for": ORDERED[:-2],
    "order accepted": ORDERED[:-1],
    "order issued": ORDERED,
    "order objected to": (*ORDERED, "ordering: object_to"),
    "order unopposed": (*ORDERED, "object_by"),
    "order lapsed": (*ORDERED, "ordering: lapse"),
    "suit filed": SUING,
    "suit docketed": (*SUING, "suing: docket"),
    "one of several sues": (*FILED, "arbitrating: refuse", "suing: file (for one member)"),
    "two suits beside": BESIDE,
    "one of two docketed": (*BESIDE, "suing: docket (the second suit)"),
    "suit withdrawn": (*SUING, "suing: docket", "suing: judge (withdrawn)"),
    "judged": JUDGED,
    "appealed": (*JUDGED, "suing: appeal"),
    "judgment final": FINAL,
    "enforcement applied for": ENFORCING,
    "round ended": (*ENFORCING, "enforcing: end_round"),
    "concluded": CONCLUDED,
    "evaluated": (*CONCLUDED, "concluding: evaluate"),
    "file handed in": HANDED_IN,
    "file returned": (*HANDED_IN, "archiving: give_back"),
    "file approved": (*HANDED_IN, "archiving: approve"),
    "archived": (*HANDED_IN, "archiving: approve", "archiving: archive (all paid)"),
    "closed": (*IN_HAND, "custody.ended"),
}
GROUP_WAYS: Final = {
    "agreed by a group": AGREED,
    "consented by one of a group": (*AGREED, "performing: consent"),
}


def matters(law: Law) -> Kind:
    stimuli = [*commands(law), *timers(law), *facts_heard(law)]
    named = {each.name: each for each in stimuli}
    alone = {name: led(begun(WAGES, law), way, named) for name, way in WAYS.items()}
    group = {name: led(begun(GROUP, law), way, named) for name, way in GROUP_WAYS.items()}
    return Kind(
        name="Matter",
        title="A matter, at the agency that owns the case",
        states={**alone, **group},
        stimuli=stimuli,
        state_of=standing_of,
    )


def begun(facts: CaseFacts, law: Law) -> Matter:
    """As the jurisdiction has the case, and before anybody acts."""
    custody = a(CustodyBegun, owner=OPENED.agency, epoch=OPENED.epoch, facts=facts)
    opened, *more = opening.open_matter(custody, law, at=OPENED.at)
    assert isinstance(opened, MatterOpened)
    matter = Matter.opened(opened)
    for event in more:
        matter = matter.after(event)
    return matter


def standing_of(matter: Matter) -> str:
    """Where it stands, with whatever was begun in it."""
    parts = [str(matter.state)]
    if matter.aid.review.state is ReviewState.PAUSED:
        parts.append("review paused")
    objection = matter.aid.objection
    if objection:
        parts.append("objected to" if objection.open else f"objection {objection.result}")
    if matter.mediation and matter.mediation.agreed_fen is None:
        parts.append("mediation runs" if matter.mediation.runs else "mediation broken off")
    last = {(each.kind, each.suit): each.state for each in matter.proceedings.all}
    parts += [f"{kind} {suit or ''} {state}".replace("  ", " ") for (kind, suit), state in last.items()]
    return ", ".join(parts)


def commands(law: Law) -> list[Stimulus]:
    given: dict[str, Give] = {**aid_commands(law), **right_commands(law), **proceeding_commands(law)}
    return [Stimulus(Source.COMMAND, name, followed(give, law)) for name, give in given.items()]


def followed(give: Give, law: Law) -> Give:
    """With the rights that begin or end by what is said, as it is all said in one unit."""

    def both(matter: Matter) -> Sequence[Event]:
        said = give(matter)
        for event in said:
            matter = matter.after(event)  # type: ignore[arg-type]
        return [*said, *rights.follow(matter, said, law, at=AT)]  # type: ignore[arg-type]

    return both


def timers(law: Law) -> list[Stimulus]:
    """Each passes as its own handler lets it."""
    own: dict[str, Give] = {
        PAY_BY: lambda m: performing.pass_instalment(m, due(m, PAY_BY), claims_of(m), at=AT),
        SUE_BY: lambda m: arbitrating.pass_suit_limit(m, claims_of(m), at=AT),
        PART_SUE_BY: lambda m: awarding_part.pass_suit_limit(m, due(m, PART_SUE_BY), claims_of(m), at=AT),
        **{name: lapse_of(name) for name in (POSTPONE_BY, SET_ASIDE_BY, SUE_ANEW_BY)},
        OBEY_BY: lambda m: obeying.pass_day(m, claims_of(m), at=AT),
        APPEAL_BY: lambda m: suing.pass_appeal(m, due(m, APPEAL_BY), at=AT),
        EXECUTE_BY: lambda m: suspending.pass_time(m, due(m, EXECUTE_BY), claims_of(m), at=AT),
        "at_risk": lambda m: lapsing.warn(m, risky(m), law, at=AT),
        **{name: lapse_of(name) for name in RIGHTS},
    }
    return [Stimulus(Source.TIMER, name, followed(own.get(name) or passing(name), law)) for name in TIMERS]


def lapse_of(name: str) -> Give:
    return lambda m: lapsing.lapse(m, due(m, name), at=AT)


def risky(matter: Matter) -> str:
    """A right that is warned of; its timer is `at_risk`, with the clock as key."""
    return next((name.partition("/")[2] for name in matter.due if name.startswith("at_risk/")), "")


def passing(name: str) -> Give:
    return lambda m: m.breach(due(m, name), at=AT)


def due(matter: Matter, name: str) -> str:
    """The clock of that name that runs, with its key."""
    return next((running for running in matter.due if running.partition("/")[0] == name), name)


def facts_heard(law: Law) -> list[Stimulus]:
    """What its epoch hears; the case comes back in a later one."""
    given: dict[str, Give] = {
        "custody.placed": lambda m: opening.activate(
            m, a(CustodyPlaced, epoch=m.epoch, owner=m.agency), at=AT
        ),
        "custody.ended": lambda m: opening.close(m, a(CustodyEnded, epoch=m.epoch), at=AT),
        "custody.begun (it came back)": lambda m: opening.open_again(
            m, a(CustodyBegun, epoch=m.epoch + 2, owner=m.agency, facts=m.facts), law, at=AT
        ),
        "application.info_requested": lambda m: supplementing.note_request(
            m, a(ApplicationInfoRequested, at=AT, epoch=m.epoch), law
        ),
        "application.supplied": lambda m: supplementing.note_reply(
            m, a(ApplicationSupplied, at=AT, epoch=m.epoch), law
        ),
        "application.withdrawn": lambda m: opening.close(m, a(ApplicationWithdrawn, epoch=m.epoch), at=AT),
    }
    return [Stimulus(Source.FACT, name, give) for name, give in given.items()]
