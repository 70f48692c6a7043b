"""A large collection made of the starter corpus: sentences recombined, with past editions and areas."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from assistant.composition import Application
from vectorstore.embedding.factory import BulkEmbedder
from vectorstore.embedding.finder import Finder
from vectorstore.embedding.protocol import Vectors
from vectorstore.flat_files import FlatFiles
from vectorstore.keywords import KeywordEntry
from vectorstore.model import Evidence, Kind, Status
from vectorstore.new import NewPassage, NewVersion, context_of
from vectorstore.sentence_index import SentenceSource
from vectorstore.staging import Publication, Staging, chunks

PASSAGES_A_VERSION = 8
SENTENCES_A_PASSAGE = (2, 6)  # about 550 characters on average
EDITIONS = (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)  # so that about three versions in ten are past
UNDATED = 0.5  # share of documents that are not limited in time
LOCAL = 0.4  # share of documents that are filed under an area
_UNDER = re.compile(r" > Part \d+: ")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The distinct sentences of a collection's passages with their vectors, and the titles they stood under."""

    texts: list[str]
    vectors: Vectors
    titles: list[str]
    finder: Recombined | None = None


class Recombined:
    """The finder with the vectors of the base sentences at hand: what is made of them is not embedded once more.

    A recombined sentence has the vector that it has by itself, without the made-up title above it.
    """

    def __init__(self, finder: Finder, texts: Sequence[str]) -> None:
        self.model_key = finder.model_key
        self._finder = finder
        self._held = dict(zip(texts, finder.sentences(texts), strict=True))

    def question(self, text: str) -> Vectors:
        return self._finder.question(text)

    def sentences(self, texts: Sequence[str]) -> Vectors:
        bare = [_UNDER.split(t, maxsplit=1)[-1] for t in texts]
        others = [t for t in dict.fromkeys(bare) if t not in self._held]  # two that are read as one
        if others:
            self._held.update(zip(others, self._finder.sentences(others), strict=True))
        return np.stack([self._held[t] for t in bare])


def sentences_of(app: Application, collection: str = "lsip") -> Sentences:
    """All sentences held in `collection`, embedded by the real model."""
    from vectorstore.text import sentence_spans

    staging = Staging(app.catalogue.engine)
    passages = list(staging.pending(staging.live_ids(collection)))
    texts = sorted({p.text[a:b] for p in passages for a, b in sentence_spans(p.text) if b - a > 30})
    embedder = BulkEmbedder(app.settings.embedding_model, app.settings.data_dir)
    embedder.expect(len(texts))
    finder = app.networks.finder
    found = None if finder is None else Recombined(finder, texts)
    return Sentences(texts, embedder.embed(texts), sorted({p.context for p in passages}), found)


def build(app: Application, collection: str, passages: int, base: Sentences, *, today: date, seed: int = 5) -> None:
    """Write `passages` passages into `collection` by the stores' own writers, as ingestion would after embedding.

    The vector of a passage is the mean of the vectors of its sentences, scaled to length one.
    """
    rng = random.Random(seed)
    areas = [a.id for a in app.catalogue.profile("lsip").areas]
    staging = Staging(app.catalogue.engine)
    vectors = app.locations.vectors(app.locations.vectors_name(collection, app.embedder.model_key))
    staging.begin_run(f"bench-{collection}", collection, "bench")
    made: set[str] = set()
    words: list[KeywordEntry] = []
    versions = _versions(rng, collection, passages // PASSAGES_A_VERSION, base, areas, today)
    for batch in chunks(versions, 500):
        staging.stage(collection, "bench", [v for v, _ in batch])
        rows = [(v, p, mixed) for v, mixes in batch for p, mixed in zip(v.passages, mixes, strict=True)]
        vectors.upsert(
            [p.passage_id for _, p, _ in rows], np.stack([m for _, _, m in rows]), [v.version_id for v, _, _ in rows]
        )
        words.extend(
            KeywordEntry(p.passage_id, v.version_id, p.text, context_of(v.title, p.heading)) for v, p, _ in rows
        )
        made.update(v.version_id for v, _ in batch)
    app.locations.keywords(collection).write(words)
    if base.finder is not None:
        source = SentenceSource(app.catalogue, base.finder, collection)
        FlatFiles(app.locations.flat, source).index(frozenset(made))
    starter = app.catalogue.manifest("lsip")
    manifest = {**{k: v for k, v in starter.items() if k != "questions"}, "vectors": vectors.name}
    staging.publish(
        Publication(
            run_id=f"bench-{collection}",
            collection=collection,
            root="bench",
            version_ids=frozenset(made),
            keep_paths=frozenset(),
            files=(),
            manifest=manifest,
            profile=app.catalogue.profile("lsip"),
        )
    )
    staging.close_run(f"bench-{collection}", {})


def _versions(
    rng: random.Random, name: str, count: int, base: Sentences, areas: Sequence[str], today: date
) -> Iterator[tuple[NewVersion, list[Vectors]]]:
    """`count` versions with the vectors of their passages; editions of one document follow each other by a year."""
    number = 0
    while number < count:
        document = f"{name}/{number}"
        area = rng.choice(areas) if rng.random() < LOCAL else None
        title = rng.choice(base.titles).split(" > ")[0]
        editions = min(rng.choice(EDITIONS), count - number)
        newest = None if editions == 1 and rng.random() < UNDATED else today - timedelta(days=rng.randint(1, 360))
        for edition in range(editions):
            starts = newest and newest - timedelta(days=365 * (editions - 1 - edition))
            passages, mixes = _passages(rng, f"{document}/{edition}", base)
            yield (
                NewVersion(
                    version_id=_id(f"{document}/{edition}"),
                    document_id=document,
                    label=str(starts or ""),
                    title=title,
                    publisher="Bench",
                    url=None,
                    kind=Kind.SUPPLIED,
                    status=Status.IN_FORCE,
                    valid_from=starts,
                    valid_to=None,
                    supersedes=(),
                    published=starts,
                    area=area,
                    compiled_on=None,
                    checked_on=None,
                    path=f"{document}-{edition}.md",
                    extra={},
                    text="\n\n".join(p.text for p in passages),
                    passages=passages,
                ),
                mixes,
            )
            number += 1


def _passages(rng: random.Random, version: str, base: Sentences) -> tuple[tuple[NewPassage, ...], list[Vectors]]:
    passages, mixes, start = [], [], 0
    for ordinal in range(PASSAGES_A_VERSION):
        chosen = [rng.randrange(len(base.texts)) for _ in range(rng.randint(*SENTENCES_A_PASSAGE))]
        text = " ".join(base.texts[n] for n in chosen)
        mixed = base.vectors[chosen].mean(axis=0)
        mixes.append(np.asarray(mixed / np.linalg.norm(mixed), dtype=np.float32))
        key = _id(f"{version}/{ordinal}")
        passages.append(
            NewPassage(
                passage_id=key,
                text=text,
                start=start,
                end=start + len(text),
                heading=(f"Part {ordinal + 1}",),
                page=None,
                anchor=f"part-{ordinal + 1}",
                evidence=Evidence.PRIMARY,
                gap=False,
                rests_on=(),
                content_key=key,
            )
        )
        start += len(text) + 2
    return tuple(passages), mixes


def _id(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:32]
