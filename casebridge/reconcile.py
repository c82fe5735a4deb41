"""`casebridge reconcile`: compares what two provinces stated of a day's letters between them."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from casebridge.options import KEYS, LANGUAGE
from casebridge.receipts.words import called, meaning_of
from chassis.bulk import unpack_headers
from chassis.crypto import StandardSuite
from chassis.embedded.environment import inherited_environment
from chassis.errors import ChassisError
from chassis.key_files import read_trusted_keys
from chassis.keyring import Distrusted, Keyring
from chassis.settings import SettingRefused, read_database_url
from chassis.statements import digest_of_all
from schemas.envelope import Received, Record, decode
from schemas.ids import PROVINCES, Province
from schemas.mailbox import LettersCounted, Named
from schemas.words import Language

WRITER = "routing"
"""The service whose database has the statements."""

PAGES = text("""
    SELECT topic, key, value, headers FROM statement
    WHERE province = :province AND about = :about AND day = :day ORDER BY page
""")


class CannotReconcile(Exception):
    """Why two statements cannot be compared, as a sentence."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one province stated, all pages together."""

    province: Province
    head: LettersCounted
    sent: Sequence[Named]
    received: Sequence[Named]


@dataclass(frozen=True, slots=True)
class Direction:
    """The letters from one province to the other: what the writer stated, and what the addressee did."""

    writer: Statement
    addressee: Statement

    @property
    def only_sent(self) -> Sequence[Named]:
        """Not arrived, as far as the addressee has stated."""
        known = set(self.addressee.received)
        return [letter for letter in self.writer.sent if letter not in known]

    @property
    def only_received(self) -> Sequence[Named]:
        """Arrived, and not stated by the writer: sent by nobody that he knows, or forgotten."""
        known = set(self.writer.sent)
        return [letter for letter in self.addressee.received if letter not in known]

    @property
    def equal(self) -> bool:
        return (
            self.writer.head.sent_digest == self.addressee.head.received_digest
            and self.writer.head.sent == self.addressee.head.received
        )


@click.command()
@click.argument("one", type=click.Choice(sorted(PROVINCES)))
@click.argument("other", type=click.Choice(sorted(PROVINCES)))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="A day in China.")
@KEYS
@LANGUAGE
def reconcile(one: str, other: str, day: datetime, folder: Path, language: Language) -> None:
    """Compare the signed statements of provinces ONE and OTHER of the letters that they exchanged on a day.

    Ends with 1 and the ids of letters that one side has and the other has not. A statement is written two
    hours after the end of its day. CASEBRIDGE_DATABASE_URL names the database of routing.
    """
    suite = StandardSuite()
    try:
        keyring = Keyring(own={}, trusted=read_trusted_keys(folder, suite), suite=suite)
        url = read_database_url(inherited_environment(), WRITER)
        found = asyncio.run(directions(url, keyring, Province(one), Province(other), day.date()))
    except (CannotReconcile, ChassisError, SettingRefused) as error:
        raise click.ClickException(str(error)) from None
    except (DBAPIError, OSError) as error:
        raise click.ClickException(f"the database does not answer ({type(error).__name__})") from None
    for direction in found:
        for line in lines_of(direction, language):
            click.echo(line)
    sys.exit(0 if all(direction.equal for direction in found) else 1)


async def directions(
    url: str, keyring: Keyring, one: Province, other: Province, day: date
) -> tuple[Direction, Direction]:
    """Both directions. Raises CannotReconcile."""
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            ours = await statement_of(connection, keyring, one, other, day)
            theirs = await statement_of(connection, keyring, other, one, day)
    finally:
        await engine.dispose()
    return Direction(ours, theirs), Direction(theirs, ours)


async def statement_of(
    connection: AsyncConnection, keyring: Keyring, province: Province, about: Province, day: date
) -> Statement:
    """What a province stated, its signatures checked, its pages complete. Raises CannotReconcile."""
    rows = (await connection.execute(PAGES, {"province": province, "about": about, "day": day})).all()
    pages: list[LettersCounted] = []
    for row in rows:
        headers = tuple((name, value or b"") for name, value in unpack_headers(row.headers))
        record = Record(row.key, row.value, headers)
        verdict = keyring.verify_letter(record, row.topic)
        if isinstance(verdict, Distrusted):
            raise CannotReconcile(f"the statement of {province} is not believed: {verdict.detail}")
        read = decode(record.key, record.value, record.headers)
        if isinstance(read, Received) and isinstance(read.event, LettersCounted):
            pages.append(read.event)
    if not pages or len(pages) < pages[0].pages:
        raise CannotReconcile(
            f"found {len(pages)} pages of the statement of {province} about {about} of {day}, expected "
            f"{pages[0].pages if pages else 'at least one'}: it has not come yet, or no letter was exchanged"
        )
    return checked(province, pages)


def checked(province: Province, pages: Sequence[LettersCounted]) -> Statement:
    """The pages as one. Raises CannotReconcile when the lists are not those of the digests."""
    sent = [letter for page in pages for letter in page.sent_letters]
    received = [letter for page in pages for letter in page.received_letters]
    head = pages[0]
    if (digest_of_all(sent), digest_of_all(received)) != (head.sent_digest, head.received_digest):
        raise CannotReconcile(f"the lists of {province} are not those of its digests")
    return Statement(province, head, sent, received)


def lines_of(direction: Direction, language: Language) -> Iterator[str]:
    """What both sides say of one direction, in words."""
    zh = language == "zh"
    names = [getattr(called(s.province), language) for s in (direction.writer, direction.addressee)]
    total = sum(each.count for each in direction.writer.head.sent)
    arrived = sum(each.count for each in direction.addressee.head.received)
    same = ("一致" if zh else "the same") if direction.equal else ("不一致" if zh else "NOT the same")
    yield (
        f"{names[0]} → {names[1]}：发出{total}封，收到{arrived}封，{same}"
        if zh
        else f"{names[0]} → {names[1]}: {total} sent, {arrived} received, {same}"
    )
    for each in direction.writer.head.sent:
        yield f"  {each.count:>6}  {getattr(meaning_of(each.type), language)} ({each.type})"
    for letter in direction.only_sent:
        yield f"  ✗ {letter.id}  " + (f"{names[1]}未收到" if zh else f"{names[1]} has not received it")
    for letter in direction.only_received:
        yield f"  ✗ {letter.id}  " + (f"{names[0]}未记发出" if zh else f"{names[0]} has not stated it")
