"""`documents.csv`: one row a document, whose bytes lie in the folder of the documents."""

import hashlib
from datetime import datetime
from typing import Final

from chassis.cells import matching, words
from chassis.media_types import LOOKED_AT, TypeRefused, media_type_of
from schemas.codes import DOCUMENT_KINDS, DocumentKind
from services.intake.bundles.cells import CASE, moment
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Paper, Running
from services.intake.lists.columns import a, worded

FILE: Final = "documents.csv"

COLUMNS: Final = (
    CASE,
    a("file", "文件 文件名", "Its path below the folder `documents`.", words(400, "a path"), required=True),
    a(
        "sha256",
        "哈希 SHA-256",
        "The SHA-256 of its bytes, in hexadecimal.",
        matching(r"[0-9a-fA-F]{64}", "64 hexadecimal digits"),
        required=True,
    ),
    a("kind", "材料类型", "What it is.", worded(DOCUMENT_KINDS), required=True),
    a("added", "收到日期", "When it was handed in.", moment, required=True),
    a(
        "member",
        "成员",
        "Whose it is, if it is one member's: as in `money.csv`.",
        words(200, "a member"),
    ),
)


def take(row: Row, reading: Reading) -> None:
    reading.named.add(row.said.get("file", ""))
    case = reading.case_of(FILE, row)
    if case is None:
        return
    said, added_at = row.said, datetime.fromisoformat(row.said["added"])
    reading.check_past(FILE, row.line, "added", added_at)
    raw = bytes_of(row, reading, case)
    of = reading.member_in(case, FILE, row) if "member" in said else None
    if raw is not None:
        case.papers.append(
            Paper(
                line=row.line,
                file=said["file"],
                kind=DocumentKind(said["kind"]),
                sha256=said["sha256"].lower(),
                added_at=added_at,
                of=of,
                raw=raw,
            )
        )


def bytes_of(row: Row, reading: Reading, case: Running) -> bytes | None:
    """Those of the file, if they are what the row says, and a document that is taken."""
    file, stated, wrong = row.said["file"], row.said["sha256"].lower(), reading.wrong
    raw = reading.documents.get(file)
    if not raw:
        found = "an empty file" if raw is not None else file
        wrong.note(FILE, row.line, "file", found, "a file in the folder `documents`")
        return None
    if (digest := hashlib.sha256(raw).hexdigest()) != stated:
        wrong.note(FILE, row.line, "sha256", stated, f"{digest}, by the bytes that are here")
    if any(paper.sha256 == digest for paper in case.papers):
        wrong.note(FILE, row.line, "file", file, "each document of a case once")
    try:
        media_type_of(raw[:LOOKED_AT], None)
    except TypeRefused as error:
        wrong.note(FILE, row.line, "file", file, error.expected)
    return raw


def check_named(reading: Reading) -> None:
    """None is left behind unseen."""
    for file in sorted(set(reading.documents) - reading.named):
        reading.wrong.note(FILE, 1, "file", file, "a row for each file in the folder `documents`")
