"""How often one may ask: windows that slide, counted in this process or, for several processes, in Redis."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError

from assistant.sites.rules import Quota

if TYPE_CHECKING:
    from redis.asyncio import ConnectionPool

_LOG = logging.getLogger(__name__)
_RETRY_REDIS = 5.0  # seconds of counting here before a Redis that failed is asked again


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one more is admitted, and the state of the tightest limit after it."""

    admitted: bool
    limit: int = 0  # 0: nothing limits
    remaining: int = 0
    reset: int = 0  # seconds until more is free
    policy: str = ""


@lru_cache(maxsize=512)
def _items(rule: str) -> tuple[RateLimitItem, ...]:
    return tuple(sorted(parse_many(rule), key=lambda item: item.get_expiry())) if rule else ()


class Quotas:
    """Counts. While Redis does not answer, each process counts alone: a limit may stretch, nobody is locked out."""

    def __init__(self, redis_url: str = "") -> None:
        self._here = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._redis_url = redis_url
        self._shared: SlidingWindowCounterRateLimiter | None = None
        self._pool: ConnectionPool | None = None
        self._not_before = 0.0

    async def take(self, quotas: Sequence[Quota]) -> Verdict:
        """Take one from each quota, the narrowest first; the first that is empty refuses, and no later one counts."""
        if self._redis_url and time.monotonic() >= self._not_before:
            try:
                return await _take(self._shared_limiter(), quotas)
            except StorageError:
                self._not_before = time.monotonic() + _RETRY_REDIS
                _LOG.warning("Redis does not answer: limits are counted by each process for itself")
        return await _take(self._here, quotas)

    def _shared_limiter(self) -> SlidingWindowCounterRateLimiter:
        if self._shared is None:
            from limits.aio.storage import RedisStorage
            from redis.asyncio import ConnectionPool

            self._pool = ConnectionPool.from_url(self._redis_url, socket_timeout=1.0, socket_connect_timeout=1.0)
            storage = RedisStorage(
                f"async+{self._redis_url}",
                wrap_exceptions=True,
                implementation="redispy",
                key_prefix="lsip",
                connection_pool=self._pool,  # type: ignore[arg-type]
            )
            self._shared = SlidingWindowCounterRateLimiter(storage)
        return self._shared

    async def close(self) -> None:
        """Give the connections back."""
        pool, self._pool, self._shared = self._pool, None, None
        if pool is not None:
            await pool.aclose()


async def _take(limiter: SlidingWindowCounterRateLimiter, quotas: Sequence[Quota]) -> Verdict:
    tightest = Verdict(True)
    for quota in quotas:
        for item in _items(quota.rule):
            admitted = await limiter.hit(item, quota.name, quota.subject)
            stats = await limiter.get_window_stats(item, quota.name, quota.subject)
            reset = max(1, math.ceil(stats.reset_time - time.time()))
            policy = f"{item.amount};w={item.get_expiry()}"
            if not admitted:
                return Verdict(False, item.amount, 0, reset, policy)
            if not tightest.limit or stats.remaining < tightest.remaining:
                tightest = Verdict(True, item.amount, stats.remaining, reset, policy)
    return tightest
