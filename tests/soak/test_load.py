"""Many questions at once against a real service without a chat model: speed is printed, correctness asserted.

The load comes from this process, on the same cores as the service: what is printed is what both together can do.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.fakes.served import ROOT, Served, served

pytestmark = [pytest.mark.soak, pytest.mark.timeout(2400)]
SECONDS = 30  # of each step of load
MEMORY_MINUTES = int(os.environ.get("MEMORY_MINUTES", "5"))  # all soaks together may take twenty
STEADY = 5  # questions a second while memory is watched
PROCESSES = "2"  # one a core of the machine that the aim is set for
STREAMS = 200
BURST = 300  # questions at once against few places
QUESTIONS = tuple(
    json.loads(line)["question"]
    for line in (ROOT / "tests" / "evals" / "development.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
)
HONEST = {200, 503}


@dataclass
class Tally:
    """What came back: status codes, and how long each answer took."""

    codes: Counter[int] = field(default_factory=Counter)
    times: dict[int, list[float]] = field(default_factory=dict)

    def note(self, code: int, seconds: float) -> None:
        self.codes[code] += 1
        self.times.setdefault(code, []).append(seconds * 1000)

    def line(self, seconds: float) -> str:
        parts = [f"{sum(self.codes.values()) / seconds:.1f}/s in all"]
        for code, times in sorted(self.times.items()):
            cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
            parts.append(
                f"{code}: {len(times)} ({len(times) / seconds:.1f}/s), p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms"
            )
        return "; ".join(parts)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter corpus, taken in once: about a minute."""
    folder = tmp_path_factory.mktemp("load")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LSIP_")}
    subprocess.run(
        [sys.executable, "-m", "assistant.cli.app", "ingest"],
        cwd=ROOT,
        env={**kept, "LSIP_DATA_DIR": str(folder)},
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def service(data: Path) -> Iterator[Served]:
    with served(data, queue="256", processes=PROCESSES) as made:
        warm(made.url)
        yield made


def warm(url: str) -> None:
    """Ask everything, each question of a connection of its own, so that every process has read most of it."""
    with ThreadPoolExecutor(4) as hands:
        for question in QUESTIONS * 2:
            hands.submit(httpx.post, f"{url}/v1/questions", json={"question": question}, timeout=120)


async def ask(http: httpx.AsyncClient, tally: Tally, question: str) -> None:
    begun = time.perf_counter()
    response = await http.post("/v1/questions", json={"question": question})
    tally.note(response.status_code, time.perf_counter() - begun)


def client(url: str) -> httpx.AsyncClient:
    # the service closes an idle connection after five seconds; the client lets go before it
    limits = httpx.Limits(max_connections=None, keepalive_expiry=2)
    return httpx.AsyncClient(base_url=url, timeout=120, limits=limits)


async def at_rate(url: str, rate: float, seconds: float) -> tuple[Tally, float]:
    """Questions at a steady rate, whether or not those before them have been answered."""
    tally, questions = Tally(), itertools.cycle(QUESTIONS)
    begun = time.perf_counter()
    async with client(url) as http, asyncio.TaskGroup() as group:
        for n in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, begun + n / rate - time.perf_counter()))
            group.create_task(ask(http, tally, next(questions)))
    return tally, time.perf_counter() - begun


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints past pytest's capture: the numbers are what this is for."""

    def tell(text: str) -> None:
        with capsys.disabled():
            print(text, flush=True)

    return tell


@pytest.mark.parametrize(
    ("recall", "reader", "rates"),
    [("0", "false", (40, 50, 60)), ("0", "true", (10, 15, 20)), ("1000", "true", (50, 60))],
    ids=["worked-out", "worked-out-and-read", "recalled"],
)
def test_questions_a_second(
    data: Path, recall: str, reader: str, rates: tuple[int, ...], told: Callable[[str], None]
) -> None:
    """Worked out anew, without and with the cross-encoder; and as people ask, the same again and again."""
    with served(data, queue="256", processes=PROCESSES, recall=recall, reader=reader) as made:
        warm(made.url)
        for rate in rates:  # questions a second
            tally, seconds = asyncio.run(at_rate(made.url, rate, SECONDS))
            told(f"LSIP_RECALL={recall}, LSIP_READER={reader}, {rate}/s for {SECONDS} s: {tally.line(seconds)}")
            assert set(tally.codes) <= HONEST


def test_open_streams(service: Served, told: Callable[[str], None]) -> None:
    async def stream(http: httpx.AsyncClient, question: str) -> list[str]:
        headers = {"Accept": "text/event-stream"}
        async with http.stream("POST", "/v1/questions", json={"question": question}, headers=headers) as response:
            assert response.status_code == 200
            lines = [line async for line in response.aiter_lines()]
        return [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]

    async def all_of_them() -> list[list[str]]:
        async with client(service.url) as http:
            return await asyncio.gather(
                *(stream(http, q) for q in itertools.islice(itertools.cycle(QUESTIONS), STREAMS))
            )

    begun = time.perf_counter()
    streams = asyncio.run(all_of_them())
    told(f"{STREAMS} streams at once: all ended after {time.perf_counter() - begun:.1f} s")
    assert {events[-1] for events in streams} == {"done"}
    assert all(events.count("done") == 1 for events in streams)


def test_overload_is_told_at_once(data: Path, told: Callable[[str], None]) -> None:
    async def burst(url: str) -> Tally:
        tally = Tally()
        async with client(url) as http:
            await asyncio.gather(*(http.get("/healthz") for _ in range(BURST)))  # connections made beforehand
            await asyncio.gather(*(ask(http, tally, q) for q in itertools.islice(itertools.cycle(QUESTIONS), BURST)))
        return tally

    with served(data, queue="8", recall="0") as small:
        httpx.post(f"{small.url}/v1/questions", json={"question": QUESTIONS[0]}, timeout=120)
        begun = time.perf_counter()
        tally = asyncio.run(burst(small.url))
        told(f"{BURST} questions at once, 10 places: {tally.line(time.perf_counter() - begun)}")
        tally2, seconds = asyncio.run(at_rate(small.url, 100, 20))
        told(f"100/s for 20 s, 10 places: {tally2.line(seconds)}")
    assert set(tally.codes) == set(tally2.codes) == HONEST


def test_memory_stays_flat(data: Path, told: Callable[[str], None]) -> None:
    """Every question is worked out anew: what is recalled would show nothing of the work."""
    sizes: dict[int, list[float]] = {}
    with served(data, queue="256", processes=PROCESSES, recall="0") as made:
        warm(made.url)
        for minute in range(MEMORY_MINUTES):
            tally, _ = asyncio.run(at_rate(made.url, STEADY, 60))
            assert set(tally.codes) <= HONEST
            for process in made.serving():
                size = process.memory_info().rss / 1e6
                sizes.setdefault(process.pid, []).append(size)
                shown = f"{size:.0f} MB, {process.num_fds()} files, {process.num_threads()} threads"
                told(f"minute {minute + 1}, process {process.pid}: {shown}")
    assert len(sizes) == int(PROCESSES)  # none died and was replaced
    for size_by_minute in sizes.values():
        first, last = size_by_minute[min(2, MEMORY_MINUTES - 1)], size_by_minute[-1]
        told(f"memory from minute 3 to {MEMORY_MINUTES}: {first:.0f} to {last:.0f} MB")
        assert last < 1.1 * first
