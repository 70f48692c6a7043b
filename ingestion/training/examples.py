"""What reader and finder learn from: questions with the sentences that answer them, and with those that do not."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ingestion.questions import load_questions
from vectorstore.catalogue import Catalogue
from vectorstore.text import content_stems, sentence_spans

NEAR_MISSES = Path(__file__).with_name("near_misses.csv")
JUDGED = Path(__file__).with_name("judged.jsonl")
SAME = 0.8  # share of the words of the shorter of two sentences that stand in the longer, if both say the same
HELD_OUT = 0.15  # share of the documents, and of the judged questions, that are kept from training, by hash
SAID = ""  # the document of what an engine said, which none holds


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, as it is read: with the title and the heading above it."""

    document: str
    text: str
    as_read: str
    stems: frozenset[str]

    @property
    def key(self) -> str:
        return sentence_key(self.document, self.text)

    def says_the_same(self, other: Sentence) -> bool:
        """Whether nearly all words of the shorter stand in the longer."""
        shorter = min(len(self.stems), len(other.stems))
        return len(self.stems & other.stems) >= SAME * max(1, shorter)


def sentence_key(document: str, text: str) -> str:
    """What judgements call a sentence: its document and a hash of its words; a changed sentence is another."""
    return f"{document}/{hashlib.sha256(text.encode()).hexdigest()[:10]}"


class Kind(Enum):
    """Where a question comes from."""

    JUDGED = "judged"  # asked as people would, its sentences judged
    NEAR = "near"  # a near-miss, or its sibling
    KNOWN = "known"  # written for a sentence of the corpus


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the places of sentences that answer it, and of those that only seem to."""

    question: str
    answers: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    arguable: tuple[int, ...] = ()  # answer in part: neither for nor against
    kind: Kind = Kind.JUDGED


@dataclass(frozen=True, slots=True)
class Judged:
    """A question as people would ask it, with what a search found for it, by key, as a reader judged it.

    `said` is what engines said that answers it, `said_beside` what they said beside the point, in words.
    """

    question: str
    answers: tuple[str, ...]
    partly: tuple[str, ...]
    beside: tuple[str, ...]
    said: tuple[str, ...] = ()
    said_beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """Examples, and all sentences that their places are in; what engines said comes last."""

    sentences: Sequence[Sentence]
    examples: Sequence[Example]

    def documented(self, place: int) -> bool:
        """Whether the sentence there is one of a document."""
        return self.sentences[place].document != SAID

    def pairs(self, numbers: Iterable[int], groups: Iterable[Iterable[int]]) -> list[tuple[str, str]]:
        """The question of each example, by number, with each sentence of its group of places, as it is read."""
        return [
            (self.examples[number].question, self.sentences[place].as_read)
            for number, group in zip(numbers, groups, strict=True)
            for place in group
        ]


def held_out(key: str) -> bool:
    """Whether a document's questions, or a judged question, are kept from training."""
    return hashlib.sha256(key.encode()).digest()[0] < HELD_OUT * 256


def load_sentences(catalogue: Catalogue, collection: str) -> list[Sentence]:
    """All sentences of a collection, of every version once, document by document."""
    found: dict[tuple[str, str], Sentence] = {}
    for version in catalogue.versions(collection):
        for passage in catalogue.passages_of(version.version_id):
            for start, end in sentence_spans(passage.text):
                text = passage.text[start:end].strip()
                key = (version.document_id, text)
                if key not in found:
                    as_read = passage.as_read(version.title, start, end)
                    found[key] = Sentence(*key, as_read, frozenset(content_stems(text)))
    return list(found.values())


def said_sentences(questions: Sequence[Judged]) -> list[Sentence]:
    """What engines said to judged questions, each once; a sentence of theirs is no sentence of a document."""
    texts = dict.fromkeys(text for j in questions for text in (*j.said, *j.said_beside))
    return [Sentence(SAID, text, text, frozenset(content_stems(text))) for text in texts]


def training_examples(corpus: Path, sentences: Sequence[Sentence]) -> list[Example]:
    """All that is not held out: known questions of a corpus, near-misses with their siblings, judged questions."""
    return [example for example, kept in _examples(corpus, sentences) if not kept]


def held_out_examples(corpus: Path, sentences: Sequence[Sentence]) -> list[Example]:
    """All that is kept from training, to measure by."""
    return [example for example, kept in _examples(corpus, sentences) if kept]


def _examples(corpus: Path, sentences: Sequence[Sentence]) -> Iterator[tuple[Example, bool]]:
    """All examples whose sentences are there, each with whether it is held out."""
    by_key = {s.key: n for n, s in enumerate(sentences)}
    asked = set()
    for j in judged():
        asked.add(j.question)
        found = placed(j, by_key)
        if found.answers or not (j.answers or j.said):  # else it would pass for one that nothing answers
            yield found, held_out(j.question)
    places = {(s.document, s.text): n for n, s in enumerate(sentences)}
    for document, text, question, answered in near_misses():
        place = places.get((document, text))
        if place is not None:
            answers, beside = ((place,), ()) if answered else ((), (place,))
            yield Example(question, answers, beside, kind=Kind.NEAR), held_out(document)
    for known in load_questions(corpus):
        place = places.get((known.document, known.sentence))
        if place is not None and known.question not in asked:  # what was judged says more of a question
            yield Example(known.question, answers=(place,), kind=Kind.KNOWN), held_out(known.document)


def placed(judged: Judged, places: Mapping[str, int]) -> Example:
    """`judged` with the places of those of its sentences that are still there, and of what engines said."""
    said = [[sentence_key(SAID, text) for text in texts] for texts in (judged.said, judged.said_beside)]
    answers, partly, beside = (
        tuple(places[k] for k in keys if k in places)
        for keys in ((*judged.answers, *said[0]), judged.partly, (*judged.beside, *said[1]))
    )
    return Example(judged.question, answers, beside, partly)


def near_misses(path: Path = NEAR_MISSES) -> list[tuple[str, str, str, bool]]:
    """Document, sentence, question and whether the sentence answers it: of each near-miss, and of its sibling."""
    found = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            sentence = row["sentence"].strip()
            found.append((row["document"], sentence, row["near_miss"], False))
            found.append((row["document"], sentence, row["answerable"], True))
    return found


def judged(path: Path = JUDGED) -> list[Judged]:
    """The judged questions."""
    with path.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    keys = ("answers", "partly", "beside", "said", "said_beside")
    return [Judged(r["question"], *(tuple(r.get(key, ())) for key in keys)) for r in rows]
