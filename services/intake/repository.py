"""Intake's tables, and what is asked of them across cases."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.bulk import fetch, look
from chassis.documents import DocumentName
from chassis.stored import aggregate_table, folds, stored
from chassis.unit_of_work import UnitOfWork
from schemas.cases import CaseEvent, ConsultationEvent, DocumentEvent, MemberEvent, PastNoted
from schemas.codes import CaseType, LinkCause
from schemas.ids import (
    AgencyId,
    CaseId,
    CaseNumber,
    DocumentId,
    ExternalRef,
    MemberId,
    Province,
    Pseudonym,
    case_number,
)
from services.intake.domain.case import ENDED, Case
from services.intake.domain.consultation import Consultation
from services.intake.domain.document import Document
from services.intake.domain.linking import Earlier
from services.intake.domain.member import Member

CONTACT = "contact"
"""Name in the vault of how the applicants are reached."""

CONSULTED = "consultation/contact"
"""Name in the vault of how those are reached who asked for advice, and of what they told."""

ADVICE = "consultation/note"
"""Name in the vault of what was advised."""

REPEATED_WITHIN = timedelta(days=30)
"""How long a second application of the same workers on the same matter is answered with the first."""

LINKED_WITHIN = timedelta(days=366)
"""How long an application that ended is linked to: the year of LDMAL 27, which it may have interrupted."""

REQUEST_NOTE = "supplement/request"
"""Name in the vault of what exactly is missing, in the words of who asked."""

REPLY_NOTE = "supplement/reply"
"""Name in the vault of what the applicants explained last."""

PAST = "past/"
"""Names in the vault of what an earlier system had written of a case begin so."""

FIRST = 0
"""Rank of what goes first in every list: the green channel."""

IN_TURN = 1

metadata = MetaData()

applications = aggregate_table(
    "application",
    metadata,
    Column("number", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("case_type", Text, nullable=False),
    Column("worker", Text),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("members", Integer, nullable=False),
    Column("claim_fen", BigInteger, nullable=False),
    Column("external_refs", JSONB, comment="[{issuer, number}]; null where there are none"),
    Column("handed_in_by", Text),
    Column("channel", Text),
    Column("rank", SmallInteger, nullable=False, server_default=text("1"), comment="0: it goes first"),
    Column("next_due", DateTime(timezone=True), comment="the time limit that ends first"),
)
Index("application_by_number", applications.c.province, applications.c.number)
Index("application_by_rank", applications.c.province, applications.c.rank, applications.c.number)
Index("application_by_standing", applications.c.province, applications.c.standing, applications.c.number)
Index(
    "application_by_agency",
    applications.c.province,
    applications.c.agency,
    applications.c.rank,
    applications.c.number,
)
Index("application_of_agency", applications.c.province, applications.c.agency, applications.c.number)
Index(
    "application_by_next_due",
    applications.c.province,
    applications.c.next_due,
    applications.c.number,
    postgresql_where=applications.c.next_due.is_not(None),
)
Index(
    "application_by_external_ref",
    applications.c.external_refs,
    postgresql_using="gin",
    postgresql_ops={"external_refs": "jsonb_path_ops"},
    postgresql_where=applications.c.external_refs.is_not(None),
)

members = aggregate_table("member", metadata, Column("worker", Text, nullable=False))
Index("member_by_worker", members.c.province, members.c.worker)

documents = aggregate_table(
    "document",
    metadata,
    Column("standing", Text, nullable=False),
)
Index(
    "document_awaited",
    documents.c.province,
    documents.c.case_id,
    postgresql_where=documents.c.standing == "awaited",
)

to_shred = Table(
    "document_to_shred",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("document_id", Text, primary_key=True, comment="empty: all of the case"),
)
"""Documents whose bytes are to be destroyed: it is noted with the event, and done by a job."""

consultations = aggregate_table(
    "consultation",
    metadata,
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("agency", Text, nullable=False),
    Column("site", Text),
    Column("channel", Text, nullable=False),
    Column("topics", JSONB, nullable=False, comment="[code]"),
    Column("outcome", Text),
    Column("minutes", Integer),
    Column("lawyer", Text, comment="to whom it was handed"),
)
Index("consultation_by_time", consultations.c.province, consultations.c.opened_at)
Index(
    "consultation_advising",
    consultations.c.province,
    consultations.c.lawyer,
    postgresql_where=consultations.c.outcome.is_(None),
)

application_employers = Table(
    "application_employer",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("employer", Text, nullable=False, comment="code, or the keyed hash of a name"),
)
"""Whom an application is against, for the search for repeated ones."""

application_opponents = Table(
    "application_opponent",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("opponent", Text, primary_key=True, comment="code, or the keyed hash of a name"),
    Column("received_at", DateTime(timezone=True), nullable=False),
)
"""Whom an application is against, and which project it comes from, for the alert that there are many."""
Index(
    "application_opponent_lately",
    application_opponents.c.province,
    application_opponents.c.opponent,
    application_opponents.c.received_at,
)

employer_alerts = Table(
    "employer_alert",
    metadata,
    Column("province", Text, primary_key=True),
    Column("opponent", Text, primary_key=True, comment="as in application_opponent"),
    Column("case_id", Text, primary_key=True, comment="the application that reached the figures"),
    Column("raised_at", DateTime(timezone=True), nullable=False),
)
Index("employer_alert_lately", employer_alerts.c.province, employer_alerts.c.raised_at)


def application_columns(case: Case) -> Mapping[str, Any]:
    facts = case.facts
    return {
        "number": facts.number,
        "standing": case.state,
        "agency": case.agency,
        "case_type": facts.case_type,
        "worker": case.worker,
        "received_at": facts.received_at,
        "members": facts.members,
        "claim_fen": facts.claim_fen,
        "external_refs": to_json(facts.external_refs).decode() if facts.external_refs else None,
        "handed_in_by": case.handed_in_by,
        "channel": facts.channel,
        "rank": FIRST if facts.urgent else IN_TURN,
        "next_due": min(case.due.values(), default=None),
    }


def consultation_columns(consultation: Consultation) -> Mapping[str, Any]:
    return {
        "opened_at": consultation.opened_at,
        "agency": consultation.agency,
        "site": consultation.site,
        "channel": consultation.channel,
        "topics": to_json(consultation.topics).decode(),
        "outcome": consultation.outcome,
        "minutes": consultation.minutes,
        "lawyer": consultation.lawyer,
    }


STORES = (
    stored(
        Case, applications, application_columns, folds(CaseEvent, id_of=lambda e: e.case_id, start=Case.begun)
    ),
    stored(
        Member,
        members,
        lambda member: {"worker": member.worker},
        folds(MemberEvent, id_of=lambda e: e.member_id, start=Member.joined),
    ),
    stored(
        Document,
        documents,
        lambda document: {"standing": document.state},
        folds(DocumentEvent, id_of=lambda e: e.document_id, start=Document.added),
    ),
    stored(
        Consultation,
        consultations,
        consultation_columns,
        folds(ConsultationEvent, id_of=lambda e: e.case_id, start=Consultation.opened),
    ),
)


def vault_name(member: MemberId) -> str:
    """Name in the vault of a member's data."""
    return f"member/{member}"


