"""What the cross-encoder learns from: questions with the sentence that answers them, and questions with none."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.questions import load_questions
from vectorstore.catalogue import Catalogue
from vectorstore.text import content_stems, sentence_spans

NEAR_MISSES = Path(__file__).with_name("near_misses.csv")
SAME = 0.8  # share of the words of the shorter of two sentences that stand in the longer, if both say the same
HELD_OUT = 0.15  # share of the documents whose questions are kept from training, by hash


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, as it is read: with the title and the heading above it."""

    document: str
    text: str
    as_read: str
    stems: frozenset[str]

    def says_the_same(self, other: Sentence) -> bool:
        """Whether nearly all words of the shorter stand in the longer."""
        shorter = min(len(self.stems), len(other.stems))
        return len(self.stems & other.stems) >= SAME * max(1, shorter)


@dataclass(frozen=True, slots=True)
class Example:
    """A question; the place of the sentence that answers it, or that it only seems to ask for."""

    question: str
    sentence: int
    answered: bool


def held_out(document: str) -> bool:
    """Whether a document's questions are kept from training."""
    return hashlib.sha256(document.encode()).digest()[0] < HELD_OUT * 256


def load_sentences(catalogue: Catalogue, collection: str) -> list[Sentence]:
    """All sentences of a collection, of every version once, document by document."""
    found: dict[tuple[str, str], Sentence] = {}
    for version in catalogue.versions(collection):
        for passage in catalogue.passages_of(version.version_id):
            above = passage.under(version.title)
            for start, end in sentence_spans(passage.text):
                text = passage.text[start:end].strip()
                key = (version.document_id, text)
                if key not in found:
                    found[key] = Sentence(*key, f"{above}: {text}", frozenset(content_stems(text)))
    return list(found.values())


def load_examples(corpus: Path, sentences: Sequence[Sentence]) -> list[Example]:
    """The known questions of a corpus, and near-misses with their answerable siblings."""
    places = {(s.document, s.text): n for n, s in enumerate(sentences)}
    known = [(q.document, q.sentence, q.question, True) for q in load_questions(corpus)]
    return [
        Example(question, places[document, text], answered)
        for document, text, question, answered in [*known, *near_misses()]
        if (document, text) in places
    ]


def near_misses(path: Path = NEAR_MISSES) -> list[tuple[str, str, str, bool]]:
    """Document, sentence, question and whether the sentence answers it: of each near-miss, and of its sibling."""
    found = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            sentence = row["sentence"].strip()
            found.append((row["document"], sentence, row["near_miss"], False))
            found.append((row["document"], sentence, row["answerable"], True))
    return found
