"""Latency of search and of a verified answer on the starter corpus."""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median

from assistant.answering.assistant import Assistant
from assistant.answering.model import Question
from assistant.composition import STARTER, Application
from assistant.settings import Settings
from vectorstore.retrieval import Query

GOLDEN = Path("tests/evals/golden.jsonl")


def run(folder: Path) -> dict[str, object]:
    """p50 and p95 over the golden questions, each asked for the first time and then again.

    The floor is to embed one query and probe the vector index once.
    """
    app = Application(Settings(data_dir=folder))
    app.pipeline().run(app.starter_corpus(), "lsip", name=STARTER)
    asked = [json.loads(line)["question"] for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    retriever = app.retriever("lsip")
    snapshot = retriever.snapshot()
    on = app.settings.current_date()
    scope = snapshot.scope(on)
    index = app.locations.vectors(snapshot.manifest["vectors"])
    app.assistant.ask(Question(question="What is an LSIP?"))
    index.search(app.embedder.embed(["warm up"])[0], 10, scope)
    floor = [_timed(lambda q=q: index.search(app.embedder.embed([q])[0], 10, scope)) for q in asked]
    search = [_timed(lambda q=q: retriever.search(Query(q, on))) for q in asked]
    first = [_timed(lambda q=q: app.assistant.ask(Question(question=q))) for q in asked]
    worked = Assistant(app.path, app.store, app.settings.current_date, "lsip")  # remembers no answer
    again = [_timed(lambda q=q: worked.ask(Question(question=q))) for q in asked]
    recalled = [_timed(lambda q=q: app.assistant.ask(Question(question=q))) for q in asked]
    return {
        "floor p50 ms": median(floor),
        "search p50 ms": median(search),
        "search p95 ms": _p95(search),
        "answer p50 ms, question never asked before": median(first),
        "answer p95 ms, question never asked before": _p95(first),
        "answer p50 ms, its sentences read before": median(again),
        "answer p95 ms, its sentences read before": _p95(again),
        "answer p50 ms, asked again and recalled": median(recalled),
        "answer p95 ms, asked again and recalled": _p95(recalled),
        "answer p50 over floor": median(first) / median(floor),
    }


def _timed(work) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]
