"""The areas engine over all of England: every postcode, every name, and sentences; time, memory and size."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

import psutil

from assistant.areas.locating import Found
from ingestion.places import compile_places
from tests.fakes.real_areas import real_engine, rendered, tables
from vectorstore.places.postcodes import PostcodeTable, read_postcode

ON = date(2026, 11, 24)
T = TypeVar("T")
PLACES = Path(__file__).resolve().parents[1] / "evals" / "places.jsonl"


def run(folder: Path) -> dict[str, object]:
    """Counts, seconds and megabytes; milliseconds and microseconds for single look-ups."""
    started = time.perf_counter()
    places = folder / compile_places(folder, rendered().localities)
    compiled = time.perf_counter() - started
    before = psutil.Process().memory_info().rss
    opened = _median_ms(lambda _: PostcodeTable(places), range(20))
    table = PostcodeTable(places)
    engine = real_engine(folder)
    districts = {c: council for council in tables().councils for c in (council.code, council.code_2025)}
    english = wrong = refused = 0
    foreign: list[str] = []
    started = time.perf_counter()
    for postcode, district in table.every():
        if district in districts:
            english += 1
            found = engine.atlas.areas_of([engine.atlas.codes[table.district(postcode) or ""]], ON)
            wrong += found != (districts[district].area,)
        elif len(foreign) < 2_000:
            foreign.append(str(postcode))
    walked = time.perf_counter() - started
    irish = [f"BT{n} {d}AA" for n in range(1, 94) for d in range(1, 10)]
    refused = sum(engine.look_up(p, ON).status is Found.NOT_ENGLAND for p in (*foreign, *irish))
    engine.look_up("warm", ON)
    names = [n for n, meanings in engine.gazetteer.index.items() if meanings]
    questions = [json.loads(line)["question"] for line in PLACES.read_text(encoding="utf-8").splitlines()]
    sample = [p for p in (read_postcode("CV1 2AB"), read_postcode("SW1A 1AA"), read_postcode("NE66 1JD")) if p]
    some = names[:: len(names) // 3_000]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return {
        "English postcodes walked": english,
        "of them in another area than their district's": wrong,
        "walk of every postcode, s": walked,
        "other postcodes refused, of": f"{refused} of {len(foreign) + len(irish)}",
        "compiling, s": compiled,
        "size on disk, MB": sum(f.stat().st_size for f in places.iterdir()) / 1e6,
        "opening the postcodes, ms": opened,
        "one postcode, µs": 1_000 * _median_ms(table.district, sample * 500),
        "memory of table, names and engine, MB": (psutil.Process().memory_info().rss - before) / 1e6,
        "peak memory of the process, compiling included, MB": peak,
        "names known": len(names),
        "a name looked up, p50 / p95 / max ms": _spread(lambda n: engine.look_up(n, ON), some),
        "a sentence located, p50 / p95 / max ms": _spread(lambda q: engine.locate(q, ON), questions),
    }


def _times(act: Callable[[T], object], items: Sequence[T]) -> list[float]:
    times = []
    for item in items:
        started = time.perf_counter()
        act(item)
        times.append((time.perf_counter() - started) * 1_000)
    return times


def _median_ms(act: Callable[[T], object], items: Sequence[T]) -> float:
    return median(_times(act, items))


def _spread(act: Callable[[T], object], items: Sequence[T]) -> str:
    times = _times(act, items)
    return f"{median(times):.2f} / {quantiles(times, n=20)[-1]:.2f} / {max(times):.2f}"
