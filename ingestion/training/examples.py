"""What the cross-encoder learns from: questions with the sentences that answer them, and with those that do not."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.questions import load_questions
from vectorstore.catalogue import Catalogue
from vectorstore.text import content_stems, sentence_spans

NEAR_MISSES = Path(__file__).with_name("near_misses.csv")
JUDGED = Path(__file__).with_name("judged.jsonl")
SAME = 0.8  # share of the words of the shorter of two sentences that stand in the longer, if both say the same
HELD_OUT = 0.15  # share of the documents, and of the judged questions, that are kept from training, by hash
KNOWN = 0.35  # share of the known questions that are learnt from
SAID = ""  # the document of what an engine said, which none holds
TIMES = 2  # how often a judged question is seen for one of the others: it is what a search really offers
# Where training goes on, what was learnt from before is seen again in part: judged questions, near-misses, known.
AGAIN, NEAR_AGAIN, KNOWN_AGAIN = 0.25, 0.35, 0.04


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


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the places of sentences that answer it, and of those that only seem to."""

    question: str
    answers: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    arguable: tuple[int, ...] = ()  # answer in part: neither for nor against


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


def held_out(key: str) -> bool:
    """Whether a document's questions, or a judged question, are kept from training."""
    return _among(HELD_OUT, key)


def _among(share: float, key: str) -> bool:
    return hashlib.sha256(key.encode()).digest()[0] < share * 256


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


def training_examples(corpus: Path, sentences: Sequence[Sentence], learnt: int = 0) -> list[Example]:
    """All that is not held out: known questions of a corpus, near-misses with their siblings, judged questions.

    Of the first `learnt` judged questions, of which a network knows already, and of all else only a share; of the
    others each once.
    """
    places = {(s.document, s.text): n for n, s in enumerate(sentences)}
    share, near = (KNOWN_AGAIN, NEAR_AGAIN) if learnt else (KNOWN, 1.0)
    known = [(q.document, q.sentence, q.question, True) for q in load_questions(corpus) if _among(share, q.question)]
    written = [
        Example(question, answers=(places[document, text],))
        if answered
        else Example(question, beside=(places[document, text],))
        for document, text, question, answered in [*known, *(m for m in near_misses() if _among(near, m[2]))]
        if (document, text) in places and not held_out(document)
    ]
    by_key = {s.key: n for n, s in enumerate(sentences)}
    taken = [j for n, j in enumerate(judged()) if n >= learnt or _among(AGAIN, f"again: {j.question}")]
    return written + [placed(j, by_key) for j in taken if not held_out(j.question)] * (1 if learnt else TIMES)


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
