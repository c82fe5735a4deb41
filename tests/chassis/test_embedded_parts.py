"""The broker and the database end with their parent, and the next parent finds everything again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from chassis.embedded.databases import create_database, url_of_database
from chassis.embedded.folder_lock import FolderInUse
from chassis.embedded.kafka_jars import pinned_jars
from chassis.embedded.parts import Addresses, parts
from chassis.embedded.waiting import wait_until

_NOBODY = 65534

# Says what it started, then lives until it is killed.
_PARENT = """
import dataclasses, json, os, sys
from pathlib import Path
from chassis.embedded.parts import parts
from chassis.embedded.progress import to_stderr
folder, jars = map(Path, sys.argv[1:])
with parts(folder, jars=jars, progress=to_stderr) as started:
    pids = [started.kafka.pid, started.postgres.pid]
    said = {"uid": os.geteuid(), "pids": pids, "addresses": dataclasses.asdict(started.addresses)}
    print(json.dumps(said), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home_of_nobody() -> Iterator[Path]:
    """Outside the folder of the tests, which is closed to other users."""
    with tempfile.TemporaryDirectory(prefix="casebridge-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        yield Path(folder)


async def test_a_killed_parent_takes_its_parts_along_and_the_next_finds_everything(
    tmp_path: Path, jars: tuple[Path, ...]
) -> None:
    folder = tmp_path / "案件 data"
    with _parent([sys.executable], folder, _copied(jars, tmp_path)) as parent:
        said = _said_by(parent)
        addresses = Addresses(**said["addresses"])
        await _leave_a_mark(addresses)
        with (
            pytest.raises(FolderInUse, match=f"in use by process {parent.pid}"),
            parts(folder, jars=tmp_path / "jars"),
        ):
            pass
        parent.kill()
    _wait_for_the_end_of(said["pids"])
    with parts(folder, jars=tmp_path / "jars") as again:
        assert again.addresses == addresses
        assert await _find_the_mark(again.addresses) == ("kept", "案件")


@pytest.mark.skipif(sys.platform == "win32", reason="has neither root nor setpriv")
def test_an_ordinary_user_can_start_them_and_sigterm_of_the_parent_ends_them(
    jars: tuple[Path, ...], home_of_nobody: Path
) -> None:
    python = [sys.executable]
    if os.geteuid() == 0:
        # May pass folders that root may pass, since this checkout and its Python may lie in root's home.
        reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        setpriv = shutil.which("setpriv") or "setpriv"
        python = [
            setpriv,
            f"--reuid={_NOBODY}",
            f"--regid={_NOBODY}",
            "--clear-groups",
            *reading,
            sys.executable,
        ]
    with _parent(python, home_of_nobody / "data", _copied(jars, home_of_nobody)) as parent:
        said = _said_by(parent)
        parent.send_signal(signal.SIGTERM)
    assert said["uid"] != 0
    _wait_for_the_end_of(said["pids"])


def test_parts_that_are_given_are_not_started(tmp_path: Path) -> None:
    given = Addresses(kafka="kafka.example:9092", database_url="postgresql+asyncpg://u:p@db.example:5432")
    with parts(tmp_path, kafka=given.kafka, database_url=given.database_url) as found:
        assert (found.addresses, found.kafka, found.postgres) == (given, None, None)
    assert list(tmp_path.iterdir()) == []


def test_a_start_says_what_it_is_busy_with(tmp_path: Path) -> None:
    said: list[str] = []
    with parts(tmp_path, kafka="kafka.example:9092", progress=said.append) as found:
        port = found.addresses.database_url.rpartition(":")[2]
        assert json.loads((tmp_path / "addresses.json").read_text()) == {"postgres": f"127.0.0.1:{port}"}
    assert said[0] == f"postgres: initialising {tmp_path / 'postgres'}"
    assert said[1] == f"postgres: starting on 127.0.0.1:{port}"
    assert said[2].startswith("postgres: ready after ")


async def _leave_a_mark(addresses: Addresses) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=addresses.kafka)
    await admin.start()
    await admin.create_topics([NewTopic("kept", num_partitions=1, replication_factor=1)])
    await admin.close()
    url = await create_database(addresses.database_url, "kept")
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute("CREATE TABLE marks AS SELECT '案件' AS word")
    # Not closed: that a client is still there must not keep the database alive.


async def _find_the_mark(addresses: Addresses) -> tuple[str, str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=addresses.kafka)
    await admin.start()
    (topic,) = [name for name in await admin.list_topics() if not name.startswith("__")]
    await admin.close()
    url = url_of_database(addresses.database_url, "kept").replace("+asyncpg", "")
    connection = await asyncpg.connect(url)
    word = await connection.fetchval("SELECT word FROM marks")
    await connection.close()
    return topic, word


def _parent(python: list[str], folder: Path, jars: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*python, "-c", _PARENT, str(folder), str(jars)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _said_by(parent: subprocess.Popen[str]) -> dict[str, Any]:
    assert parent.stdout is not None
    said: dict[str, Any] = json.loads(parent.stdout.readline())
    return said


def _copied(jars: tuple[Path, ...], folder: Path) -> Path:
    (folder / "jars").mkdir()
    for pin, jar in zip(pinned_jars(), jars, strict=True):
        shutil.copy(jar, folder / "jars" / pin.path.name)
    return folder / "jars"


def _wait_for_the_end_of(pids: list[int]) -> None:
    wait_until(lambda: not any(map(_is_alive, pids)), within_s=15, what=f"end of processes {pids}")


def _is_alive(pid: int) -> bool:
    """A zombie is not: who collects it is the machine's affair."""
    asked = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip() != "" and not asked.stdout.startswith("Z")
