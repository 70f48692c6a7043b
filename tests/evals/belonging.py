"""Fits what tells a question on the collection's subject from one on something else.

`python -m tests.evals.belonging` writes the mean vector of general questions (vectorstore/embedding/general.json),
and prints the coefficients for assistant/answering/belonging.py with how well they tell the two apart in ten held-out
folds, where the mean too is of the other folds' questions. Questions on the border are only looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from assistant.answering.belonging import Belonging, PlainSigns, Signs
from assistant.answering.contextualise import Contextualise
from assistant.answering.model import Message, Question
from assistant.answering.turn import Turn
from assistant.composition import Application, build, place_words
from assistant.settings import load_settings
from ingestion.training.belonging import BORDER, ELSEWHERE, asked
from vectorstore.embedding.protocol import Vectors
from vectorstore.known_questions import KnownQuestions
from vectorstore.leaning import GENERAL, Leaning
from vectorstore.retrieval import Query
from vectorstore.vocabulary import spell_out

SEED = 3
FOLDS = 10
INNER = 5  # folds within a fold: the mean is made without the questions that are measured by it
LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 0.95, 0.97, 0.98, 0.99)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """The questions to fit on as vectors, whole and without their places, and their other signs."""

    whole: Matrix
    bare: Matrix
    likest: Matrix
    plain: Matrix
    elsewhere: NDArray[np.bool_]


def main() -> None:
    app = build(load_settings())
    seen = look(app)
    general = np.round(seen.whole[seen.elsewhere].mean(axis=0), 5)
    held = {"model": app.embedder.model_key, "mean": general.tolist()}
    GENERAL.write_text(json.dumps(held) + "\n", encoding="utf-8")
    snapshot = app.retriever(app.settings.collection).snapshot()
    folders = app.locations.questions(app.settings.collection)
    known = KnownQuestions.open(folders / d for d in snapshot.manifest["questions"].values()).vectors
    report("known", Signs, with_leanings(seen, known, general), seen, known)
    report("plain", PlainSigns, seen.plain, seen, None)


def look(app: Application) -> Seen:
    """What is seen of each question, as it stands alone after the one before it."""
    collection, today = app.settings.collection, app.settings.current_date()
    retriever, places = app.retriever(collection), place_words(app.areas(collection))
    profile, belonging = retriever.snapshot().profile, Belonging(retriever, places)
    contextualise = Contextualise(places, resolver=app.networks.resolver)
    questions = [q for q in asked() if q.about != BORDER]
    texts = []
    for q in questions:
        put = Question(question=q.question, history=tuple(Message(role="user", text=t) for t in [q.before] if t))
        texts.append(contextualise(Turn(put, q.question, today, today, collection, profile)).interpreted)

    def vectors(of: Sequence[str]) -> Matrix:
        read = retriever.embed_tokens([spell_out(t, profile.vocabulary) for t in of])
        return np.array([e.vector for e in read], dtype=np.float64)

    whole = vectors(texts)
    plain = [belonging.plain_signs(t, profile, retriever.search(Query(t, today))) for t in track(texts)]
    return Seen(
        whole,
        vectors([belonging.bare(t, profile) for t in texts]),
        np.array([retriever.likenesses(v.astype(np.float32)).best(1, 0.0)[0].likeness for v in whole]),
        np.array([list(asdict(signs).values()) for signs in plain], dtype=np.float64),
        np.array([q.about == ELSEWHERE for q in questions]),
    )


def with_leanings(seen: Seen, known: Vectors, general: Matrix) -> Matrix:
    """The signs of every question, where general questions have this mean."""
    leaning = Leaning(known, general.astype(np.float32))
    return np.array([[leaning(w), leaning(b), k] for w, b, k in zip(seen.whole, seen.bare, seen.likest, strict=True)])


def held_out(seen: Seen, known: Vectors, rows: NDArray[np.intp]) -> Matrix:
    """The signs of every question: of those in `rows` by the mean of others of them, of the rest by that of all."""
    signs = with_leanings(seen, known, seen.whole[rows][seen.elsewhere[rows]].mean(axis=0))
    for fitted, rest in StratifiedKFold(INNER, shuffle=True, random_state=SEED).split(rows, seen.elsewhere[rows]):
        of = rows[fitted]
        signs[rows[rest]] = with_leanings(seen, known, seen.whole[of][seen.elsewhere[of]].mean(axis=0))[rows[rest]]
    return signs


def report(name: str, kind: type, signs: Matrix, seen: Seen, known: Vectors | None) -> None:
    """Print the regression, and how well it tells apart what it was not fitted on."""
    model, likely = LogisticRegression(C=1.0, max_iter=5000), np.zeros(len(signs))
    for fitted, rest in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(signs, seen.elsewhere):
        rows = signs if known is None else held_out(seen, known, fitted)
        model.fit(rows[fitted], seen.elsewhere[fitted])
        likely[rest] = model.predict_proba(rows[rest])[:, 1]
    every = np.arange(len(signs))
    model.fit(signs if known is None else held_out(seen, known, every)[every], seen.elsewhere)
    print(f"{name}: {len(signs)} questions, AUROC held out {roc_auc_score(seen.elsewhere, likely):.3f}")
    for limit in LIMITS:
        said = likely >= limit
        wrong, missed = said[~seen.elsewhere].mean(), 1 - said[seen.elsewhere].mean()
        print(f"  from {limit}: on the subject and sent away {wrong:.3f}, elsewhere and not {missed:.3f}")
    print("INTERCEPT", round(float(model.intercept_[0]), 2))
    print({f.name: round(float(c), 2) for f, c in zip(fields(kind), model.coef_[0], strict=True)})


if __name__ == "__main__":
    main()
