"""What mediation keeps in its vault is put back from its own events into a restored database."""

from typing import get_args

import pytest

from schemas.fields import Privacy, privacy_of
from schemas.matters import ClaimEvent, MatterEvent, MediationAgreed
from schemas.messages import Event
from schemas.samples import a
from services.mediation.recalling import paper_of, person_of

SEALED = [
    (kind, name)
    for kind in (*get_args(MatterEvent), *get_args(ClaimEvent))
    for name in kind.model_fields
    if privacy_of(kind, name) is Privacy.SEALED
]
SOMETHING = a(MediationAgreed).terms
"""Sealed, for the fields that a sample leaves out."""


@pytest.mark.parametrize(("kind", "name"), SEALED, ids=lambda each: getattr(each, "__name__", each))
def test_what_an_event_carries_sealed_has_a_name_to_be_put_back_under(kind: type[Event], name: str) -> None:
    said = a(kind)
    said = said if getattr(said, name) else said.model_copy(update={name: SOMETHING})

    found = person_of(said) or paper_of(said)

    assert found
    assert found[1] == getattr(said, name)
