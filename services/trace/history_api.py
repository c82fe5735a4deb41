"""How each field of a case file came to be what it is: who said it, when, in which role, on which basis."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from chassis.errors import NotFound
from chassis.http import Database, case_router
from schemas.envelope import event_types
from schemas.facts import CaseFacts
from schemas.ids import PROVINCES, CaseId
from schemas.words import in_words
from services.trace import repository
from services.trace.access import LOOKERS
from services.trace.api import Seen, View
from services.trace.history import Change, FieldId, history_of
from services.trace.views import Named, StepView, Viewer, Words

router = case_router()

PERMISSIONS: dict[str, frozenset[str]] = {"read_history": LOOKERS}


class ChangeView(BaseModel):
    """A value that a field took."""

    value: Any
    """As the event says it."""
    worded: Words
    said: StepView
    """The event that says so: when, who, in which role, on which legal basis."""


class FieldHistory(BaseModel):
    """A field, and every value that it had."""

    field: str
    """What it is about, and its name in the event: `claim.due_fen`, `facts.members`."""
    of: str | None
    """Which member, transfer or assignment, where there are several."""
    province: Named
    changes: Sequence[ChangeView]


@router.get("/cases/{case_id}/history")
async def read_history(
    case_id: CaseId, database: Database, seen: Seen, view: View, field: str | None = None
) -> Sequence[FieldHistory]:
    """Every field of a case file, or one, with all that it was said to be; the latest value is the last."""
    traced = await repository.one_case(database, seen, case_id)
    if traced is None:
        raise NotFound(kind="case", id=case_id)
    found = history_view(traced, view)
    return [each for each in found if field in (None, each.field)]


def history_view(traced: repository.Traced, view: Viewer) -> Sequence[FieldHistory]:
    return [
        FieldHistory(
            field=field.name,
            of=field.of,
            province=view.named(field.province, PROVINCES),
            changes=[change_view(field, change, view) for change in changes],
        )
        for field, changes in sorted(history_of(traced.steps).items(), key=lambda each: str(each[0]))
    ]


def change_view(field: FieldId, change: Change, view: Viewer) -> ChangeView:
    about, _, name = field.name.partition(".")
    kind = CaseFacts if about == "facts" else event_types().get(change.step.type)
    known = kind is not None and name in kind.model_fields
    return ChangeView(
        value=change.value,
        worded=Words.by(
            lambda language: (
                in_words(kind, name, change.value, language, view.texts.agencies)
                if kind is not None and known
                else str(change.value)
            )
        ),
        said=StepView(**view.step(change.step)),
    )
