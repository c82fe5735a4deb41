"""What was committed is on its log; what is on a log was received once, in order, or is visibly held."""

from collections import Counter
from collections.abc import Mapping

from casebridge.audit.books import Book, CaseBook, Name
from casebridge.audit.logs import Seen, Stream, StreamKey
from casebridge.audit.reading import COMPACTED, KEPT_FOR_EVER, Logs, Topic
from casebridge.audit.report import Report, Rule

Cases = Mapping[Name, CaseBook]


def check_sent(book: Book, cases: Cases, seen: Seen, report: Report) -> None:
    """The numbering of a case's own streams equals what lies on the logs and in the outbox."""
    for (province, case_id), case in cases.items():
        for name, sent in case.sent.items():
            log, _, addressee = name.partition(":")
            where = f"cn{addressee or province} {log} /cn{province}/{book.service.name} case {case_id}"
            topic = f"cn{addressee or province}.{log}"
            last = seen.last(addressee or province, f"{log} /cn{province}/{book.service.name}", case_id)
            unsent = case.unsent.get(topic, 0)
            report.counts["events committed"] += sent
            if unsent > last:
                report.add(Rule.UNSENT, where, f"{last} on the log, the outbox waits with up to {unsent}")
            if max(last, unsent) > sent:
                report.add(Rule.INVENTED, where, f"{max(last, unsent)} is published, {sent} were committed")
            if max(last, unsent) < sent and can_tell(seen, topic, last):
                report.add(Rule.LOST, where, f"{sent} were committed, the log ends with {last}")


def can_tell(seen: Seen, topic: str, last: int) -> bool:
    """Whether a record that is not on the topic was never there, or may have expired."""
    known = [whole for place, whole in seen.whole.items() if place.name == topic]
    if not known:
        return False  # a mailbox of a province that is not of this deployment
    return last > 0 or all(known)


def check_strange_streams(
    books: Mapping[str, Book], all_cases: Mapping[str, Cases], seen: Seen, report: Report
) -> None:
    """No log has a case or a stream that its writer's database does not know."""
    for (province, name, case_id), stream in seen.streams.items():
        log, _, source = name.partition(" ")
        writer, home = source[6:], source[3:5]
        book = books.get(writer)
        if book is None or home not in book.settings.provinces:
            continue
        sent = all_cases[writer].get((home, case_id))
        own = f"mailbox:{province}" if log == "mailbox" else log
        if sent is None or own not in sent.sent:
            where = f"cn{province} {name} case {case_id}"
            report.add(Rule.INVENTED, where, f"{stream.last} events, and its database knows nothing of them")


def check_received(book: Book, ids: Mapping[str, str], cases: Cases, seen: Seen, report: Report) -> None:
    """Every event on a log that this service reads is applied, or waits where operators see it."""
    for key, stream in seen.streams.items():
        if stream.topic.log in book.service.logs and key[0] in book.settings.provinces:
            case = cases.get((key[0], key[2]))
            check_stream(book, ids, key, stream, case, report)
    for (province, case_id), case in cases.items():
        for name, (received, *_) in case.inbox.items():
            log = name.partition(" ")[0]
            last = seen.last(province, name, case_id)
            if received > last and (log in KEPT_FOR_EVER or last > 0):
                where = f"{book.service.name}: cn{province} {name} case {case_id}"
                report.add(Rule.INVENTED, where, f"received {received}, and the log ends with {last}")
        if case.held:
            report.counts["cases held"] += 1


