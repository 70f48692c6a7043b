"""What each part of retrieval brings: variants that differ in one thing, on the tuning questions."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean, median

import numpy as np

from assistant.composition import STARTER, Application
from assistant.evaluation.golden import GoldenQuestion, load
from assistant.settings import Settings
from tests.bench.ranking import Judged, paired
from tests.bench.sizes import AS_CUT, Held, first_words, recut, word_count
from tests.bench.variants import VARIANTS, Corpus, Variant
from vectorstore.embedding.factory import BulkEmbedder
from vectorstore.embedding.protocol import Vectors
from vectorstore.scope import Scope

WITHIN = {"100 words": 100, "250 words": 250}  # whether the first words of the ranking, read on, meet all groups
MEASURES = ("recall@1", "recall@3", "recall@5", "recall@10", "MRR@10", "nDCG@10")


def questions() -> list[GoldenQuestion]:
    """The tuning half of the golden set and the development set, as far as criteria say what is of use."""
    tuning = [q for q in load(Path("tests/evals/golden.jsonl")) if q.half == "tune"]
    both = tuning + load(Path("tests/evals/development.jsonl"))
    return [q for q in both if q.must and q.answerable]


@dataclass(frozen=True)
class Sized:
    """The corpus with passages of one size; for each question which may be seen, and what these meet."""

    corpus: Corpus
    allowed: list[Vectors]
    best: list[list[frozenset[int]]]


class Bench:
    """The questions with what each may look at, and the corpus in each size of passages, made when first needed."""

    def __init__(self, app: Application, folder: Path, asked: Sequence[GoldenQuestion]) -> None:
        self._app = app
        self._folder = folder
        self._held = [(p, v) for v in app.catalogue.versions("lsip") for p in app.catalogue.passages_of(v.version_id)]
        self._bulk = BulkEmbedder(app.settings.embedding_model, app.settings.data_dir)
        self._bulk.expect(len(self._held))
        self._snapshot = app.retriever("lsip").snapshot()
        self.asked = [Judged(q) for q in asked]
        today = app.settings.current_date()
        self._scopes = [self._scope(q.question, q.as_of or today) for q in asked]
        self._sized: dict[str, Sized] = {}

    def _scope(self, question: str, on: date) -> Scope:
        """What may be seen: in force on the date, and of the areas that the question names."""
        areas = self._app.areas("lsip")
        return self._snapshot.scope(on, areas.scope(areas.locate(question, on)))

    def sized(self, size: str) -> Sized:
        """The corpus with passages of `size`; judged against the best order of these passages."""
        if size not in self._sized:
            held = recut(self._held, size)
            folder = self._folder / size.replace(" ", "-")
            folder.mkdir()
            corpus = Corpus(
                held,
                self._snapshot.profile.vocabulary,
                self._app.embedder,
                self._bulk.embed,
                self._app.retriever("lsip").likenesses,
                self._stored() if size == AS_CUT else None,
                folder,
            )
            allowed = [np.array([scope.holds(v.version_id) for _, v in held]) for scope in self._scopes]
            best = [
                [met for (p, _), ok in zip(held, seen, strict=True) if ok and (met := judged.met(p.text))]
                for judged, seen in zip(self.asked, allowed, strict=True)
            ]
            self._sized[size] = Sized(corpus, allowed, best)
        return self._sized[size]

    def _stored(self) -> Vectors:
        stored = self._app.locations.vectors(self._snapshot.manifest["vectors"])
        vectors = stored.vectors([p.passage_id for p, _ in self._held])
        return np.stack([vectors[p.passage_id] for p, _ in self._held])

    def measure(self, variant: Variant) -> dict[str, list[float]]:
        """Each measure for each question, with what the first passages hold, and the milliseconds of each."""
        sized = self.sized(variant.size)
        rows: dict[str, list[float]] = {name: [] for name in (*MEASURES, *WITHIN, "words", "ms")}
        for judged, allowed, best in zip(self.asked, sized.allowed, sized.best, strict=True):
            started = time.perf_counter()
            ranking = sized.corpus.ranked(variant, judged.question.question, allowed)[:10]
            rows["ms"].append((time.perf_counter() - started) * 1_000)
            texts = [_text(sized.corpus.held, n, neighbours=variant.neighbours) for n in ranking]
            rows["words"].append(word_count("\n".join(texts[:5])))
            for name, words in WITHIN.items():
                read = first_words("\n".join(texts), words)
                rows[name].append(float(len(judged.met(read)) == len(judged.question.must)))
            for name, value in judged.scores(texts, best).items():
                rows[name].append(value)
        return rows


def _text(held: Sequence[Held], row: int, *, neighbours: bool) -> str:
    passage, version = held[row]
    if not neighbours:
        return passage.text
    around = held[max(0, row - 1) : row + 2]
    return "\n".join(p.text for p, v in around if v.version_id == version.version_id)


def run(folder: Path) -> dict[str, object]:
    """One line a variant: the measures, the intervals of its nDCG and of what is met within 100 words against what
    is used, the median words of the first five passages, how many passages there are, milliseconds.

    LSIP_DATA_DIR names a folder in which the starter corpus is ingested; else it is ingested first.
    """
    given = os.environ.get("LSIP_DATA_DIR")
    app = Application(Settings(data_dir=Path(given) if given else folder / "data"))
    if not given:
        app.pipeline().run(app.starter_corpus(), "lsip", name=STARTER)
    bench = Bench(app, folder, questions())
    results: dict[str, object] = {"questions": len(bench.asked)}
    base: dict[str, list[float]] = {}
    only = os.environ.get("ABLATIONS", "")
    for name, variant in VARIANTS.items():
        if only and name != "as used" and not any(part in name for part in only.split(",")):
            continue
        rows = bench.measure(variant)
        base = base or rows
        against = {m: "[{:+.3f}, {:+.3f}]".format(*paired(rows[m], base[m])) for m in ("nDCG@10", "100 words")}
        figures = "  ".join(f"{mean(rows[m]):.3f}" for m in MEASURES)
        size = len(bench.sized(variant.size).corpus.held)
        within = "  ".join(f"{m}: {mean(rows[m]):.3f}" for m in WITHIN)
        results[name] = (
            f"{figures}  {against['nDCG@10']}  {within} {against['100 words']}"
            f"  {median(rows['words']):.0f} words in 5  {size} passages  {mean(rows['ms']):.0f} ms"
        )
        print(f"{name:42} {results[name]}", flush=True)
    return results
