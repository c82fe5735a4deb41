"""The proof of a transfer: what holds is explained; what was altered, dropped or moved is named."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from casebridge.receipts.exporting import Held, close, in_order
from casebridge.receipts.file import Head, Kept, line_of
from casebridge.receipts.verifying import Checked, verify
from casebridge.receipts.words import RECEIPTS
from casebridge.verify import verify as verify_command
from chassis.key_files import create_keys
from chassis.keyring import Keyring, load_keyring
from schemas.envelope import Envelope, Follows, Letter, dataschema_of, encode, event_types, letter_digest
from schemas.ids import CaseId, EventId, Province, TransferId
from schemas.samples import a
from schemas.transfers import (
    OfferAccepted,
    OfferReceived,
    ProgressReported,
    TransferCompleted,
    TransferEnclosed,
    TransferOffered,
)
from tests.deployment import case_id

HERE, THERE = Province("44"), Province("51")
TRANSFER = TransferId("019cac1a-26e8-7382-af23-64832686e723")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Exchange:
    """Two provinces that write to one another about one case; each knows what it has heard."""

    keyring: Keyring
    case: CaseId = field(default_factory=case_id)
    letters: dict[str, Held] = field(default_factory=dict)
    sent: dict[Province, list[str]] = field(default_factory=lambda: {HERE: [], THERE: []})
    heard: dict[Province, str | None] = field(default_factory=lambda: {HERE: None, THERE: None})

    def write(self, kind: type[Letter], by: Province, *, crossing: bool = False) -> None:
        """The next letter; one that crosses is heard only when another one is written."""
        to = THERE if by == HERE else HERE
        at = NOW + timedelta(minutes=len(self.letters))
        said: dict[str, object] = {"case_id": self.case, "to_province": to, "at": at}
        if "transfer_id" in kind.model_fields:
            said["transfer_id"] = TRANSFER
        if "sender" in kind.model_fields:
            said["sender"] = by
        event, topic = a(kind, **said), f"cn{to}.mailbox"
        follows = Follows(self.sent[by][-1] if self.sent[by] else None, self.heard[by])
        envelope = Envelope(
            id=EventId(case_id()),
            source=f"/cn{by}/routing",
            type=event.type,
            subject=self.case,
            time=at,
            recordedtime=at,
            dataschema=dataschema_of(kind),
            incarnation="incarnation-1",
            sequence=len(self.sent[by]) + 1,
            destination=topic,
            follows=follows,
        )
        record = self.keyring.sign_letter(encode(event, envelope), topic, by)
        digest = letter_digest(record, topic)
        order = (at, by, len(self.sent[by]) + 1)
        self.letters[digest] = Held(Kept.of(topic, record), digest, follows, order)
        self.sent[by].append(digest)
        if not crossing:
            self.heard[to] = digest

    def lines(self) -> list[bytes]:
        head = Head(transfer=TRANSFER, case=self.case, provinces=(HERE, THERE))
        return [line_of(head), *(line_of(held.kept) for held in in_order(self.letters))]

    def file(self) -> bytes:
        return closed(self.lines(), self.keyring)


def closed(lines: list[bytes], keyring: Keyring, by: Province = HERE) -> bytes:
    """The lines, closed by a province: whoever has its key could close altered ones too."""
    return b"".join(line + b"\n" for line in (*lines, line_of(close(lines, by, keyring, NOW))))


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder = tmp_path_factory.mktemp("keys")
    create_keys(folder, [HERE, THERE])
    return load_keyring(folder, [HERE, THERE])


def public(keyring: Keyring) -> Keyring:
    return Keyring(own={}, trusted=keyring.trusted)


@pytest.fixture
def moved(keyring: Keyring) -> Exchange:
    """A whole transfer, two of whose letters crossed."""
    exchange = Exchange(keyring)
    exchange.write(TransferOffered, HERE)
    exchange.write(OfferReceived, THERE)
    exchange.write(OfferAccepted, THERE, crossing=True)
    exchange.write(TransferEnclosed, HERE)
    exchange.write(TransferCompleted, HERE)
    exchange.write(ProgressReported, THERE)
    return exchange


def last(checked: list[Checked]) -> Checked:
    assert not any(each.broken for each in checked[:-1])
    return checked[-1]


def test_each_step_of_a_good_file_is_explained_in_both_languages(keyring: Keyring, moved: Exchange) -> None:
    checked = list(verify(moved.file(), public(keyring)))
    assert not any(each.broken for each in checked), checked[-1]
    assert len(checked) == 8
    assert "请对方接收案件" in checked[1].said.zh
    assert "Guangdong to Sichuan, letter 1: asks the other side to take the case" in checked[1].said.en
    assert "it signs line 2 of the other side too" in checked[2].said.en
    assert "the same case, another matter" in checked[6].said.en
    assert "exported and signed by Guangdong: 6 letters" in checked[7].said.en


def test_each_type_of_letter_has_words_in_both_languages() -> None:
    known = {type: kind for type, kind in event_types().items() if kind.__module__.startswith("schemas.")}
    letters = {type for type, kind in known.items() if issubclass(kind, Letter)}

    assert letters == RECEIPTS.keys()
    for language in ("zh", "en"):
        assert len({getattr(words, language) for words in RECEIPTS.values()}) == len(letters), "said twice"
    for words in RECEIPTS.values():
        assert re.search(r"[\u4e00-\u9fff]", words.zh)
        assert words.en.isascii()


def test_any_altered_byte_is_found_and_the_line_of_the_first_one_named(
    keyring: Keyring, moved: Exchange
) -> None:
    file, known = moved.file(), public(keyring)
    chance = random.Random(7)
    for place in sorted(chance.sample(range(len(file)), 700)):
        other = bytes([chance.choice([b for b in range(256) if b != file[place]])])
        altered = file[:place] + other + file[place + 1 :]
        found = last(list(verify(altered, known)))
        line = file[:place].count(b"\n") + 1
        assert found.broken, f"byte {place}"
        # A line's end belongs to the line behind it too.
        assert line <= found.line <= line + (file[place] == 10), f"byte {place}: found {found}"


Tamper = Callable[[list[bytes]], list[bytes]]
TAMPERS: dict[str, tuple[Tamper, int]] = {
    "the first letter dropped": (lambda lines: [lines[0], *lines[2:]], 2),
    "a letter in the middle dropped": (lambda lines: [*lines[:3], *lines[4:]], 6),
    "the last of one side dropped": (lambda lines: [*lines[:5], *lines[6:]], 6),
    "two letters of one side swapped": (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], 5),
    "an answer before its question": (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 3),
    "a letter twice": (lambda lines: [*lines[:3], lines[2], *lines[3:]], 4),
}


@pytest.mark.parametrize("name", TAMPERS)
def test_dropped_and_moved_letters_are_found_even_when_a_province_closed_the_file_so(
    keyring: Keyring, moved: Exchange, name: str
) -> None:
    """Whoever exports holds a key, but not the other side's: the letters themselves tell."""
    tamper, line = TAMPERS[name]
    if name == "the first letter dropped":
        # Who exports may leave out what is older than 90 days, and it is said; nobody else may.
        file = b"".join(each + b"\n" for each in [*tamper(moved.lines()), moved.file().split(b"\n")[-2]])
    else:
        file = closed(tamper(moved.lines()), keyring)
    found = last(list(verify(file, public(keyring))))
    assert found.broken
    assert found.line == line


