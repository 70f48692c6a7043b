"""The sentences of a collection by the finder's vectors: which of them lie near a question, within a scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.embedding.finder import Finder
from vectorstore.embedding.protocol import Vectors
from vectorstore.flat import FlatIndex, Row
from vectorstore.scope import Scope
from vectorstore.text import sentence_spans

SENTENCES_A_PASSAGE = 4  # looked at for each passage that is wanted, for several may be of one
BATCH = 512  # sentences that are embedded between two words of progress
MARK = "#"  # between the id of a passage and the number of a sentence in it


class SentenceSource:
    """The sentences of versions, embedded by a finder when they are asked for. A source for `FlatFiles`."""

    def __init__(
        self,
        catalogue: Catalogue,
        finder: Finder,
        collection: str,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self.name = sentences_name(collection, finder.model_key)
        self._catalogue = catalogue
        self._finder = finder
        self._progress = progress

    def rows(self, version_ids: Sequence[str]) -> list[Row]:
        return [(key, version) for key, version, _ in self._sentences(version_ids)]

    def vectors(self, rows: Sequence[Row]) -> dict[str, Vectors]:
        wanted = {key for key, _ in rows}
        versions = sorted({version for _, version in rows})
        texts = {key: text for key, _, text in self._sentences(versions) if key in wanted}
        alike = list(dict.fromkeys(texts.values()))
        made: dict[str, Vectors] = {}
        for start in range(0, len(alike), BATCH):
            part = alike[start : start + BATCH]
            made.update(zip(part, self._finder.sentences(part), strict=True))
            self._progress(start + len(part), len(alike))
        return {key: made[text] for key, text in texts.items()}

    def _sentences(self, version_ids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Of each sentence its key, its version, and how it is read."""
        for p, version in self._catalogue.every_passage(version_ids):
            for number, (start, end) in enumerate(sentence_spans(p.text)):
                yield _key(p.passage_id, number), version.version_id, p.as_read(version.title, start, end)


class SentenceIndex:
    """The vectors of all sentences of one generation, with the finder that made them."""

    def __init__(self, flat: FlatIndex, finder: Finder) -> None:
        """`flat` has a row for each sentence, those of a passage together and in order."""
        self._flat = flat
        self._finder = finder
        keys = [key.decode().rpartition(MARK)[0] for key in flat.passages.tolist()]
        self._starts: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        for place, passage in enumerate(keys):
            self._starts.setdefault(passage, place)
            self._counts[passage] = self._counts.get(passage, 0) + 1

    def passages(self, question: str, limit: int, scope: Scope) -> list[str]:
        """The passages in `scope` with the sentences nearest to `question`, nearest first; at most `limit`."""
        found = self._flat.search(self._finder.question(question), limit * SENTENCES_A_PASSAGE, scope)
        return list(dict.fromkeys(key.rpartition(MARK)[0] for key, _ in found))[:limit]

    def likeness(self, question: str, passage_id: str) -> Vectors:
        """How near (cosine) each sentence of a passage is to `question`; of shape (0,) for one it does not hold."""
        start = self._starts.get(passage_id)
        if start is None:
            return np.zeros(0, dtype=np.float32)
        rows = self._flat.vectors[start : start + self._counts[passage_id]]
        return np.asarray(np.vecdot(rows, self._finder.question(question)), dtype=np.float32)


def _key(passage_id: str, number: int) -> str:
    return f"{passage_id}{MARK}{number}"


def sentences_name(collection: str, model_key: str) -> str:
    """What the vectors of a collection's sentences are called that a finder made."""
    return f"{collection}-{model_key}"
