"""What each part of retrieval brings: variants that differ in one thing, on the tuning questions."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import mean

import numpy as np

from assistant.composition import STARTER, Application
from assistant.evaluation.golden import GoldenQuestion, load
from assistant.settings import Settings
from tests.bench.ranking import Judged, paired
from tests.bench.variants import VARIANTS, Corpus, Held, Variant
from vectorstore.embedding.factory import BulkEmbedder
from vectorstore.embedding.protocol import Vectors

MEASURES = ("recall@1", "recall@3", "recall@5", "recall@10", "MRR@10", "nDCG@10")


def questions() -> list[GoldenQuestion]:
    """The tuning half of the golden set and the development set, as far as criteria say what is of use."""
    tuning = [q for q in load(Path("tests/evals/golden.jsonl")) if q.half == "tune"]
    both = tuning + load(Path("tests/evals/development.jsonl"))
    return [q for q in both if q.must and q.answerable]


class Bench:
    """The questions with what each may look at, and the corpus."""

    def __init__(self, app: Application, folder: Path, asked: Sequence[GoldenQuestion]) -> None:
        snapshot = app.retriever("lsip").snapshot()
        held = [(p, v) for v in app.catalogue.versions("lsip") for p in app.catalogue.passages_of(v.version_id)]
        bulk = BulkEmbedder(app.settings.embedding_model, app.settings.data_dir)
        bulk.expect(len(held))
        chroma = app.locations.vectors(snapshot.manifest["vectors"])
        stored = chroma.vectors([p.passage_id for p, _ in held])
        self.held: list[Held] = held
        self.corpus = Corpus(
            held,
            snapshot.profile.vocabulary,
            app.embedder,
            bulk.embed,
            np.stack([stored[p.passage_id] for p, _ in held]),
            folder,
        )
        self.asked = [Judged(q) for q in asked]
        self._today = app.settings.current_date()
        self._areas = app.areas("lsip")
        self._snapshot = snapshot
        self._allowed = [self._scope(q.question, q.as_of or self._today) for q in asked]
        self._met = [[judged.met(p.text) for p, _ in held] for judged in self.asked]
        self._best = [
            [met for met, ok in zip(row, allowed, strict=True) if ok and met]
            for row, allowed in zip(self._met, self._allowed, strict=True)
        ]

    def _scope(self, question: str, on: date) -> Vectors:
        """Which passages may be seen: in force on the date, and of the areas that the question names."""
        areas = self._areas.scope(self._areas.locate(question, on))
        scope = self._snapshot.scope(on, areas)
        return np.array([scope.holds(v.version_id) for _, v in self.held])

    def measure(self, variant: Variant) -> dict[str, list[float]]:
        """Each measure for each question, and the milliseconds of each."""
        rows: dict[str, list[float]] = {name: [] for name in (*MEASURES, "ms")}
        for judged, allowed, best in zip(self.asked, self._allowed, self._best, strict=True):
            started = time.perf_counter()
            ranking = self.corpus.ranked(variant, judged.question.question, allowed)[:10]
            rows["ms"].append((time.perf_counter() - started) * 1_000)
            texts = [self._text(n, neighbours=variant.neighbours) for n in ranking]
            for name, value in judged.scores(texts, best).items():
                rows[name].append(value)
        return rows

    def _text(self, row: int, *, neighbours: bool) -> str:
        passage, version = self.held[row]
        if not neighbours:
            return passage.text
        around = self.held[max(0, row - 1) : row + 2]
        return "\n".join(p.text for p, v in around if v.version_id == version.version_id)


def run(folder: Path) -> dict[str, object]:
    """One line a variant: the measures, the interval of its nDCG against what is used, milliseconds.

    LSIP_DATA_DIR names a folder in which the starter corpus is ingested; else it is ingested first.
    """
    given = os.environ.get("LSIP_DATA_DIR")
    app = Application(Settings(data_dir=Path(given) if given else folder / "data"))
    if not given:
        app.pipeline().run(app.starter_corpus(), "lsip", name=STARTER)
    bench = Bench(app, folder, questions())
    results: dict[str, object] = {"questions": len(bench.asked)}
    base: list[float] = []
    only = os.environ.get("ABLATIONS", "")
    for name, variant in VARIANTS.items():
        if only and name != "as used" and not any(part in name for part in only.split(",")):
            continue
        rows = bench.measure(variant)
        base = base or rows["nDCG@10"]
        low, high = paired(rows["nDCG@10"], base)
        figures = "  ".join(f"{mean(rows[m]):.3f}" for m in MEASURES)
        results[name] = f"{figures}  [{low:+.3f}, {high:+.3f}]  {mean(rows['ms']):.0f} ms"
        print(f"{name:42} {results[name]}", flush=True)
    return results
