"""What a running process knows of sites, doors and keys, read so often that a switch is heard in two seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from assistant.sites.keys import digest
from assistant.sites.model import ApiKey, Site
from vectorstore.errors import KnowledgeError, LsipError

FRESH = 1.0  # seconds that a reading is used without asking again
STALE = 1.5  # seconds after which nobody is answered from it


class Switches(Protocol):
    """Reads sites and doors."""

    def sites(self) -> list[Site]: ...
    def doors(self) -> dict[str, bool]: ...


class Keys(Protocol):
    """Reads the keys that hold, by digest."""

    def live(self) -> dict[str, ApiKey]: ...


@dataclass(frozen=True, slots=True)
class Board:
    """One reading."""

    sites: Mapping[str, Site]
    origins: frozenset[str]  # of all enabled sites
    doors: Mapping[str, bool]
    keys: Mapping[str, ApiKey]
    read_at: float

    def admitted(self, site_id: str, origin: str) -> Site | None:
        """The site, if it is enabled and lists the origin."""
        site = self.sites.get(site_id)
        return site if site and site.enabled and origin in site.origins else None

    def key(self, given: str) -> ApiKey | None:
        """The live key that was given."""
        return self.keys.get(digest(given))


class Switchboard:
    """Readings for one event loop; nothing is opened before the first.

    A thread of its own reads, so that busy workers never hold it up.
    """

    def __init__(self, switches: Callable[[], Switches], keys: Callable[[], Keys]) -> None:
        self._switches = switches
        self._keys = keys
        self._board: Board | None = None
        self._reading: asyncio.Future[Board] | None = None
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="switchboard")

    async def board(self) -> Board:
        """What holds now. Raises KnowledgeError if the database cannot be read."""
        held, now = self._board, time.monotonic()
        if held and now - held.read_at < FRESH:
            return held
        if self._reading is None or self._reading.done():
            self._reading = asyncio.get_running_loop().run_in_executor(self._reader, self._read)
            self._reading.add_done_callback(_heard)
        if held and now - held.read_at < STALE:
            return held
        return await asyncio.shield(self._reading)

    def _read(self) -> Board:
        begun = time.monotonic()
        try:
            sites = {s.site_id: s for s in self._switches().sites()}
            doors, keys = self._switches().doors(), self._keys().live()
        except LsipError:
            raise
        except Exception as error:
            raise KnowledgeError(
                "The list of sites cannot be read.", "Try again; `lsip doctor` says more."
            ) from error
        origins = frozenset(o for s in sites.values() if s.enabled for o in s.origins)
        self._board = Board(sites, origins, doors, keys, begun)
        return self._board

    def close(self) -> None:
        """Let the reader go."""
        self._reader.shutdown(wait=False, cancel_futures=True)


def _heard(reading: asyncio.Future[Board]) -> None:
    """An error of a reading that nobody waited for is no event of its own: the next request reads again."""
    if not reading.cancelled():
        reading.exception()
