"""Checks a file of receipts with the public keys alone: no database, no broker, no network.

Line by line: that it is written as we write it, that its province signed these bytes, and that it follows
what it says. The first line that does not hold is named; what stands behind it proves nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casebridge.receipts.file import FORMAT, Closing, Head, Kept, NotALine, closed_bytes, read_line
from casebridge.receipts.words import called, meaning_of
from chassis.keyring import Distrusted, Keyring
from schemas.envelope import Envelope, Received, Refused, Unknown, decode, letter_digest
from schemas.follows import digest_of
from schemas.ids import Province, Wording
from schemas.words import moment


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the file: what it proves or, with `broken`, why it proves nothing."""

    line: int
    said: Wording
    broken: bool = False


class Broken(Exception):
    """Why a line proves nothing."""

    def __init__(self, zh: str, en: str) -> None:
        self.said = Wording(zh, en)
        super().__init__(en)


def verify(content: bytes, keyring: Keyring) -> Iterator[Checked]:
    """Every line that holds, then the first that does not. A good file ends with the line that closes it."""
    lines = content.split(b"\n")
    reading = Reading(keyring, closing_of(lines, keyring), known_at=vouched(lines, keyring))
    for number, line in enumerate(lines[:-1] if lines[-1] == b"" else lines, 1):
        try:
            yield Checked(number, reading.take(number, line, last=number == len(lines) - 1))
        except Broken as broken:
            yield Checked(number, broken.said, broken=True)
            return
    if not reading.closed:
        yield Checked(
            len(lines),
            Wording("文件被截断：没有结尾行", "the file is cut off: nothing closes it"),
            broken=True,
        )


def closing_of(lines: Sequence[bytes], keyring: Keyring) -> Closing | None:
    """The closing line, if it is genuine: then it says of every other line what it was."""
    try:
        closing = read_line(Closing, lines[-2] if len(lines) > 1 else b"")
        check_closing(closing, keyring)
    except (NotALine, Broken):
        return None
    return closing


def vouched(lines: Sequence[bytes], keyring: Keyring) -> Mapping[str, datetime]:
    """When letters were heard, by what the other side signed with keys that are good.

    A key that was stolen later does not undo what had been confirmed before: the thief can date a letter
    back, but not into a letter of the other side.
    """
    letters: dict[str, Envelope] = {}
    good: list[Envelope] = []
    for line in lines:
        try:
            kept = read_line(Kept, line)
        except NotALine:
            continue
        read = decode(kept.record.key, kept.record.value, kept.record.headers)
        if isinstance(read, Refused):
            continue
        letters[letter_digest(kept.record, kept.topic)] = read.envelope
        if not isinstance(keyring.verify_letter(kept.record, kept.topic), Distrusted):
            good.append(read.envelope)
    known_at: dict[str, datetime] = {}
    for witness in sorted(good, key=lambda letter: letter.recordedtime):
        digest = witness.follows.heard if witness.follows else None
        while digest in letters and digest not in known_at:
            known_at[digest] = witness.recordedtime
            before = letters[digest].follows
            digest = before.sent if before else None
    return known_at


def check_closing(closing: Closing, keyring: Keyring) -> None:
    text = closed_bytes(closing.province, closing.at, closing.lines, closing.key_id)
    verdict = keyring.verify_text(text, closing.key_id, closing.signature, closing.at)
    if isinstance(verdict, Distrusted):
        raise Broken(
            f"结尾行的签名不可信（{verdict.reason}）", f"its signature is not good: {verdict.detail}"
        )
    if verdict.province != closing.province:
        raise Broken("签名方与所称省份不符", f"{verdict.province} signed it, and it says {closing.province}")


