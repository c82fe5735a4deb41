"""A TCP proxy on loopback that can be cut, made to swallow everything, or slowed down."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HOST = "127.0.0.1"
CHUNK = 65_536


class Proxy:
    """One port in front of another."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.port = 0
        self.latency_s = 0.0
        self.cuts: list[int] = []
        """After so many chunks each, every connection breaks."""
        self._refusing = False
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._pipes: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self.heal()
        self.cut()
        if self._server:
            self._server.close()

    # --- Faults --------------------------------------------------------------------------------------------

    def cut(self, *, refuse: bool = False) -> None:
        """Break every connection; with `refuse` new ones break at once too, until healed."""
        self._refusing = refuse
        for pipe in self._pipes:
            pipe.cancel()

    def blackhole(self) -> None:
        """Connections stay open, and nothing comes through any more, as when a cable is pulled."""
        self._flowing.clear()

    def heal(self) -> None:
        """What was swallowed is delivered late, as TCP does."""
        self._refusing, self.latency_s = False, 0.0
        self._flowing.set()

    # --- Passing on ----------------------------------------------------------------------------------------

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.close()
            return
        try:
            onward_reader, onward_writer = await asyncio.open_connection(HOST, self.target_port)
        except OSError:
            writer.close()
            return
        pipes = [
            asyncio.create_task(self._pipe(reader, onward_writer)),
            asyncio.create_task(self._pipe(onward_reader, writer)),
        ]
        self._pipes.update(pipes)
        try:
            await asyncio.wait(pipes, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pipe in pipes:
                pipe.cancel()
            self._pipes.difference_update(pipes)
            for end in (writer, onward_writer):
                end.close()

    def _count(self) -> None:
        if self.cuts:
            self.cuts[0] -= 1
            if self.cuts[0] == 0:
                self.cuts.pop(0)
                self.cut()

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK):
                await self._flowing.wait()
                self._count()
                if self.latency_s:
                    await asyncio.sleep(self.latency_s)
                writer.write(chunk)
                await writer.drain()


@asynccontextmanager
async def proxied(target_port: int) -> AsyncIterator[Proxy]:
    proxy = Proxy(target_port)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()
