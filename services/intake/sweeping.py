"""Sweeps out the bytes of documents of which nothing is known: a crash came between them and their commit.

Nobody can read them any more, since their key went with the commit. An upload takes minutes; a day is enough.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chassis.bulk import fetch
from chassis.documents import DocumentName
from chassis.http import documents_of
from chassis.jobs import work_off

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_S: Final = 3600.0
OLD: Final = timedelta(days=1)

UNNAMED: Final = """
    SELECT lying.* FROM unnest($1::text[], $2::text[], $3::text[]) AS lying(province, case_id, id)
    WHERE NOT EXISTS (SELECT FROM document WHERE document.province = lying.province
                      AND document.id = lying.id AND document.case_id = lying.case_id)
"""


async def sweep_documents(runtime: "Runtime") -> None:
    """Sweep now and every hour, until the service stops."""
    await work_off(runtime, lambda: sweep(runtime), look_s=LOOK_S)


async def sweep(runtime: "Runtime") -> int:
    """How many there were."""
    store = documents_of(runtime)
    lying: list[DocumentName] = []
    for province in runtime.settings.provinces:
        lying += await store.older_than(OLD, province)
    unnamed = await unnamed_of(runtime, lying) if lying else []
    for name in unnamed:
        await store.remove(name)
        runtime.engine.metrics.document_swept()
        log.warning("document_swept", extra={"case_id": name.case_id, "document_id": name.id})
    return len(unnamed)


async def unnamed_of(runtime: "Runtime", lying: Sequence[DocumentName]) -> list[DocumentName]:
    """Those that are no document of their case, not even one that was removed."""
    async with runtime.database.connect() as connection:
        return [DocumentName(*row) for row in await fetch(connection, UNNAMED, *zip(*lying, strict=True))]