@dataclass(slots=True)
class Reading:
    """What the lines so far have established."""

    keyring: Keyring
    closing: Closing | None
    known_at: Mapping[str, datetime]
    """By the digest of a letter: when the other side had signed for having had it."""
    head: Head | None = None
    closed: bool = False
    of_transfer: int = 0
    digests: list[str] = field(default_factory=list)
    """Of the letters, in the order of the file."""
    senders: list[Province] = field(default_factory=list)
    sequences: dict[Province, int] = field(default_factory=dict)
    last: dict[Province, str] = field(default_factory=dict)
    heard: dict[Province, int] = field(default_factory=dict)
    """The place in the file of the last letter that a province had heard."""
    unseen: set[str] = field(default_factory=set)
    """Letters that were heard and do not stand before who heard them: they may not stand behind either."""

    def take(self, number: int, line: bytes, *, last: bool) -> Wording:
        """What the line proves. Raises Broken."""
        if self.closed:
            raise Broken("结尾行之后还有内容", "something stands behind the line that closes the file")
        try:
            if self.head is None:
                said = self.take_head(read_line(Head, line))
            elif last and line.startswith(b'{"province"'):
                return self.take_closing(read_line(Closing, line))
            else:
                said = self.take_letter(read_line(Kept, line))
        except NotALine as error:
            raise Broken("这一行被改动过：不是导出时的写法", f"this line was changed: {error}") from None
        if self.closing and digest_of(line) != self.digest_closed(number):
            raise Broken(
                "这一行与结尾行所记不符：被改动、调换或替换",
                "the closing line has another line here: it was changed, moved or replaced",
            )
        return said

    def digest_closed(self, number: int) -> str | None:
        assert self.closing
        return self.closing.lines[number - 1] if number <= len(self.closing.lines) else None

    def take_head(self, head: Head) -> Wording:
        if head.format != FORMAT:
            raise Broken(f"格式不是 {FORMAT}", f"found the format {head.format}, expected {FORMAT}")
        self.head = head
        zh, en = (" ⇄ ".join(getattr(called(p), lang) for p in head.provinces) for lang in ("zh", "en"))
        return Wording(
            f"移送 {head.transfer}，案件 {head.case}，{zh}",
            f"transfer {head.transfer} of case {head.case}, {en}",
        )

    # --- Letters -------------------------------------------------------------------------------------------

    def take_letter(self, kept: Kept) -> Wording:
        record = kept.record
        digest = letter_digest(record, kept.topic)
        verdict = self.keyring.verify_letter(record, kept.topic, self.known_at.get(digest))
        if isinstance(verdict, Distrusted):
            raise Broken(
                f"签名不可信（{verdict.reason}）：{said_of(kept).zh}",
                f"its signature is not good: {verdict.detail}",
            )
        read = decode(record.key, record.value, record.headers)
        if isinstance(read, Refused):
            raise Broken("不是信件", f"it is no letter: {read.detail}")
        envelope = read.envelope
        self.check_place(envelope, kept.topic)
        counted = self.check_chain(envelope)
        if digest in self.unseen:
            raise Broken("顺序被调换：前面的信件已确认过它", "it was moved: a letter before it had heard it")
        self.senders.append(envelope.province)
        self.digests.append(digest)
        self.last[envelope.province] = self.digests[-1]
        begins = (envelope.sequence or 0) > 1 and self.senders.count(envelope.province) == 1
        ours = self.head is not None and transfer_of(read) == self.head.transfer
        self.of_transfer += ours
        said = self.explain(envelope, kept.topic, counted, ours=ours)
        if not begins:
            return said
        return Wording(
            f"{said.zh}；此前的信件不在本文件中", f"{said.en}; the ones before it are not in this file"
        )

    def check_place(self, envelope: Envelope, topic: str) -> None:
        assert self.head
        to = topic[2:4]
        if envelope.subject != self.head.case:
            raise Broken("属于另一个案件", f"it is about case {envelope.subject}, expected {self.head.case}")
        if {envelope.province, to} != set(self.head.provinces):
            raise Broken(
                f"往来双方不符：{envelope.province} → {to}",
                f"it goes from {envelope.province} to {to}, and the file is about "
                f"{' and '.join(self.head.provinces)}",
            )

    def check_chain(self, envelope: Envelope) -> int | None:
        """That it follows what it says. Returns the place of the other side's letter that it signs too."""
        sender, sequence, follows = envelope.province, envelope.sequence or 0, envelope.follows
        before = self.sequences.get(sender)
        if before is not None and sequence != before + 1:
            missing, en = (
                ("缺失", "is missing") if sequence > before else ("顺序被调换", "was moved or doubled")
            )
            raise Broken(
                f"第{before}封之后是第{sequence}封：{missing}",
                f"after letter {before} of {sender} comes {sequence}: one {en}",
            )
        self.sequences[sender] = sequence
        if follows is None:
            if self.last.get(sender) and self.heard.get(sender) is not None:
                raise Broken("没有链接到前一封", "it follows nothing, and the letter before it did")
            return None
        self.check_sent(sender, sequence, follows.sent, first=before is None)
        return self.check_heard(sender, follows.heard)

    def check_sent(self, sender: Province, sequence: int, sent: str | None, *, first: bool) -> None:
        """The letter before it, by the same sender, is the one in the file."""
        if first and sequence > 1:
            return  # letters go after 90 days: a file may begin later, and the closing line vouches for it
        if sent != self.last.get(sender):
            raise Broken(
                f"所接续的不是文件中{sender}的前一封：有替换或拼接",
                f"it follows another letter of {sender} than the one before it here: something was spliced",
            )

    def check_heard(self, sender: Province, heard: str | None) -> int | None:
        """What it had heard of the other side stands before it, and is no less than it had heard before."""
        before = self.heard.get(sender, -1)
        place = -1
        if heard in self.digests:
            place = self.digests.index(heard)
        elif heard is not None and not self.begins_late(sender):
            raise Broken(
                "所确认的对方信件不在其之前：缺失、调换或拼接",
                "the letter of the other side that it had heard does not stand before it: dropped or moved",
            )
        elif heard is not None:
            self.unseen.add(heard)
        if place < before:
            raise Broken(
                "所确认的对方信件早于先前已确认的", "it had heard less than the letter before it had"
            )
        self.heard[sender] = place
        return place if place >= 0 else None

    def begins_late(self, sender: Province) -> bool:
        """Whether the other side's letters may begin before the file: none is here yet, or not its first."""
        assert self.head
        others = [p for p in self.head.provinces if p != sender] or [sender]
        count = self.senders.count(others[0])
        return self.sequences.get(others[0], 0) > count if count else self.closing is not None

    def explain(self, envelope: Envelope, topic: str, counted: int | None, *, ours: bool) -> Wording:
        a, b, said = called(envelope.province), called(topic[2:4]), meaning_of(envelope.type)
        chained = (
            Wording(
                f"；并确认对方此前第{counted + 2}行的信件",
                f"; it signs line {counted + 2} of the other side too",
            )
            if counted is not None
            else Wording("", "")
        )
        other = Wording("", "") if ours else Wording("（同案其他事项）", " (the same case, another matter)")
        when, key = moment(envelope.recordedtime), envelope.signedby
        return Wording(
            f"{when} {a.zh}致{b.zh}第{envelope.sequence}封：{said.zh}{other.zh}；"
            f"签名密钥 {key} 有效{chained.zh}",
            f"{when} {a.en} to {b.en}, letter {envelope.sequence}: {said.en}{other.en}; "
            f"signed with {key}, and the signature is good{chained.en}",
        )

    # --- The end -------------------------------------------------------------------------------------------

    def take_closing(self, closing: Closing) -> Wording:
        assert self.head
        check_closing(closing, self.keyring)
        if len(closing.lines) != len(self.digests) + 1:
            raise Broken(
                f"结尾行记有{len(closing.lines)}行，文件有{len(self.digests) + 1}行",
                f"it closes {len(closing.lines)} lines, and {len(self.digests) + 1} are here",
            )
        if closing.province not in self.head.provinces:
            raise Broken("导出方不是当事省份", f"{closing.province} is neither side of the transfer")
        if not self.of_transfer:
            raise Broken("没有一封信属于这次移送", f"no letter here is about transfer {self.head.transfer}")
        self.closed = True
        a, when = called(closing.province), moment(closing.at)
        return Wording(
            f"{when} {a.zh}导出并签名：共{len(self.digests)}封，与所记逐行一致",
            f"{when} exported and signed by {a.en}: {len(self.digests)} letters, each line as it was closed",
        )


def transfer_of(read: Received | Unknown) -> str | None:
    return getattr(read.event, "transfer_id", None) if isinstance(read, Received) else None


def said_of(kept: Kept) -> Wording:
    """What a letter that proves nothing claims to be."""
    headers = dict(kept.headers)
    return meaning_of(headers.get("ce_type", ""))
