"""Fits how sentences are ranked and when an answer is given: on the tuning halves of the sets and on known questions.

`python -m tests.evals.fitting` prints the weights for assistant/answering/features.py and confidence.py. Ranking: a
softmax over the candidates of each question, so that those which meet a criterion come first (ListNet with hard
labels), held near the present weights by a penalty. Of the known questions those of one writer (`*-people.csv`) are
asked of an index that knows only those of the other, and the sentence they were written for is the good one; only
questions of documents that the cross-encoder was not trained on are asked; to these come the judged questions that it
was not trained on. Abstention: a logistic regression of the signs of the best candidate, on these, the near-misses of
the same documents and the tuning halves.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from rich.progress import track
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from assistant.answering.confidence import READ_AND_KNOWN, Signs
from assistant.answering.features import WEIGHTS, Features
from assistant.answering.model import Question
from assistant.answering.sentences import Found, Sentences
from assistant.answering.turn import Stop, Turn
from assistant.composition import Application, build
from assistant.evaluation.golden import GoldenQuestion, load
from assistant.evaluation.judging import groups_met
from assistant.settings import load_settings
from ingestion.questions import load_questions
from ingestion.training.examples import held_out, judged, near_misses, sentence_key

SETS = ("golden", "development", "fresh", "unanswerable")
ASKED = 400  # known questions drawn to fit on
SEED = 3
BY_JUDGES = 0.5  # what a judged question counts
BY_DESIGN = 0.3  # what a question counts that was written to be hard, beside one as people ask
PENALTY = 0.02  # on squared distance from the present weights, per question
NAMES = tuple(f.name for f in fields(Features))

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question: their features, and which of them meet a criterion."""

    features: Matrix
    good: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seen:
    """The signs of one question, whether it is answerable, and how much it counts."""

    signs: list[float]
    answerable: bool
    weight: float = 1.0


def main() -> None:
    with TemporaryDirectory() as scratch:
        fit(application_without_people(Path(scratch)))


def fit(app: Application) -> None:
    """Collect the examples and print what fits them."""
    seen: list[Seen] = []
    examples = held_out_examples(app, seen) + judged_examples(app, seen)
    for name in SETS:
        path = Path(f"tests/evals/{name}.jsonl")
        for question in track([q for q in load(path) if q.half == "tune"], description=name):
            for found in found_for(app, question):
                example = labelled(question, found)
                if example is not None:
                    examples.append(example)
                answerable = "answered" in question.status
                if found.signs is not None and (example is not None or not answerable):
                    seen.append(Seen(row_of(found.signs), answerable))
    weights = fit_ranking(examples)
    print(json.dumps({n: round(float(w), 3) for n, w in zip(NAMES, weights, strict=True)}, indent=1))
    fit_abstention(seen)


def application_without_people(scratch: Path) -> Application:
    """An application over the starter corpus without the known questions that are asked here."""
    corpus = scratch / "corpus"
    shutil.copytree(Application.starter_corpus(), corpus, ignore=shutil.ignore_patterns("*-people.csv"))
    app = build(load_settings(data_dir=scratch / "data"))
    app.pipeline().run(corpus, app.settings.collection)
    return app


def held_out_examples(app: Application, seen: list[Seen]) -> list[Example]:
    """Candidates for questions of documents that the cross-encoder was not trained on.

    Known questions of the other writer, answerable siblings of near-misses and, for abstention only, the near-misses.
    """
    corpus = Application.starter_corpus()
    people = [(q.document, q.sentence, q.question, True) for q in load_questions(corpus, "*-people.csv")]
    kept = [q for q in people if held_out(q[0])]
    drawn = random.Random(SEED).sample(kept, min(ASKED, len(kept)))
    near = [q for q in near_misses() if held_out(q[0])]
    made = []
    for _, sentence, question, answerable in track([*drawn, *near], description="held out"):
        status = ("answered",) if answerable else ("no_evidence",)
        for found in found_for(app, GoldenQuestion(id="known", question=question, status=status)):
            good = np.array([sentence in c.text or c.text in sentence for c in found.candidates])
            if answerable and good.any():
                made.append(Example(_matrix(found), good))
            if found.signs is not None and (good.any() or not answerable):
                seen.append(Seen(row_of(found.signs), answerable, BY_DESIGN))
    return made


def judged_examples(app: Application, seen: list[Seen]) -> list[Example]:
    """Candidates for the judged questions not trained on; none of those answered in part."""
    made = []
    for question in track([j for j in judged() if held_out(j.question)], description="judged"):
        asked = GoldenQuestion(id="judged", question=question.question, status=("answered",))
        for found in found_for(app, asked):
            keys = [sentence_key(c.hit.version.document_id, c.text.strip()) for c in found.candidates]
            good = np.array([key in question.answers for key in keys])
            if good.any():
                made.append(Example(_matrix(found), good))
            if found.signs is not None and (good.any() or not (question.answers or question.partly)):
                seen.append(Seen(row_of(found.signs), bool(good.any()), BY_JUDGES))
    return made


