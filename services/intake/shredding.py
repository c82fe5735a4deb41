"""Destroys the bytes of documents that were removed or erased.

What is to be destroyed is noted in the transaction that says so, and done here afterwards: a crash between
the two leaves the note, and destroying again what is gone already changes nothing.
"""

import asyncio
import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from chassis.bulk import delete
from chassis.documents import DocumentName
from chassis.http import documents_of
from chassis.transient import is_transient
from services.intake.repository import documents_to_shred, to_shred

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_S = 1.0


async def shred_documents(runtime: "Runtime") -> None:
    """Destroy what is to be destroyed, until the service stops."""
    while not runtime.stopping.is_set():
        shredded = 0
        try:
            shredded = await shred_noted(runtime)
        except (DBAPIError, OSError, TimeoutError) as error:
            if isinstance(error, DBAPIError) and not is_transient(error):
                raise
            log.warning("shredder_interrupted", extra={"error": type(error).__name__})
        if not shredded:
            await pause(runtime)


async def pause(runtime: "Runtime") -> None:
    try:
        async with asyncio.timeout(LOOK_S):
            await runtime.stopping.wait()
    except TimeoutError:
        pass


async def shred_noted(runtime: "Runtime") -> int:
    """How many notes there were."""
    store = documents_of(runtime)
    noted = await documents_to_shred(runtime.database, runtime.settings.provinces)
    for name in noted:
        if name.id:
            await store.remove(DocumentName(*name))
        else:
            await store.remove_case(name.province, name.case_id)
        log.info("document_shredded", extra={"case_id": name.case_id, "document_id": name.id})
    if noted:
        rows = [
            {"province": name.province, "case_id": name.case_id, "document_id": name.id} for name in noted
        ]
        async with runtime.database.begin() as connection:
            await delete(connection, to_shred, rows)
    return len(noted)
