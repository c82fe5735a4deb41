"""Destroys the files of notices to the workers of a case that was erased: they name whom they are for.

It is noted in the transaction that hears of the erasure, and done here afterwards; again changes nothing.
"""

import asyncio
import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from chassis.bulk import delete
from chassis.transient import is_transient
from services.notify.repository import notices_to_shred, to_shred
from services.notify.telling import file_of

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LOOK_S = 1.0


async def shred_notices(runtime: "Runtime") -> None:
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
    noted = await notices_to_shred(runtime.database, runtime.settings.provinces)
    for province, notice_id in noted:
        file_of(runtime.settings.data_folder, province, notice_id).unlink(missing_ok=True)
    if noted:
        rows = [{"province": province, "notice_id": notice_id} for province, notice_id in noted]
        async with runtime.database.begin() as connection:
            await delete(connection, to_shred, rows)
        log.info("notices_shredded", extra={"count": len(noted)})
    return len(noted)
