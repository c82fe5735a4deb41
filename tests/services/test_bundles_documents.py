"""What a bundle says of its documents is checked against their bytes before anything of it is imported."""

import io
import zipfile

from services.intake.bundles.files import DOCUMENTS, Wrong, unpack
from tests.services.bundles import Old
from tests.services.checking import NOW, mistakes

PDF = b"%PDF-1.7\n"


def with_papers() -> tuple[Old, list[str]]:
    """Two members, with a paper of the first and one of both."""
    old = Old(NOW)
    ids = old.case("D-1", "submitted", 5, members=2)
    old.document("D-1", "D-1/欠条.pdf", PDF + b"1", 5, member=ids[0])
    old.document("D-1", "D-1/工资表.pdf", PDF + b"2", 4, kind="工资记录")
    return old, ids


def test_documents_that_are_what_their_rows_say_are_in_order() -> None:
    old, _ = with_papers()

    assert mistakes(old) == set()


def test_another_file_than_the_old_system_had_is_named() -> None:
    old, _ = with_papers()
    old.documents["D-1/欠条.pdf"] += b" changed on the way"

    assert mistakes(old) == {("documents.csv", 2, "sha256")}


def test_a_row_without_a_file_and_a_file_without_a_row_are_named() -> None:
    old, _ = with_papers()
    old.documents["D-1/another.pdf"] = old.documents.pop("D-1/欠条.pdf")

    assert mistakes(old) == {("documents.csv", 2, "file"), ("documents.csv", 1, "file")}


def test_what_is_no_document_is_empty_or_there_twice_is_named() -> None:
    old, _ = with_papers()
    old.document("D-1", "D-1/virus.exe", b"MZ\x90", 3)
    old.document("D-1", "D-1/empty.pdf", b"", 3)
    old.document("D-1", "D-1/copy.pdf", PDF + b"1", 3)

    assert mistakes(old) == {("documents.csv", line, "file") for line in (4, 5, 6)}


def test_a_document_is_that_of_a_member_and_of_a_past_day() -> None:
    old, _ = with_papers()
    old.files["documents.csv"][0].update({"member": "张三", "added": old.day(-1)})

    assert mistakes(old) == {("documents.csv", 2, "member"), ("documents.csv", 2, "added")}


def test_names_that_were_packed_in_gb_18030_are_read() -> None:
    """As Windows in China does it: without a mark, in its own encoding."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{DOCUMENTS}/XX.pdf"), PDF)
    raw = packed.getvalue().replace(b"XX.pdf", "条".encode("gb18030") + b".pdf")

    assert list(unpack(raw, Wrong(["cases.csv", "members.csv"])).documents) == ["条.pdf"]