def row_of(signs: Signs) -> list[float]:
    """The signs as numbers."""
    return [float(v or 0.0) for v in asdict(signs).values()]


def found_for(app: Application, question: GoldenQuestion) -> list[Found]:
    """What the composer finds for a question that no engine settles and no step stops."""
    collection = app.settings.collection
    path = app.path(collection)
    today = question.as_of or app.settings.current_date()
    profile = path.snapshot().profile
    asked = Question(question=question.question, as_of=question.as_of, area=question.area)
    turn = Turn(asked, question.question, today, today, collection, profile)
    for name, step in path.steps:
        if name == "compose":
            return (
                [] if turn.findings else Sentences(app.retriever(collection), reader=app.networks.reader).find(turn)
            )
        outcome = step(turn)
        if isinstance(outcome, Stop):
            return []
        turn = outcome
    return []


def labelled(question: GoldenQuestion, found: Found) -> Example | None:
    """The candidates with labels; None where none is good."""
    good = np.array([any(groups_met(question.must, c.text)) for c in found.candidates], dtype=bool)
    if not question.must or not good.any():
        return None
    return Example(_matrix(found), good)


def _matrix(found: Found) -> Matrix:
    return np.array([list(asdict(c.features).values()) for c in found.candidates])


def fit_ranking(examples: Sequence[Example]) -> Matrix:
    """Weights by penalised softmax likelihood of the good candidates, scored at the present scale."""
    start = np.array([WEIGHTS[n] for n in NAMES])
    scale = 8.0  # turns score differences of some tenths into odds

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = 0.0, np.zeros_like(weights)
        for e in examples:
            z = scale * (e.features @ weights)
            z -= z.max()
            p = np.exp(z) / np.exp(z).sum()
            mass = p[e.good].sum() + 1e-9
            q = np.where(e.good, p, 0.0) / mass
            total -= float(np.log(mass))
            gradient -= scale * (e.features.T @ (q - p))
        n = len(examples)
        away = weights - start
        return total / n + PENALTY * float(away @ away), gradient / n + 2 * PENALTY * away

    def top1(weights: Matrix) -> float:
        return float(np.mean([e.good[int(np.argmax(e.features @ weights))] for e in examples]))

    folds = [[e for i, e in enumerate(examples) if i % 5 != k] for k in range(5)]
    held: list[bool] = []
    everything = list(examples)
    for k, fold in enumerate(folds):
        examples = fold
        fitted = minimize(loss, start, jac=True, method="L-BFGS-B").x
        rest = everything[k::5]
        held.extend(bool(e.good[int(np.argmax(e.features @ fitted))]) for e in rest)
    examples = everything
    best: Matrix = minimize(loss, start, jac=True, method="L-BFGS-B").x
    print(
        f"{len(examples)} questions; first sentence good: now {top1(start):.3f}, fitted {top1(best):.3f}, "
        f"held out in five folds {np.mean(held):.3f}"
    )
    return best


def fit_abstention(seen: Sequence[Seen]) -> None:
    """Coefficients of the logistic, and how well it tells the answerable from the rest."""
    rows, labels = np.array([s.signs for s in seen]), np.array([s.answerable for s in seen])
    counts = np.array([s.weight * (1.0 if s.answerable else 1.5) for s in seen])
    names = [f.name for f in fields(Signs)]
    now = READ_AND_KNOWN.intercept + rows @ np.array([READ_AND_KNOWN.coefficients.get(n, 0.0) for n in names])
    model, held = LogisticRegression(C=1.0, max_iter=5000), np.zeros(len(seen))
    for fitted, rest in StratifiedKFold(10, shuffle=True, random_state=SEED).split(rows, labels):
        model.fit(rows[fitted], labels[fitted], sample_weight=counts[fitted])
        held[rest] = model.predict_proba(rows[rest])[:, 1]
    model.fit(rows, labels, sample_weight=counts)
    print(
        f"{len(labels)} questions, {int((~labels).sum())} unanswerable; AUROC now {roc_auc_score(labels, now):.3f}, "
        f"fitted, held out in ten folds {roc_auc_score(labels, held):.3f}"
    )
    for limit in (0.4, 0.5, 0.6):
        refused = held < limit
        print(
            f"  answer from {limit}: answerable refused {refused[labels].mean():.3f}, "
            f"unanswerable refused {refused[~labels].mean():.3f}"
        )
    print("INTERCEPT", round(float(model.intercept_[0]), 2))
    print({n: round(float(c), 2) for n, c in zip(names, model.coef_[0], strict=True)})


if __name__ == "__main__":
    main()