def document_name(document: DocumentId) -> str:
    """Name in the vault of what is known of a document, and of its key."""
    return f"document/{document}"


def keep_past(noted: PastNoted, uow: UnitOfWork) -> None:
    """Keep what the earlier system had written of a case, in the order in which it comes."""
    if noted.note:
        uow.vault.keep(f"{PAST}{len(uow.vault.names(PAST)):04}", noted.note)


def shred(uow: UnitOfWork, document: DocumentId | None = None) -> None:
    """Have the bytes of a document destroyed, or those of all of the case."""
    row = {"province": uow.province, "case_id": uow.case_id, "document_id": document or ""}
    uow.insert(to_shred, row)


# None where the sequence is not there yet.
NEXT_NUMBERS = """
    SELECT nextval(to_regclass($1)) FROM generate_series(1, $2) WHERE to_regclass($1) IS NOT NULL
"""
LOCK_SEQUENCE = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"


async def next_case_numbers(
    connection: AsyncConnection, wanted: Sequence[tuple[Province, int]]
) -> Sequence[CaseNumber]:
    """The next number of each province and year. Nobody waits: a failed submission leaves a gap."""
    numbers = {
        name: await take_numbers(connection, *name, count) for name, count in sorted(Counter(wanted).items())
    }
    return [case_number(*name, next(numbers[name])) for name in wanted]


