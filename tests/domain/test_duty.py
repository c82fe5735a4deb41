"""Duty: who of a roster is asked first, and how rosters are read."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.deadlines import SHANGHAI
from schemas.cases import ConsultationClosed, ConsultationHanded, ConsultationOpened
from schemas.codes import HandingCode, Language
from schemas.ids import AgencyId, Pseudonym, SiteId
from schemas.samples import a
from services.intake.domain.consultation import Consultation
from services.intake.domain.duty import MANDARIN, Asking, Hours, Shift, named, on_duty
from services.intake.domain.errors import ConsultationOver, NobodyOnDuty, NotTheAdviser
from services.intake.lists.reading import ListRefused, Mistake
from services.intake.lists.rosters import COLUMNS, hours_in_words, hours_of, read_roster
from tests.docs.pages import ROOT, rows

CENTRE, DESK, WINDOW = AgencyId("442000-legal-aid"), SiteId("desk"), SiteId("window")
NUOSU = Language("ii")
HEADER = "值班律师,开始,结束,网点,语言,接听时段"


def on(hour: int, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def shift(lawyer: str, first: int = 9, last: int = 17, **said: Any) -> Shift:
    """Some hours of the second of March, at the desk, unless said otherwise."""
    known = {"agency": CENTRE, "site": DESK, "begins": on(first), "ends": on(last)}
    return Shift(lawyer=Pseudonym(lawyer), **{**known, **said})


def on_days(lawyer: str, begins: datetime, ends: datetime, phone: str = "") -> Shift:
    return shift(lawyer, begins=begins, ends=ends, phone=hours_of(phone))


def asked(
    *shifts: Shift, at: datetime | None = None, language: Language = MANDARIN
) -> list[tuple[str, bool]]:
    """The lawyers in their order, and whether each answers at once."""
    asking = Asking(site=DESK, language=language, at=at or on(10))
    return [(each.lawyer, "on-duty" in each.reasons) for each in on_duty(shifts, asking)]


def test_who_is_on_duty_comes_before_who_will_be_and_after_nobody_who_was() -> None:
    roster = (shift("later", 14, 18), shift("now"), shift("over", 6, 10))

    assert asked(*roster) == [("now", True), ("later", False)]
    assert asked(*roster, at=on(19)) == []


def test_of_those_on_duty_the_language_counts_first_then_the_site_then_who_advises_the_fewest() -> None:
    roster = (
        shift("busy", advising=2),
        shift("elsewhere", site=WINDOW),
        shift("free", site=None),
        shift("understands", site=WINDOW, languages=(NUOSU,)),
    )

    assert [who for who, _ in asked(*roster)] == ["free", "busy", "elsewhere", "understands"]
    assert [who for who, _ in asked(*roster, language=NUOSU)] == ["understands", "free", "busy", "elsewhere"]


def test_the_phone_is_answered_in_its_hours_alone_those_past_midnight_too() -> None:
    day = on_days("day", on(0), on(0, day=9), "09:00-12:00,14:00-17:30")
    night = on_days("night", on(0), on(0, day=9), "18:00-08:00")

    assert asked(day, night) == [("day", True), ("night", False)]
    assert asked(day, night, at=on(13)) == [("day", False), ("night", False)]
    assert asked(day, night, at=on(3, day=4)) == [("night", True), ("day", False)]
    assert night.answers(on(3, day=4)) == (on(3, day=4), on(8, day=4))
    assert day.answers(on(18, day=8)) is None


def test_nobody_is_put_off_for_longer_than_a_week_or_named_twice() -> None:
    far = on_days("far", on(11, day=9), on(17, day=9))

    assert asked(far) == []
    assert asked(shift("both", 14, 18), shift("both")) == [("both", True)]


@given(st.integers(0, 23), st.integers(0, 59), st.timedeltas(timedelta(days=-2), timedelta(days=9)))
def test_who_answers_does_so_within_his_time_and_his_hours(hour: int, minute: int, ahead: timedelta) -> None:
    window = Hours(time(hour, minute), time((hour + 3) % 24, minute))
    duty = on_days("one", on(0), on(0, day=8), hours_in_words([window]))

    if found := duty.answers(on(0) + ahead):
        since, until = found
        assert duty.begins <= since < until <= duty.ends
        assert since >= on(0) + ahead
        assert until - since <= timedelta(hours=3)


def handed(*roster: Shift, consultation: Consultation | None = None, **said: Any) -> Sequence[Any]:
    known = consultation or Consultation.opened(a(ConsultationOpened))
    asking = Asking(site=DESK, language=MANDARIN, at=on(10))
    found = on_duty(roster, asking, passed_over=known.handed_to)
    to = next(iter(found), None)
    by = said.pop("by", known.agency)
    return known.hand(to, found, HandingCode("on-duty"), language=MANDARIN, by=by, at=on(10))


def test_a_call_is_handed_on_and_says_who_else_was_there() -> None:
    known = Consultation.opened(a(ConsultationOpened))

    (first,) = handed(shift("one"), shift("two"))
    assert isinstance(first, ConsultationHanded)
    known = known.after(first)
    (second,) = handed(shift("one"), shift("two"), consultation=known)

    assert (first.to.lawyer, [each.lawyer for each in first.considered]) == ("one", ["two"])
    assert (known.lawyer, known.answers_at) == ("one", on(10))
    assert isinstance(second, ConsultationHanded)
    assert second.to.lawyer == "two", "who did not answer is not asked again"


def test_nobody_is_handed_to_nobody_nor_by_a_stranger_nor_when_it_is_over() -> None:
    closed = Consultation.opened(a(ConsultationOpened)).after(a(ConsultationClosed))

    with pytest.raises(NobodyOnDuty):
        handed()
    with pytest.raises(NotTheAdviser):
        handed(shift("one"), by=AgencyId("another"))
    with pytest.raises(ConsultationOver):
        handed(shift("one"), consultation=closed)


def test_who_is_named_need_not_be_on_the_roster() -> None:
    asking = Asking(site=DESK, language=MANDARIN, at=on(10))

    assert named(Pseudonym("guest"), asking, ()).reasons == ("not-on-roster",)
    assert "on-duty" in named(Pseudonym("one"), asking, on_duty([shift("one")], asking)).reasons


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_roster_is_read_as_people_keep_it(encoding: str) -> None:
    row = 'zhang.wei,2026-03-02 09:00,2026-03-02 17:30,desk,yue ii,"09:00-12:00,14:00-17:30"'

    ((found, withdrawn),) = read_roster(f"{HEADER}\r\n{row}\r\n".encode(encoding), CENTRE)

    assert (found.lawyer, found.site, found.begins) == ("zhang.wei", "desk", on(9))
    assert found.languages == ("ii", "yue")
    assert hours_in_words(found.phone) == "09:00-12:00,14:00-17:30"
    assert not withdrawn


def test_every_wrong_cell_of_a_roster_is_named() -> None:
    rows = ("张伟,2026-03-02 09:00,2026-03-02 17:30,,,", "li,today,2026-03-02 17:30,,xx,9-12")

    with pytest.raises(ListRefused) as refused:
        read_roster("\n".join([HEADER, *rows]).encode(), CENTRE)
    with pytest.raises(ListRefused) as backwards:
        read_roster(f"{HEADER}\nli,2026-03-02 09:00,2026-03-02 09:00,,,".encode(), CENTRE)

    assert [(each.line, each.column) for each in refused.value.mistakes] == [
        (2, "lawyer"),
        (3, "from"),
        (3, "languages"),
        (3, "phone_window"),
    ]
    assert backwards.value.mistakes == (Mistake(2, "to", str(on(9).isoformat()), "a moment after `from`"),)


def test_the_columns_stand_in_the_manual() -> None:
    said = {row[0].strip("`"): row[1:] for row in rows(ROOT / "docs" / "intake.md", "## Who is on duty")}

    assert said == {column.name: ["、".join(column.called), column.says] for column in COLUMNS}