def test_a_letter_of_another_history_does_not_fit_in(keyring: Keyring, moved: Exchange) -> None:
    """The same province, the same number, a good signature: but what follows it followed another one."""
    other = Exchange(keyring, case=moved.case)
    other.write(TransferOffered, HERE)
    other.write(OfferReceived, THERE)
    lines = moved.lines()
    spliced = closed([*lines[:2], other.lines()[2], *lines[3:]], keyring)
    found = last(list(verify(spliced, public(keyring))))
    assert found.broken
    assert found.line == 3
    lines[1] = other.lines()[1]
    found = last(list(verify(closed(lines, keyring), public(keyring))))
    assert (found.broken, found.line) == (True, 3)


def test_the_end_cut_off_or_put_together_anew_is_found(keyring: Keyring, moved: Exchange) -> None:
    lines = moved.file().split(b"\n")[:-1]
    for tampered in (lines[:-1], [*lines[:-2], lines[-1]]):
        found = last(list(verify(b"".join(line + b"\n" for line in tampered), public(keyring))))
        assert found.broken
    stranger = json.loads(lines[-1]) | {"province": "51"}
    lines[-1] = json.dumps(stranger, ensure_ascii=False, separators=(",", ":")).encode()
    found = last(list(verify(b"".join(line + b"\n" for line in lines), public(keyring))))
    assert (found.broken, found.line) == (True, 8)


def test_letters_that_are_older_than_90_days_may_be_missing_at_the_beginning(
    keyring: Keyring, moved: Exchange
) -> None:
    lines = moved.lines()
    checked = list(verify(closed([lines[0], *lines[3:]], keyring), public(keyring)))
    assert not any(each.broken for each in checked), checked[-1]
    assert "letter 2: decides to take the case" in checked[1].said.en
    assert "the ones before it are not in this file" in checked[1].said.en


def with_theft(keyring: Keyring, at: datetime) -> Keyring:
    """What everybody knows once a province has said that its key was stolen, and since when."""
    (key,) = keyring.trusted[HERE].signing
    stolen = keyring.trusted[HERE].model_copy(
        update={"signing": (key.model_copy(update={"revoked_at": at}),)}
    )
    return Keyring(own={}, trusted={**keyring.trusted, HERE: stolen})


def test_a_key_that_was_stolen_later_undoes_nothing_that_the_other_side_had_signed_for(
    keyring: Keyring, moved: Exchange
) -> None:
    file = closed(moved.lines(), keyring, by=THERE)
    later, meanwhile = NOW + timedelta(hours=1), NOW + timedelta(minutes=2, seconds=30)
    assert not any(each.broken for each in verify(file, with_theft(keyring, later)))
    # What was sent after the last answer that was written before the theft may be the thief's.
    found = last(list(verify(file, with_theft(keyring, meanwhile))))
    assert (found.broken, found.line) == (True, 5)
    assert "revoked" in found.said.en


def test_the_command_says_it_in_words_and_ends_with_1(
    keyring: Keyring, moved: Exchange, tmp_path: Path
) -> None:
    for province, trusted in keyring.trusted.items():
        (tmp_path / f"{province}.public.json").write_text(trusted.model_dump_json(exclude_none=True))
    file = tmp_path / "transfer.receipts"
    file.write_bytes(moved.file())
    good = CliRunner().invoke(verify_command, [str(file), "--keys", str(tmp_path)])
    assert good.exit_code == 0, good.output
    assert "完成移送，案件归对方" in good.output
    file.write_bytes(moved.file().replace(b'\\"epoch\\":', b'\\"epoch\\" :', 1))
    bad = CliRunner().invoke(verify_command, [str(file), "--keys", str(tmp_path), "--language", "en"])
    assert bad.exit_code == 1
    assert "does not hold" in bad.output


def test_checking_needs_neither_a_database_nor_a_broker() -> None:
    said = "import sys, casebridge.verify; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "asyncpg", "aiokafka", "faststream"} & set(loaded.stdout.split())
