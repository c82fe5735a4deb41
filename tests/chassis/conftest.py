"""Two deployments that write letters to one another."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chassis.embedded.parts import Addresses
from chassis.key_files import create_keys
from tests.chassis.post import HERE, THERE, apply_mailboxes, post_service
from tests.deployment import Deployment, deployed


@pytest.fixture
async def here(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    """A deployment that serves one side; the other side's is `there`."""
    create_keys(tmp_path / "there" / "keys", [THERE])
    create_keys(tmp_path / "here" / "keys", [HERE])
    for one, other, code in (("here", "there", THERE), ("there", "here", HERE)):
        shutil.copy(tmp_path / other / "keys" / f"{code}.public.json", tmp_path / one / "keys")
    async with deployed(addresses, tmp_path / "here", [post_service], [HERE]) as deployment:
        yield deployment


@pytest.fixture
async def there(here: Deployment, addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path / "there", [post_service], [THERE]) as deployment:
        deployment.shared_clock = here.clock_file
        await asyncio.to_thread(apply_mailboxes, addresses)
        yield deployment
