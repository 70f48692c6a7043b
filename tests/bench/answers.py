"""Latency of search and of a verified answer on the starter corpus, and the memory of a serving process."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from statistics import median

import psutil

from assistant.answering.model import Question
from assistant.composition import STARTER, Application
from assistant.settings import Settings
from vectorstore.retrieval import Query

QUESTIONS = (
    "Is the LSIF still open?",
    "What must a college do once the plan is approved?",
    "How many LSIP areas are there?",
    "What does the Lancashire plan say about construction?",
    "Who leads the plan in Cumbria?",
    "When was the statutory guidance last replaced?",
    "Can a council be an employer representative body?",
    "How much was the Greater Manchester award?",
    "What are the grounds for removing a designation?",
    "How do employers take part in Liverpool?",
)


def run(folder: Path) -> dict[str, object]:
    """p50 and p95 over 200 questions, against the floor: embed one query and probe the vector index once."""
    app = Application(Settings(data_dir=folder))
    app.pipeline().run(app.starter_corpus(), "lsip", name=STARTER)
    # A fresh application, so that what only ingestion needs is not counted as the service's memory.
    rng = random.Random(3)
    retriever = app.retriever("lsip")
    snapshot = retriever.snapshot()
    on = app.settings.current_date()
    scope = snapshot.scope(on)
    index = app.locations.vectors(snapshot.manifest["vectors"])
    asked = [rng.choice(QUESTIONS) for _ in range(200)]
    for q in QUESTIONS:
        app.assistant.ask(Question(question=q))
    floor = [_timed(lambda q=q: index.search(app.embedder.embed([q])[0], 10, scope)) for q in asked]
    search = [_timed(lambda q=q: retriever.search(Query(q, on))) for q in asked]
    answer = [_timed(lambda q=q: app.assistant.ask(Question(question=q))) for q in asked]
    return {
        "floor p50 ms": median(floor),
        "search p50 ms": median(search),
        "search p95 ms": _p95(search),
        "answer p50 ms": median(answer),
        "answer p95 ms": _p95(answer),
        "answer p50 over floor": median(answer) / median(floor),
        "memory after ingestion and 410 questions, MB": psutil.Process(os.getpid()).memory_info().rss / 1e6,
    }


def _timed(work) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]