def check_stream(
    book: Book, ids: Mapping[str, str], key: StreamKey, stream: Stream, case: CaseBook | None, report: Report
) -> None:
    province, name, case_id = key
    where = f"{book.service.name}: cn{province} {name} case {case_id}"
    received, applied, *_ = case.inbox.get(name, (0, 0)) if case else (0, 0)
    waiting = {item.sequence: item for item in case.waiting if item.stream == name} if case else {}
    report.counts["events received"] += received
    next_offset = book.positions.get((ids[stream.topic.cluster], stream.topic.name, stream.partition), 0)
    lost = unread = 0
    place = (stream.topic.cluster, stream.topic.name, stream.partition)
    for sequence, offset in stream.offsets.items():
        if (*place, offset) in book.aside:
            report.counts["events in quarantine"] += 1
        elif sequence > received and sequence not in waiting:
            unread += offset >= next_offset
            lost += offset < next_offset
    if unread:
        report.add(Rule.UNREAD, where, f"{unread} of {stream.last} are not read yet")
    if lost:
        report.add(Rule.LOST, where, f"{lost} of {stream.last} were passed over: received {received}")
    missing = [n for n in range(applied + 1, received + 1) if n not in waiting]
    if missing:
        report.add(
            Rule.LOST, where, f"received {received}, applied {applied}, and {missing[0]} does not wait"
        )
    report.counts["events waiting"] += len(waiting)
    overdue = waiting.get(applied + 1)
    if case and not case.held and overdue and overdue.cause == "gap":
        report.add(Rule.STUCK, where, f"{applied + 1} waits for a gap that is closed")


def check_effects(book: Book, cases: Cases, discarded: frozenset[Name], report: Report) -> None:
    """By the ledger: each event had its effect once, and each stream in its order."""
    for name, case in cases.items():
        effects: dict[str, list[int]] = {}
        for stream, sequence in case.effects:
            effects.setdefault(stream, []).append(sequence)
        for stream in effects.keys() | case.inbox.keys():
            where = f"{book.service.name}: cn{name[0]} {stream} case {name[1]}"
            applied = case.inbox.get(stream, (0, 0))[1]
            check_effects_of(
                effects.get(stream, []),
                applied,
                where,
                report,
                may_miss=name in discarded or stream.startswith(f"{COMPACTED} "),
            )


def check_effects_of(effects: list[int], applied: int, where: str, report: Report, *, may_miss: bool) -> None:
    """One stream's effects, in the order in which they happened."""
    report.counts["effects in the ledger"] += len(effects)
    firsts = list(dict.fromkeys(effects))
    for sequence, times in Counter(effects).items():
        if times > 1:
            report.add(Rule.DOUBLED, where, f"{sequence} had its effect {times} times")
    if firsts != sorted(firsts):
        report.add(Rule.REORDERED, where, f"effects in the order {firsts[:20]}")
    missing = sorted(set(range(1, applied + 1)) - set(effects))
    if missing and not may_miss:
        report.add(Rule.LOST, where, f"applied up to {applied}, and {missing[0]} had no effect")
    if firsts and max(firsts) > applied:
        report.add(Rule.INVENTED, where, f"{max(firsts)} had an effect, applied is {applied}")


def check_causes(
    book: Book, cases: Cases, after: Mapping[tuple[str, str, str, int], Mapping[str, int]], report: Report
) -> None:
    """By the ledger: what an event came after had its effect here before it, if it is read here."""
    for (province, case_id), case in cases.items():
        done: dict[str, int] = {}
        for stream, sequence in case.effects:
            log, _, source = stream.partition(" ")
            if log != "mailbox" and source[3:5] == province:
                for cause, needed in after.get((province, case_id, stream, sequence), {}).items():
                    if cause in book.service.logs and done.get(cause, 0) < needed:
                        where = f"{book.service.name}: cn{province} {stream} case {case_id}"
                        report.add(
                            Rule.REORDERED, where, f"{sequence} came before its cause {cause} {needed}"
                        )
            done[log] = max(done.get(log, 0), sequence)


def check_positions(book: Book, ids: Mapping[str, str], logs: Logs, report: Report) -> None:
    """No position lies beyond the end of its log; what lies before the end is not read yet."""
    for topic in read_by(book, logs):
        for partition, extent in logs.extents[topic].items():
            where = f"{book.service.name}: {topic.name}[{partition}]"
            at = book.positions.get((ids[topic.cluster], topic.name, partition), 0)
            if at > extent.end:
                report.add(Rule.INVENTED, where, f"position {at}, and the log ends at {extent.end}")
            elif max(at, extent.begin) < extent.end:
                report.add(Rule.UNREAD, where, f"position {at}, and the log ends at {extent.end}")


def read_by(book: Book, logs: Logs) -> list[Topic]:
    """The topics that a service reads."""
    return [
        topic
        for topic in logs.extents
        if topic.log in book.service.logs and topic.province in book.settings.provinces
    ]