async def take_numbers(
    connection: AsyncConnection, province: Province, year: int, count: int
) -> Iterator[int]:
    # Both are digits, by their types: nothing that a person wrote gets into the statement.
    sequence = f"case_number_{province}_{year:d}"
    while not (taken := await fetch(connection, NEXT_NUMBERS, sequence, count)):
        await fetch(connection, LOCK_SEQUENCE, sequence)
        await fetch(connection, f"CREATE SEQUENCE IF NOT EXISTS {sequence}")
    return iter([number for (number,) in taken])


SKIP = """
    SELECT setval('case_number_{0}', greatest({1:d}, (SELECT last_value FROM case_number_{0})) + 1000)
"""
LAST_NUMBERS = """
    SELECT substr(number, 1, 2) || '_' || substr(number, 4, 4) AS name,
           max(substr(number, 9, 7)::integer) AS last
    FROM application WHERE starts_with(number, province || '-') GROUP BY 1
"""


async def skip_numbers(connection: AsyncConnection) -> None:
    """Give out no number again that a lost application had: people may know it. A restore leaves a gap."""
    for row in await fetch(connection, LAST_NUMBERS):
        # Digits alone, by the type of a case number.
        await fetch(connection, f"CREATE SEQUENCE IF NOT EXISTS case_number_{row['name']}")
        await fetch(connection, SKIP.format(row["name"], row["last"]))


# An application that names more workers than the one before is not a repetition: nobody may be lost.
# The worker himself is compared too, since the same heirs may claim for two who died. It begins with the
# workers, who have few cases each: an employer, let alone a province, may have any number. OFFSET 0 keeps
# it so: a plan that was made while the tables were small would else read all of a province for ever. One
# that goes on comes before one that has ended: the first is the answer, the second is linked to.
SAME_MATTER = """
    SELECT asked.place, found.case_id, found.number, found.received_at, found.standing
    FROM jsonb_to_recordset($1::text::jsonb) AS asked(
        place integer, province text, worker text, members text[], employer text, case_type text,
        since timestamptz, linked_since timestamptz)
    CROSS JOIN LATERAL (
        SELECT case_id, number, received_at, standing
        FROM unnest(asked.members) AS member
        CROSS JOIN LATERAL (
            SELECT case_id FROM member AS joined
            WHERE joined.province = asked.province AND joined.worker = member OFFSET 0
        ) AS theirs
        CROSS JOIN LATERAL (
            SELECT number, received_at, standing, worker FROM application
            WHERE province = asked.province AND application.case_id = theirs.case_id
              AND case_type = asked.case_type AND standing <> 'erased'
              AND received_at > CASE WHEN standing = ANY($2) THEN asked.linked_since ELSE asked.since END
              OFFSET 0
        ) AS applied
        CROSS JOIN LATERAL (
            SELECT FROM application_employer
            WHERE province = asked.province AND application_employer.case_id = theirs.case_id
              AND employer = asked.employer OFFSET 0
        ) AS employed
        GROUP BY case_id, number, received_at, standing, applied.worker
        HAVING count(DISTINCT member) = cardinality(asked.members)
           AND (applied.worker IS NULL OR applied.worker = asked.worker
                OR asked.worker = ANY(array_agg(member)))
        ORDER BY standing = ANY($2), received_at LIMIT 1
    ) AS found
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What makes an application the same as another: who claims what from whom, where, and how long ago."""

    province: Province
    worker: Pseudonym
    members: frozenset[Pseudonym]
    employer: str
    case_type: CaseType
    at: datetime
    """When they apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A case that an application is answered with."""

    case_id: CaseId
    number: CaseNumber


