"""Who is believed: each letter from the province that may say it, and from nobody else.

That a letter is from the province that it names is proved by its signature. Here it is asked whether that
province has to do with it: made the offer that it ends, was asked what it answers, had the case it tells of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from schemas.envelope import Letter
from schemas.ids import NATIONAL_DESK, AgencyId, Province
from schemas.transfers import (
    DirectionGiven,
    ErrandAcknowledged,
    ErrandDone,
    ErrandImpossible,
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferReceived,
    OfferRejected,
    ProgressReported,
    RemovalReported,
    TaskExtended,
    TaskRecalled,
    TaskReminded,
    TaskRequested,
    TransferClarificationSupplied,
    TransferCompleted,
    TransferEnclosed,
    TransferEscalated,
    TransferForwarded,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRelocated,
    TransferReminded,
    TransferVoided,
)
from services.routing.domain import removing
from services.routing.domain.custody import Custody
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.following import Following
from services.routing.domain.offer import Offer
from services.routing.domain.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known here of what a letter is about."""

    here: Province
    custody: Custody | None = None
    following: Following | None = None
    offer: Offer | None = None
    """With the id that the letter names; so the others."""
    escalation: Escalation | None = None
    task: Task | None = None
    errand: Errand | None = None
    province_of: Callable[[AgencyId], Province | None] = lambda _: None
    """Whose agency it is; None of one that the directory here does not have."""

    def is_of(self, agency: AgencyId, province: Province) -> bool:
        """Whether the agency may be of that province. An older directory than the sender's refuses nobody."""
        return self.province_of(agency) in (None, province)

    def may_have(self, province: Province, epoch: int) -> bool:
        """Whether the case may have been with it in that epoch, as far as is known here."""
        return self.custody is None or self.custody.may_be_with(province, epoch, here=self.here)


# --- Who may say what ---------------------------------------------------------------------------------------


def asked(letter: Any, sender: Province, known: Known) -> bool:
    return known.custody is not None and known.custody.asks(letter.transfer_id, sender)


def offered(_: Any, sender: Province, known: Known) -> bool:
    return known.offer is not None and known.offer.comes_from(sender)


def escalated(_: Any, sender: Province, known: Known) -> bool:
    return known.escalation is not None and known.escalation.comes_from(sender)


def offered_or_escalated(letter: Any, sender: Province, known: Known) -> bool:
    return offered(letter, sender, known) or escalated(letter, sender, known)


def reminds(letter: TransferReminded, sender: Province, known: Known) -> bool:
    """Of what we are to supply ourselves, we remind ourselves."""
    own = sender == known.here and known.custody is not None
    return own or offered_or_escalated(letter, sender, known)


def completes(letter: TransferCompleted, sender: Province, known: Known) -> bool:
    """It moves what was offered, to who was asked, in the next epoch; and never what is here already.

    After a restore it may come when the own log has brought the case already: then it says nothing new.
    """
    offer, custody = known.offer, known.custody
    if offer is None or not offer.comes_from(sender):
        return False
    if (letter.owner, letter.epoch) != (offer.agency, offer.epoch + 1):
        return False
    if offer.completed or custody is None or custody.moved_by == letter.transfer_id:
        return True
    return custody.moved is not None and custody.epoch < letter.epoch


def offers(letter: TransferOffered, sender: Province, known: Known) -> bool:
    return known.is_of(letter.offered_by, sender) and known.may_have(sender, letter.epoch)


def escalates(letter: TransferEscalated, sender: Province, known: Known) -> bool:
    return known.is_of(letter.escalated_by, sender) and known.may_have(sender, letter.epoch)


def asks_help(letter: TaskRequested, sender: Province, known: Known) -> bool:
    return known.is_of(letter.asked_by, sender) and known.may_have(sender, letter.epoch)


def directs(letter: DirectionGiven, sender: Province, known: Known) -> bool:
    """What is above all parties: the desk of the nation, or within one province somebody there."""
    within = sender == letter.owner_province == letter.province
    return (within or sender == NATIONAL_DESK) and known.is_of(letter.superior, sender)


def had_it_before(_: TransferForwarded, sender: Province, known: Known) -> bool:
    return known.custody is not None and known.custody.was_with(sender, here=known.here)


def removes(letter: RemovalReported, sender: Province, known: Known) -> bool:
    return known.custody is not None and removing.believes(known.custody, letter, here=known.here)


