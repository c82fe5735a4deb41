"""Lists of members: what people's files look like, and what is said of those that are wrong."""

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.lists.columns import COLUMNS, yuan
from services.intake.lists.reading import Listed, ListRefused, Mistake, read_list
from tests.docs.pages import ROOT, rows
from tests.services.applying import id_number
from tests.services.workbooks import a_workbook

TODAY = date(2026, 3, 2)
HEADER = "序号,姓名,身份证号,手机号码,请求金额（元）"


def a_list(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows]) + "\r\n"


def a_row(running: int, yuan: str = "7500.50") -> str:
    return f"{running},工友{running},{id_number(running)},1380000{running:04},{yuan}"


def read(text: str | bytes) -> Sequence[Listed]:
    return read_list(text if isinstance(text, bytes) else text.encode(), TODAY)


def mistakes(text: str | bytes) -> tuple[Mistake, ...]:
    with pytest.raises(ListRefused) as refused:
        read(text)
    return refused.value.mistakes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_read_however_a_spreadsheet_saved_its_text(encoding: str) -> None:
    listed = read(a_list(a_row(1), a_row(2, "0.01")).encode(encoding))

    assert [line for line, _ in listed] == [2, 3]
    assert [member.name for _, member in listed] == ["工友1", "工友2"]
    assert [member.claim_fen for _, member in listed] == [750_050, 1]
    assert [member.id_number for _, member in listed] == [id_number(1), id_number(2)]


@pytest.mark.parametrize("hidden_first", [False, True])
def test_a_workbook_is_read_from_the_first_sheet_that_is_shown(hidden_first: bool) -> None:
    book = a_workbook(
        ["姓名", "证件号码", "请求金额", "电话"],
        ["工友1", id_number(1), 7500.5, 13800000001],
        hidden_first=hidden_first,
    )

    ((line, member),) = read(book)

    assert (line, member.claim_fen, member.phone) == (2, 750_050, "13800000001")


def test_a_number_that_the_spreadsheet_rounded_is_named() -> None:
    book = a_workbook(["姓名", "证件号码"], ["工友1", 510521198501010016])

    (wrong,) = mistakes(book)

    assert (wrong.line, wrong.column) == (2, "id_number")
    assert "formatted as text" in wrong.expected


def test_every_wrong_row_is_named_by_line_and_column_with_what_was_found_and_expected() -> None:
    wrong = mistakes(a_list(a_row(1), "2,,12345,x,abc", a_row(3, "1.234"), "4,工友4", a_row(5)))

    assert [(each.line, each.column) for each in wrong] == [
        (3, "claim_yuan"),
        (3, "name"),
        (3, "phone"),
        (4, "claim_yuan"),
        (5, "all"),
    ]
    assert (wrong[0].found, wrong[3].found) == ("abc", "1.234")
    assert all(each.expected for each in wrong)


def test_a_number_that_cannot_exist_is_named_where_it_stands() -> None:
    bad = id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1")

    (wrong,) = mistakes(a_list(f"1,工友1,{bad},,"))

    assert (wrong.line, wrong.column, wrong.found) == (2, "id_number", bad)
    assert "check digit" in wrong.expected


def test_the_message_itself_repeats_nothing_personal() -> None:
    with pytest.raises(ListRefused) as refused:
        read(a_list("1,张三,12345678,,", "2,李四,99,,"))

    assert "张三" not in str(refused.value)
    assert "12345678" not in str(refused.value)


def test_a_person_stands_in_a_list_once() -> None:
    (wrong,) = mistakes(a_list(a_row(1), a_row(2), a_row(1)))

    assert (wrong.line, wrong.column) == (4, "id_number")
    assert "line 2" in wrong.expected


def test_a_minor_needs_somebody_who_applies_for_him() -> None:
    header = "name,role,born,id_kind,guarantor_name,guarantor_id_number"
    child = f"小明,heir,2019-05-01,无证件,邻居,{id_number(9)}"
    guarded = f"小明,近亲属,2019-05-01,none,邻居,{id_number(9)},母亲,{id_number(8)},法定代理人"

    (wrong,) = mistakes(a_list(child, header=header))
    ((_, member),) = read(a_list(guarded, header=header + ",agent_name,agent_id_number,agent_authority"))

    assert wrong.column == "agent_authority"
    assert member.agent
    assert (member.agent.name, member.agent.authority) == ("母亲", "legal-guardian")


def test_who_has_no_paper_needs_somebody_who_vouches_for_him() -> None:
    (wrong,) = mistakes(a_list("1,工友1,,,"))

    assert "guarantor" in wrong.expected


@pytest.mark.parametrize(
    ("header", "found"),
    [("姓名,工资", "工资"), ("姓名,name", "name"), ("电话", "no name"), ("", "no name")],
)
def test_columns_that_are_strange_missing_or_twice_are_named(header: str, found: str) -> None:
    (wrong,) = mistakes(a_list("工友1,2", header=header))

    assert (wrong.line, wrong.column, wrong.found) == (1, "all", found)
    assert "姓名" in wrong.expected


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"\xd0\xcf\x11\xe0rest",
        b"PK\x03\x04rest",
        a_workbook(["姓名"])[:400],
        '姓名\n"open'.encode(),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(raw: bytes) -> None:
    (wrong,) = mistakes(raw)

    assert wrong.column == "all"


def test_a_packed_file_that_is_no_workbook_or_unpacks_to_too_much_is_not_opened() -> None:
    other, bomb = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("a.txt", "x")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        file.writestr("xl/worksheets/sheet1.xml", b"0" * 51_000_000)

    assert "another kind" in mistakes(other.getvalue())[0].found
    assert "bytes" in mistakes(bomb.getvalue())[0].found


def test_empty_rows_are_passed_over_and_lines_are_still_counted_as_in_the_file() -> None:
    assert [line for line, _ in read(a_list(a_row(1), ",,,,", a_row(2)))] == [2, 4]


def test_no_two_columns_are_called_alike() -> None:
    called = [name for column in COLUMNS for name in (column.name, *column.called)]

    assert len(called) == len(set(called))


@given(st.integers(0, 10**11))
def test_no_fen_is_lost_between_yuan_and_fen(fen: int) -> None:
    written = f"{fen // 100}.{fen % 100:02}"

    assert yuan(written) == yuan(f"￥{fen // 100:,}.{fen % 100:02}元") == str(fen)


@given(st.binary(max_size=300))
def test_whatever_bytes_are_sent_are_read_or_refused(raw: bytes) -> None:
    with suppress(ListRefused):
        assert read(raw)


def test_the_manual_names_every_column_as_it_may_be_called() -> None:
    said = {row[0].strip("`"): row[1:] for row in rows(ROOT / "docs" / "intake.md", "## A list of members")}

    assert said == {column.name: ["、".join(column.called), column.says] for column in COLUMNS}
