"""Destroys the bytes of documents that were removed or erased.

What is to be destroyed is noted in the transaction that says so, and done here afterwards: a crash between
the two leaves the note, and destroying again what is gone already changes nothing.
"""

import logging
from typing import TYPE_CHECKING

from chassis.bulk import delete
from chassis.documents import DocumentName
from chassis.http import documents_of
from chassis.jobs import work_off
from services.intake.repository import documents_to_shred, to_shred

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_S = 1.0


async def shred_documents(runtime: "Runtime") -> None:
    """Destroy what is to be destroyed, until the service stops."""
    await work_off(runtime, lambda: shred_noted(runtime), look_s=LOOK_S)


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