async def find_repeated(
    connection: AsyncConnection, matters: Sequence[Matter]
) -> Sequence[Found | Earlier | None]:
    """The cases that these workers applied for already. Whoever asks has the guard of their names."""
    asked = [
        {
            "place": place,
            "province": matter.province,
            "worker": matter.worker,
            "members": sorted(matter.members),
            "employer": matter.employer,
            "case_type": matter.case_type,
            "since": matter.at - REPEATED_WITHIN,
            "linked_since": matter.at - LINKED_WITHIN,
        }
        for place, matter in enumerate(matters)
    ]
    rows = await fetch(connection, SAME_MATTER, to_json(asked).decode(), sorted(ENDED))
    found = {row["place"]: found_again(dict(row)) for row in rows}
    return [found.get(place) for place in range(len(matters))]


def found_again(row: Mapping[str, Any]) -> Found | Earlier:
    """A case that goes on, or one that has ended."""
    if row["standing"] not in ENDED:
        return Found(case_id=row["case_id"], number=row["number"])
    return Earlier(
        case_id=row["case_id"],
        number=row["number"],
        received_at=row["received_at"],
        because=LinkCause(row["standing"]),
    )


UNDER_THEIR_NUMBER = """
    SELECT asked.place, found.case_id, found.number
    FROM jsonb_to_recordset($1::text::jsonb) AS asked(
        place integer, province text, agency text, numbers text[])
    CROSS JOIN LATERAL unnest(asked.numbers) AS ref
    CROSS JOIN LATERAL (
        SELECT case_id, number FROM application
        WHERE province = asked.province AND handed_in_by = asked.agency
          AND external_refs @> jsonb_build_array(jsonb_build_object('issuer', asked.agency, 'number', ref))
        ORDER BY received_at LIMIT 1
    ) AS found
"""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A case that a partner agency hands in, under its numbers."""

    province: Province
    agency: AgencyId
    numbers: tuple[ExternalRef, ...]


async def find_handed_in(connection: AsyncConnection, wanted: Sequence[HandedIn]) -> Sequence[Found | None]:
    """The cases that these agencies handed in before under one of the numbers."""
    asked = [
        {"place": place, "province": each.province, "agency": each.agency, "numbers": each.numbers}
        for place, each in enumerate(wanted)
    ]
    rows = await fetch(connection, UNDER_THEIR_NUMBER, to_json(asked).decode())
    found = {place: Found(case_id=case_id, number=number) for place, case_id, number in rows}
    return [found.get(place) for place in range(len(wanted))]


TO_SHRED = """
    SELECT province, case_id, document_id FROM document_to_shred
    WHERE province = ANY($1) ORDER BY 1, 2, 3 LIMIT 200
"""


async def documents_to_shred(database: AsyncEngine, provinces: Sequence[Province]) -> Sequence[DocumentName]:
    """Documents whose bytes are to be destroyed; without an id all of a case."""
    return [DocumentName(*row) for row in await look(database, TO_SHRED, provinces)]


AWAITED = """
    SELECT province, case_id, id FROM document
    WHERE province = ANY($1) AND standing = 'awaited' AND (province, case_id, id) > ($2, $3, $4)
    ORDER BY 1, 2, 3 LIMIT $5
"""


async def awaited_documents(
    database: AsyncEngine, provinces: Sequence[Province], after: DocumentName, limit: int
) -> Sequence[DocumentName]:
    """Documents whose bytes are still to be fetched: those that follow on one."""
    return [DocumentName(*row) for row in await look(database, AWAITED, provinces, *after, limit)]
