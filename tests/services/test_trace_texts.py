"""Every event has a text in both languages, made of what a timeline may show of it."""

from typing import get_args

import pytest
from pydantic import BaseModel

from chassis.texts import agency_names, fields_of, load_texts
from schemas.codes import MILESTONES as MILESTONE_CODES
from schemas.envelope import Event, event_types, topic_of
from schemas.fields import Privacy, privacy_of
from schemas.samples import a
from schemas.words import Language, in_words, yuan
from services.trace.app import LOGS, TEXTS
from services.trace.handlers import SHOWN_WHOLE, shown
from services.trace.standing import MILESTONES, Stage

texts = load_texts(TEXTS, agency_names(None))
LANGUAGES: tuple[Language, ...] = get_args(Language)
KINDS = [kind for kind in event_types().values() if issubclass(kind, Event) and topic_of(kind) in LOGS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_every_event_has_a_text_without_gaps(kind: type[Event], language: Language) -> None:
    text = texts.fill("events", kind.__name__, language, kind, shown(a(kind), topic_of(kind)))

    assert text
    assert "—" not in text, "a field that the event does not show"
    assert "{" not in text


def test_the_languages_say_the_same_things() -> None:
    zh, en = (texts.templates[language] for language in LANGUAGES)

    assert {section: said.keys() for section, said in zh.items()} == {
        section: said.keys() for section, said in en.items()
    }
    for name, template in zh["events"].items():
        assert fields_of(template) == fields_of(en["events"][name])


def test_no_text_is_of_an_event_that_there_is_not() -> None:
    assert texts.templates["zh"]["events"].keys() == {kind.__name__ for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_nothing_sealed_and_nobody_is_shown(kind: type[Event]) -> None:
    said = shown(a(kind), topic_of(kind))

    def hidden(within: type[BaseModel], name: str) -> bool:
        allowed = {Privacy.PUBLIC, Privacy.INTERNAL} if topic_of(kind) in SHOWN_WHOLE else {Privacy.PUBLIC}
        return privacy_of(within, name) not in allowed

    assert not [name for name in said if hidden(kind, name)]
    assert "wrapped" not in said
    assert "worker" not in said
    assert "assignee" not in said


def test_every_stage_has_a_name_and_every_milestone_is_a_known_code() -> None:
    assert texts.templates["zh"]["stages"].keys() == set(Stage)
    assert set(MILESTONES.values()) <= MILESTONE_CODES.keys()


def test_money_and_codes_are_worded() -> None:
    from schemas.matters import AidGranted

    assert yuan(128000050, "zh") == "1,280,000.50元"
    assert yuan(100, "en") == "CNY 1"
    assert in_words(AidGranted, "stage", "mediation", "zh") == "调解"
    assert in_words(AidGranted, "stage", "of-a-later-release", "zh") == "of-a-later-release"
    assert in_words(AidGranted, "assign_by", "2026-03-02T16:30:00Z", "en") == "2026-03-03 00:30"