def helps(_: Any, sender: Province, known: Known) -> bool:
    return known.task is not None and known.task.to_province == sender


def asked_help(_: Any, sender: Province, known: Known) -> bool:
    return known.errand is not None and known.errand.from_province == sender


def reports(letter: ProgressReported, sender: Province, known: Known) -> bool:
    """A later owner tells of himself: nobody else would. Of a known epoch only its owner tells.

    It is told to those who had the case before, and to the national desk, which knows what it was told.
    """
    if known.custody is None and known.here != NATIONAL_DESK:
        return False
    following = known.following
    if following and following.epoch == letter.epoch and following.province != sender:
        return False
    return known.is_of(letter.owner, sender) and known.may_have(sender, letter.epoch)


# --- The table ----------------------------------------------------------------------------------------------

IGNORED: Final = "ignored, and not opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may say these letters, in words and as it is asked of what is known."""

    letters: tuple[type[Letter], ...]
    who: str
    otherwise: str = IGNORED
    believes: Callable[[Any, Province, Known], bool]
    others_write: bool = False
    """Whether others write it in the course of things, and are not needed: then it is no surprise."""


RULES: Final = (
    Rule(
        letters=(TransferOffered,),
        who="a province in the name of an agency of its own, if it may have the case in that epoch: "
        "not of a case that is here, that was withdrawn here, or that another one took from here",
        believes=offers,
    ),
    Rule(
        letters=(
            OfferReceived,
            OfferAcknowledged,
            OfferClarificationRequested,
            OfferClarificationReceived,
            OfferAccepted,
            OfferRejected,
        ),
        who="the province of the agency that the transfer asks",
        believes=asked,
    ),
    Rule(
        letters=(
            TransferClarificationSupplied,
            TransferRelocated,
            TransferEnclosed,
            TransferLapsed,
            TransferVoided,
        ),
        who="the province that made the offer",
        believes=offered,
    ),
    Rule(
        letters=(TransferCompleted,),
        who="the province that made the offer, for the agency that it asked and for the next epoch, "
        "if the case is not here already",
        otherwise=f"{IGNORED}. What it may say of an offer that nobody here accepted waits for that",
        believes=completes,
    ),
    Rule(
        letters=(TransferRecalled,),
        who="the province that made the offer, or escalated the case to us",
        believes=offered_or_escalated,
    ),
    Rule(
        letters=(TransferReminded,),
        who="the same; and we ourselves, of what the owner here is to supply",
        believes=reminds,
    ),
    Rule(
        letters=(TransferForwarded,),
        who="a province that had the case before, as the transfer said that brought it here",
        believes=had_it_before,
    ),
    Rule(
        letters=(RemovalReported,),
        who="the province that took the case from here; and one that had it before, "
        "of what was removed before our epoch",
        otherwise=f"{IGNORED}: who took the case from here passes on what a later owner removed",
        believes=removes,
        others_write=True,
    ),
    Rule(
        letters=(ProgressReported,),
        who="of a case that was here, or at the national desk: a province in the name of an agency of its "
        "own, if it may have the case in that epoch, as the one that took it from here, the one that first "
        "told of the epoch, or a later one",
        believes=reports,
    ),
    Rule(
        letters=(TransferEscalated,),
        who="a province in the name of an agency of its own, if it may have the case in that epoch",
        believes=escalates,
    ),
    Rule(
        letters=(DirectionGiven,),
        who="the national desk; within one province that province. "
        "The owner believes only the superior that it asked, while it asks",
        believes=directs,
    ),
    Rule(
        letters=(TaskRequested,),
        who="a province in the name of an agency of its own, if it may have the case in that epoch",
        believes=asks_help,
    ),
    Rule(
        letters=(TaskExtended, TaskReminded, TaskRecalled),
        who="the province that asked for the help",
        believes=asked_help,
    ),
    Rule(
        letters=(ErrandAcknowledged, ErrandDone, ErrandImpossible),
        who="the province of the agency that was asked for help",
        believes=helps,
    ),
)
"""Every letter that routing answers."""

RULE_OF: Final[Mapping[type[Letter], Rule]] = MappingProxyType(
    {letter: rule for rule in RULES for letter in rule.letters}
)


def believed(letter: Letter, sender: Province, known: Known) -> bool:
    """Whether that province may say so."""
    return RULE_OF[type(letter)].believes(letter, sender, known)
