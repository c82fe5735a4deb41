"""A database of ours keeps what was committed and comes back from what fault tests do to it."""

import asyncio
import os
import signal
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from chassis.embedded.databases import create_database, drop_database, url_of_database
from chassis.embedded.environment import inherited_environment
from chassis.embedded.folder_lock import FolderInUse
from chassis.embedded.ports import HOST, read_addresses
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.processes import Command, spawn
from tests.deployment import until


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("servers") / "一 postgres")
    server.start()
    yield server
    server.stop()


async def test_it_is_set_up_for_chinese_text_and_for_this_machine_alone(postgres: EmbeddedPostgres) -> None:
    connection = await asyncpg.connect(_dsn(postgres))
    asked = ("listen_addresses", "unix_socket_directories", "fsync", "max_connections", "server_encoding")
    found = {name: await connection.fetchval(f"SHOW {name}") for name in asked}
    locale = await connection.fetchrow("SELECT datlocprovider, datlocale FROM pg_database LIMIT 1")
    await connection.close()
    assert found == {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "on",
        "max_connections": "200",
        "server_encoding": "UTF8",
    }
    assert locale is not None
    assert tuple(locale) == (b"b", "C.UTF-8")


async def test_nobody_enters_without_the_password(postgres: EmbeddedPostgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(_dsn(postgres), password="guess")
    assert stat.S_IMODE((postgres.folder / "password").stat().st_mode) == 0o600


async def test_a_killed_server_comes_back_with_what_was_committed(postgres: EmbeddedPostgres) -> None:
    before = postgres.database_url
    connection = await asyncpg.connect(_dsn(postgres))
    await connection.execute("CREATE TABLE kept AS SELECT '案件' AS word")
    postgres.kill(signal.SIGKILL)
    postgres.start()
    assert postgres.database_url == before
    again = await asyncpg.connect(_dsn(postgres))
    assert await again.fetchval("SELECT word FROM kept") == "案件"
    await again.close()


async def test_a_server_waits_for_the_last_client_of_a_killed_one(postgres: EmbeddedPostgres) -> None:
    client = await asyncpg.connect(_dsn(postgres))
    serving = await client.fetchval("SELECT pg_backend_pid()")
    os.kill(serving, signal.SIGSTOP)  # it does not see that its server is gone
    postgres.kill(signal.SIGKILL)
    starting = asyncio.create_task(asyncio.to_thread(postgres.start))
    await until(lambda: still_used(postgres), "a start that is refused for the client's sake")
    os.kill(serving, signal.SIGCONT)
    await starting


async def still_used(postgres: EmbeddedPostgres) -> bool:
    return "pre-existing shared memory block" in (postgres.folder / "log.txt").read_text("utf-8")


def test_a_port_that_is_taken_before_the_server_listens_is_replaced(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres")
    server.prepare()
    before = int(server.database_url.rpartition(":")[2])
    with socket.create_server((HOST, before)):
        server.launch()
        server.wait_ready()
    after = int(server.database_url.rpartition(":")[2])
    server.stop()

    assert after != before
    assert read_addresses(tmp_path / "addresses.json") == {"postgres": f"{HOST}:{after}"}


async def test_a_stopped_server_is_continued(postgres: EmbeddedPostgres) -> None:
    postgres.kill(signal.SIGSTOP)
    postgres.kill(signal.SIGCONT)
    connection = await asyncpg.connect(_dsn(postgres))
    await connection.close()


def test_stop_and_start_again(postgres: EmbeddedPostgres) -> None:
    before = postgres.database_url
    postgres.stop()
    assert postgres.pid is None
    postgres.start()
    assert postgres.database_url == before


def test_a_second_start_does_not_disturb_the_running_server(postgres: EmbeddedPostgres) -> None:
    pid = postgres.pid
    with pytest.raises(RuntimeError, match=f"postgres runs already, as process {pid}"):
        postgres.start()
    assert postgres.pid == pid


def test_an_initialisation_that_was_cut_short_is_done_anew(tmp_path: Path) -> None:
    (tmp_path / "data.new.17" / "base").mkdir(parents=True)
    server = EmbeddedPostgres(tmp_path)
    server.start()
    server.stop()
    assert sorted(path.name for path in tmp_path.glob("data*")) == ["data"]


def test_the_process_id_of_a_dead_server_may_be_another_programs(postgres: EmbeddedPostgres) -> None:
    stranger = spawn(
        Command(
            arguments=[sys.executable, "-c", "import threading; threading.Event().wait()"],
            folder=postgres.folder,
            environment=inherited_environment(),
            log=postgres.folder / "stranger.txt",
        )
    )
    postgres.kill(signal.SIGKILL)
    file = postgres.folder / "data" / "postmaster.pid"
    rest = file.read_text("utf-8").partition("\n")[2]
    file.write_text(f"{stranger.pid}\n{rest}", "utf-8")
    postgres.start()
    stranger.send(signal.SIGKILL)
    stranger.wait(10)


def test_the_folder_of_a_running_server_is_refused(postgres: EmbeddedPostgres) -> None:
    with pytest.raises(FolderInUse, match=f"in use by process {os.getpid()}"):
        EmbeddedPostgres(postgres.folder).start()


async def test_a_database_is_created_once(postgres: EmbeddedPostgres) -> None:
    name = '四川:service "51"'
    url = await create_database(postgres.database_url, name)
    assert await create_database(postgres.database_url, name) == url
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    assert await connection.fetchval("SELECT current_database()") == name
    # Its last user is disconnected.
    await drop_database(postgres.database_url, name)
    await drop_database(postgres.database_url, name)
    connection.terminate()


def test_a_folder_that_is_closed_to_root_s_namespace_will_do(tmp_path: Path) -> None:
    """Root at work below another user's closed home."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(home, 1000, 1000)
    server = EmbeddedPostgres(home / "postgres")
    server.start()
    server.stop()
    server.start()
    server.stop()
    if os.geteuid() == 0:
        assert (home / "postgres" / "data").stat().st_uid == 65534


def _dsn(postgres: EmbeddedPostgres) -> str:
    return url_of_database(postgres.database_url, "postgres").replace("+asyncpg", "")
