"""A collector that takes spans and metrics and throws them away, in a process of its own like a real one."""

import asyncio
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n"


@asynccontextmanager
async def collector() -> AsyncIterator[str]:
    """Its base address."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.sink", stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout
    try:
        yield f"http://127.0.0.1:{int(await child.stdout.readline())}"
    finally:
        child.kill()
        await child.wait()


async def take(reader: StreamReader, writer: StreamWriter) -> None:
    """Requests one after another, each with a body of stated length."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            size = next(
                int(line.split(b":")[1])
                for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length:")
            )
            await reader.readexactly(size)
            writer.write(ANSWER)
            await writer.drain()
    except asyncio.IncompleteReadError:
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(take, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
