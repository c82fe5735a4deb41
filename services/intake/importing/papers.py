"""The documents of a bundle: sealed into the store before the cases are locked, then said to be there."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from chassis.documents import DocumentName
from chassis.http import documents_of
from chassis.ids import uuid7
from chassis.unit_of_work import UnitOfWork
from chassis.uploads import Staged, stage
from schemas.cases import DocumentAdded
from schemas.ids import CaseId, DocumentId, Province
from schemas.refusals import Refusal
from services.intake.bundles.running import Bundle, Paper
from services.intake.documents_api import about_of
from services.intake.domain.case import Case
from services.intake.domain.document import Document
from services.intake.importing.case_ids import case_id_of
from services.intake.repository import document_name

if TYPE_CHECKING:
    from chassis.runtime import Runtime


class Stored(NamedTuple):
    """A document of a bundle, as it lies in the store."""

    paper: Paper
    staged: Staged


Papers = Mapping[CaseId, Sequence[Stored]]


@asynccontextmanager
async def stored(bundle: Bundle, province: Province, runtime: "Runtime") -> AsyncIterator[Papers]:
    """The documents, each under a key of its own. If the import is refused they are removed again.

    Where it is not known whether the cases speak of them, they stay: without a key they are noise.
    """
    store, suite, found = documents_of(runtime), runtime.engine.keyring.suite, dict[CaseId, list[Stored]]()
    try:
        for case in bundle.cases.values():
            case_id = case_id_of(province, case)
            for paper in case.papers:
                name = DocumentName(province, case_id, DocumentId(uuid7(runtime.clock.now())))
                staged = await stage(name, whole(paper.raw), None, store, suite)
                found.setdefault(case_id, []).append(Stored(paper, staged))
        yield found
    except Refusal:
        for each in found.values():
            for kept in each:
                await store.remove(kept.staged.name)
        raise


async def whole(raw: bytes) -> AsyncIterator[bytes]:
    yield raw


def add_papers(case: Case, papers: Sequence[Stored], uow: UnitOfWork) -> None:
    """Say that they are in the case since they were handed in."""
    for paper, staged in papers:
        about = uow.vault.seal(about_of(staged, PurePosixPath(paper.file).name[:200]))
        uow.vault.keep(document_name(staged.name.id), about)
        uow.begin(
            Document.added,
            DocumentAdded(
                case_id=case.case_id,
                at=paper.added_at,
                document_id=staged.name.id,
                agency=case.agency,
                epoch=case.epoch,
                kind=paper.kind,
                media_type=staged.media_type,
                size_bytes=staged.size_bytes,
                sha256=staged.sha256,
                member_id=paper.of.id if paper.of else None,
                about=about,
            ),
        )
