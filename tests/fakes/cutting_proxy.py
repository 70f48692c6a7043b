"""A proxy on the loopback that cuts connections in the middle of a stream, as networks do."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Cutter:
    """Hands bytes on both ways. An answer is cut after the first match of `after`."""

    def __init__(self, upstream: str, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ways: set[asyncio.Task[None]] = set()
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "", parts.port or 80)
        self.after: re.Pattern[bytes] | None = None
        self.cuts = 0
        self.url = ""

    def cut(self) -> None:
        """End every connection that is open now."""
        self._loop.call_soon_threadsafe(lambda: [way.cancel() for way in self._ways])
        self.cuts += 1

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        try:
            up_reader, up_writer = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.close()
            return
        ways = [asyncio.create_task(self._hand_on(reader, up_writer, may_cut=False))]
        ways.append(asyncio.create_task(self._hand_on(up_reader, writer, may_cut=True)))
        self._ways |= set(ways)
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        self._ways -= set(ways)
        for way in ways:
            way.cancel()
        for end in (writer, up_writer):
            end.close()
            with suppress(OSError):
                await end.wait_closed()

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, may_cut: bool) -> None:
        seen = b""
        with suppress(OSError):
            while data := await reader.read(65_536):
                found = self.after.search(seen + data) if may_cut and self.after else None
                if found is None:
                    seen += data
                    writer.write(data)
                    await writer.drain()
                    continue
                writer.write((seen + data)[len(seen) : found.end()])
                await writer.drain()
                self.cuts += 1
                return


@contextmanager
def cutting(upstream: str) -> Iterator[Cutter]:
    """The proxy before `upstream`, until the end of the block."""
    ready, loop = threading.Event(), asyncio.new_event_loop()
    made = Cutter(upstream, loop)
    server: list[asyncio.Server] = []

    async def begin() -> None:
        server.append(await asyncio.start_server(made.join, "127.0.0.1", 0))
        made.url = f"http://127.0.0.1:{server[0].sockets[0].getsockname()[1]}"
        ready.set()

    async def leave() -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def run() -> None:
        loop.run_until_complete(begin())
        loop.run_forever()
        loop.run_until_complete(leave())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(10)
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(server[0].close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
