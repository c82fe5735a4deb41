"""The proxy passes everything on, until it is told not to."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.faults.proxy import HOST, Proxy, proxied


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """In front of a server that says everything back."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(100):
            writer.write(chunk)
        writer.close()

    server = await asyncio.start_server(echo, HOST, 0)
    async with server, proxied(server.sockets[0].getsockname()[1]) as proxy:
        yield proxy


async def say(proxy: Proxy, text: bytes, *, within_s: float = 5) -> bytes:
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    try:
        writer.write(text)
        async with asyncio.timeout(within_s):
            return await reader.read(100)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_it_passes_everything_on(proxy: Proxy) -> None:
    assert await say(proxy, b"hello") == b"hello"


async def test_a_cut_breaks_what_is_open_and_lets_new_ones_through(proxy: Proxy) -> None:
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(b"hello")
    assert await reader.read(100) == b"hello"
    proxy.cut()
    assert await asyncio.wait_for(reader.read(100), 5) == b""
    assert await say(proxy, b"again") == b"again"
    writer.close()


async def test_refusing_breaks_new_ones_too_until_healed(proxy: Proxy) -> None:
    proxy.cut(refuse=True)
    assert await say(proxy, b"hello") == b""
    proxy.heal()
    assert await say(proxy, b"hello") == b"hello"


async def test_what_fell_into_a_black_hole_comes_late(proxy: Proxy) -> None:
    proxy.blackhole()
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    writer.write(b"hello")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(100), 0.3)
    proxy.heal()
    assert await asyncio.wait_for(reader.read(100), 5) == b"hello"
    writer.close()
