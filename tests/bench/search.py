"""Latency of search in collections of 20,000 and 100,000 passages, as ratios to the floor."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from assistant.composition import STARTER, Application
from assistant.settings import Settings
from tests.bench.library import build, sentences_of
from vectorstore.reranking import LateInteraction
from vectorstore.retrieval import Query, Retriever
from vectorstore.scope import Scope
from vectorstore.token_store import TokenStore

SIZES = (20_000, 100_000)
GOLDEN = Path("tests/evals/golden.jsonl")
ASKED = 100
RERANKED_QUERIES = 40
TODAY = date(2026, 11, 25)


def run(folder: Path) -> dict[str, object]:
    """p50 and p95 in milliseconds, with the ratio of medians to the floor, for each kind of search and each size.

    The floor is to embed one query and ask Chroma once, without a filter. The passages are made of the starter
    corpus's sentences (tests/bench/library.py); the queries are the golden questions, embedded as always.
    BENCH_SIZES names other sizes.
    """
    app = Application(Settings(data_dir=folder, today=TODAY))
    app.pipeline().run(app.starter_corpus(), "lsip", name=STARTER)
    base = sentences_of(app)
    asked = [json.loads(line)["question"] for line in GOLDEN.read_text(encoding="utf-8").splitlines()][:ASKED]
    sizes = [int(n) for n in os.environ.get("BENCH_SIZES", "").split(",") if n] or SIZES
    results: dict[str, object] = {}
    for size in sizes:
        started = time.perf_counter()
        build(app, f"of{size}", size, base, today=TODAY)
        results[f"{size}: written, s"] = time.perf_counter() - started
        results |= {f"{size}: {name}": value for name, value in measured(app, f"of{size}", asked).items()}
    return results


def measured(app: Application, collection: str, asked: Sequence[str]) -> dict[str, object]:
    """The figures of one collection."""
    retriever = app.retriever(collection)
    started = time.perf_counter()
    snapshot = retriever.snapshot()
    opened = time.perf_counter() - started
    chroma = app.locations.vectors(snapshot.manifest["vectors"])
    areas = tuple(sorted(snapshot.areas)[:2])
    scopes = {
        "unscoped, today": Query("", TODAY),
        "of two areas": Query("", TODAY, areas=areas),
        "a year ago": Query("", TODAY - timedelta(days=365)),
        "by document": Query("", TODAY, by_document=True),
    }
    floor = _times(lambda q: chroma.search(app.embedder.embed([q])[0], 10, Scope()), asked)
    today = snapshot.scope(TODAY)
    filtered = _times(lambda q: chroma.search(app.embedder.embed([q])[0], 10, today), asked[:20])
    figures: dict[str, object] = {
        "opened the first time, s": opened,
        "flat index, MB": sum(f.stat().st_size for f in (app.locations.flat / chroma.name).rglob("*.npy")) / 1e6,
        "floor: embed and ask Chroma without a filter": _spread(floor, floor),
        "embed and ask Chroma with today's filter": _spread(filtered, floor),
    }
    for name, query in scopes.items():
        figures[name] = _spread(_times(_searcher(retriever, query), asked), floor)
    without = Retriever(collection, app.catalogue, app.locations, app.embedder)
    figures["unscoped, today, without the finder"] = _spread(
        _times(_searcher(without, scopes["unscoped, today"]), asked), floor
    )
    store = TokenStore(app.locations.tokens(chroma.name), app.embedder)
    again = LateInteraction(app.embedder, lambda: store)
    late = Retriever(collection, app.catalogue, app.locations, app.embedder, again)
    some = asked[:RERANKED_QUERIES]
    find = _searcher(late, scopes["unscoped, today"])
    for text in some:
        find(text)  # as ingestion with LSIP_RERANKER=late would: token vectors of what is found are kept
    count, size = store.size()
    figures["unscoped, today, late interaction"] = _spread(_times(find, some), floor)
    figures["token vectors, bytes a passage"] = size // max(count, 1)
    store.close()
    return figures


def _searcher(retriever: Retriever, query: Query) -> Callable[[str], object]:
    return lambda text: retriever.search(
        Query(text, query.on, areas=query.areas, by_document=query.by_document, limit=query.limit)
    )


def _times(act: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    for text in asked[:5]:
        act(text)
    times = []
    for text in asked:
        started = time.perf_counter()
        act(text)
        times.append((time.perf_counter() - started) * 1_000)
    return times


def _spread(times: Sequence[float], floor: Sequence[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[int(0.95 * len(ordered))]
    return f"p50 {median(times):.1f} ms, p95 {p95:.1f} ms, {median(times) / median(floor):.2f} x floor"
