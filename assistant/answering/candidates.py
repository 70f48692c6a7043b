"""Sentences that might answer: taken from the passages found, each scored against the question."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answering.expectations import fits, fits_definition
from assistant.answering.hostile import hostile
from assistant.answering.specifics import missing_share, specifics
from assistant.answering.turn import Kind, Quote
from vectorstore.embedding.protocol import TokenVectors
from vectorstore.model import Hit
from vectorstore.text import content_stems, sentence_spans

MAX_SENTENCES = 20  # encoded per question: those with most of its words, from the passages ranked first

_NOT_HELD = re.compile(
    r"\b(?:is|are|was|were) not (?:held|known|seen|found|given|stated|recorded)\b.*", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[-*•]|\d{1,3}[.)])\s+$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence or list item of a passage, with how well it fits the question."""

    hit: Hit
    rank: int  # of its passage among those found, from 0
    index: int  # of the sentence in its passage, from 0
    start: int  # in the version's text
    end: int
    text: str
    item: bool
    cosine: float  # of the sentence with what stands above it and the question
    late: float  # late interaction with what is asked, words weighted by rarity
    weakest: float  # likeness of the two least matched words of what is asked
    coverage: float  # of the question's meaning-bearing words, weighted by rarity; headings count in part
    fits_kind: float  # how well it has the form that the kind of question asks for
    missing_specifics: float  # share of the names and numbered things asked about that it does not name
    about_area: bool | None  # whether it is about the area asked about; None when none was
    score: float

    @property
    def similarity(self) -> float:
        """How like the question it is, in one number."""
        return (self.cosine + self.late) / 2

    @property
    def quote(self) -> Quote:
        return Quote(self.hit, self.start, self.end, self.text)

    @property
    def introduces(self) -> bool:
        """Whether it announces the list that follows it."""
        return self.text.rstrip().endswith(":")


@lru_cache(maxsize=8)
def ordinary_stems(names: tuple[str, ...]) -> frozenset[str]:
    """The stems of names that single nothing out in a collection."""
    return frozenset(s for n in names for s in content_stems(n))


AreaReader = Callable[[str], frozenset[str]]  # ids of the areas that a text names


class TokenEncoder(Protocol):
    """Gives the vector of each text and those of its tokens."""

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """How the parts of a score count. Chosen on the tuning half of the golden set (docs/evaluation.md)."""

    cosine: float = 1.0
    late: float = 0.65
    coverage: float = 0.18
    kind: float = 0.34
    definition: float = 0.12
    passage: float = 0.09
    heading_share: float = 0.7  # of a word that stands in the heading or title only
    synonym_share: float = 0.6  # of a word said otherwise in the text
    specifics: float = 0.16  # taken off when what the question names is not named
    foreign_area: float = 0.2  # taken off when the question names no area and the text is about one
    other_area: float = 0.40  # taken off when the text names another area than the question
    own_area: float = 0.1
    national: float = 0.5  # share of that for a national text that names the area
    background: float = 0.4  # how much words count that only say what a follow-on question is about


class Scorer:
    """Scores the sentences of the hits against one question."""

    def __init__(
        self,
        encoder: TokenEncoder,
        rarity_of: Callable[[str], float],
        expand: Callable[[str], list[tuple[str, str]]],
        spell_out: Callable[[str], str] = str,
        ordinary: Sequence[str] = (),
        areas: AreaReader | None = None,
        weights: Weights | None = None,
    ) -> None:
        self._encoder = encoder
        self._rarity = rarity_of
        self._expand = expand
        self._spell_out = spell_out
        self._ordinary = ordinary
        self._ordinary_stems = ordinary_stems(tuple(ordinary))
        self._areas = areas or (lambda text: frozenset())
        self._weights = weights or Weights()

    def score(
        self,
        question: str,
        kind: Kind,
        hits: Sequence[Hit],
        *,
        own: str = "",
        areas: frozenset[str] = frozenset(),
        dates: bool = True,
    ) -> list[Candidate]:
        """Candidates of all hits, best first.

        `own` is the part of `question` that is really asked, where the rest only says what it is about.
        """
        own = own or question
        found = [
            (rank, hit, index, span)
            for rank, hit in enumerate(hits)
            for index, span in enumerate(sentence_spans(hit.passage.text))
            if not table_header(hit.passage.text, span[0]) and not hostile(hit.passage.text, span[0])
        ]
        if not found:
            return []
        asked = set(content_stems(own))
        background = self._weights.background
        wanted = {s: self._rarity(s) * (1 if s in asked else background) for s in content_stems(question)}
        otherwise = [(set(content_stems(a)), set(content_stems(b))) for a, b in self._expand(question)]
        in_both_forms = f"{question} {self._spell_out(question)}"
        named = specifics(question, self._ordinary, dates=dates)
        top = max(hit.score for hit in hits)
        covered = {}
        for place, (_, hit, _, (a, b)) in enumerate(found):
            covered[place] = self._coverage(wanted, otherwise, hit.passage.text[a:b], context_of(hit))
        kept = sorted(
            sorted(covered, key=lambda n: -(covered[n] + 0.6 * found[n][1].score / top + 0.1 * (found[n][2] == 0)))[
                :MAX_SENTENCES
            ]
        )
        found = [found[n] for n in kept]
        shown = [hit.passage.text[a:b] for _, hit, _, (a, b) in found]
        read = [_as_read(hit, text) for (_, hit, _, _), text in zip(found, shown, strict=True)]
        whole, alone, *others = self._encoder.embed_tokens([self._spell_out(t) for t in (question, own, *read)])
        weights_whole, weights_alone = self._word_weights(whole), self._word_weights(alone)
        w = self._weights
        result = []
        for place, (rank, hit, index, (a, b)), text, other in zip(kept, found, shown, others, strict=True):
            cosine = float(whole.vector @ other.vector)
            likeness = word_likeness(alone, other)
            late = weighted_mean(likeness, weights_alone)
            if own != question:
                late = (
                    background * weighted_mean(word_likeness(whole, other), weights_whole) + (1 - background) * late
                )
            coverage = covered[place]
            kind_fits = fits(kind, text, own)
            unnamed = missing_share(named, f"{context_of(hit)} {text}")
            score = (
                w.cosine * cosine
                + w.late * late
                + w.coverage * coverage
                + w.kind * kind_fits
                + w.definition * (kind is Kind.DEFINITION and fits_definition(in_both_forms, text))
                + w.passage * hit.score / top
                - w.specifics * unnamed
                + self._place(hit, text, areas)
            )
            start = hit.passage.start
            item = text.startswith("|") or bool(_BULLET.search(hit.passage.text[max(0, a - 5) : a]))
            result.append(
                Candidate(
                    hit=hit,
                    rank=rank,
                    index=index,
                    start=start + a,
                    end=start + b,
                    text=text,
                    item=item,
                    cosine=cosine,
                    late=late,
                    weakest=weakest(likeness, alone.words, weights_alone),
                    coverage=coverage,
                    fits_kind=kind_fits,
                    missing_specifics=unnamed,
                    about_area=self._about(hit, text, areas),
                    score=score,
                )
            )
        return sorted(result, key=lambda c: (-c.score, c.rank, c.index))

    def _word_weights(self, text: TokenVectors) -> Likeness:
        """Rarity for words that carry meaning, little for the rest; names of areas and terms of art weigh little."""
        ordinary = self._ordinary_stems
        weights = []
        for word in text.words:
            carried = content_stems(word)
            if not carried:
                weights.append(0.1)
            elif set(carried) <= ordinary:
                weights.append(0.9)
            else:
                weights.append(max(1.0, min(6.0, max(self._rarity(s) for s in carried))))
        return np.array(weights, dtype=np.float32)

    def _about(self, hit: Hit, text: str, areas: frozenset[str]) -> bool | None:
        if not areas:
            return None
        if hit.version.area is not None:
            return hit.version.area in areas
        return bool(self._areas(f"{text} {' '.join(hit.passage.heading[-1:])}") & areas)

    def _place(self, hit: Hit, text: str, areas: frozenset[str]) -> float:
        """More for a text about the area asked about, less for one about another."""
        w = self._weights
        if not areas:
            return -w.foreign_area if hit.version.area else 0.0
        if hit.version.area is not None:
            return w.own_area if hit.version.area in areas else -w.other_area
        about = self._areas(f"{text} {' '.join(hit.passage.heading[-1:])}")
        return w.national * w.own_area if about & areas else (-w.other_area if about else 0.0)

    def _coverage(
        self, wanted: dict[str, float], otherwise: Sequence[tuple[set[str], set[str]]], text: str, context: str
    ) -> float:
        total = sum(wanted.values())
        if not total:
            return 0.0
        here, above = set(content_stems(text)), set(content_stems(context))
        both = here | above
        said = {s for term, other in otherwise if other and other <= both for s in term}
        got = 0.0
        for stem, weight in wanted.items():
            if stem in here:
                got += weight
            elif stem in above:
                got += weight * self._weights.heading_share
            elif stem in said:
                got += weight * self._weights.synonym_share
        return got / total


Likeness = NDArray[np.float32]


def word_likeness(question: TokenVectors, text: TokenVectors) -> Likeness:
    """For each token of the question the best cosine with a token of the text (ColBERT's MaxSim before the sum)."""
    if not len(question.tokens) or not len(text.tokens):
        return np.zeros(len(question.tokens), dtype=np.float32)
    return np.asarray((question.tokens @ text.tokens.T).max(axis=1), dtype=np.float32)


def weighted_mean(values: Likeness, weights: Likeness) -> float:
    """The mean of `values` by `weights`; 0 where nothing weighs."""
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total else 0.0


def weakest(likeness: Likeness, words: Sequence[str], weights: Likeness) -> float:
    """The mean likeness of the two least matched words that carry meaning: low when the point is missed."""
    best: dict[str, float] = {}
    for value, word, weight in zip(likeness, words, weights, strict=True):
        if weight >= 1.0:
            best[word] = max(best.get(word, -1.0), float(value))
    lowest = sorted(best.values())[:2]
    return sum(lowest) / len(lowest) if lowest else 1.0


def uncovered(
    question: str, otherwise: Sequence[tuple[str, str]], texts: Sequence[str], rarity_of: Callable[[str], float]
) -> float:
    """The share (0..1, by rarity) of the question's meaning-bearing words that `texts` do not hold in some form."""
    held = {s for text in texts for s in content_stems(text)}
    for term, other in otherwise:
        if set(content_stems(other)) <= held:
            held |= set(content_stems(term))
    return 1 - coverage_of(question, " ".join(held), rarity_of, analysed=held)


def coverage_of(
    text: str, other: str, rarity_of: Callable[[str], float], *, analysed: set[str] | None = None
) -> float:
    """The share (0..1, by rarity) of the meaning-bearing words of `text` that `other` holds; 0 for no such words."""
    wanted = {s: rarity_of(s) for s in content_stems(text)}
    total = sum(wanted.values())
    held = set(content_stems(other)) if analysed is None else analysed
    return sum(w for s, w in wanted.items() if s in held) / total if total else 0.0


def gap_subject(text: str) -> str:
    """What a recorded gap is about, without the words that say it is not held."""
    return _NOT_HELD.sub("", text)


def rarity(document_frequency: int, documents: int) -> float:
    """Inverse document frequency as in BM25: ln(1 + (N - df + 0.5)/(df + 0.5))."""
    return math.log(1 + (max(documents - document_frequency, 0) + 0.5) / (document_frequency + 0.5))


def context_of(hit: Hit) -> str:
    """What stands above the passage: its document's title and its nearest heading."""
    heading = () if hit.passage.gap else hit.passage.heading[-1:]
    return " > ".join((hit.version.title, *heading))


def _as_read(hit: Hit, text: str) -> str:
    """The sentence with what stands above it; of a recorded gap only the subject, so that it is found by it."""
    if hit.passage.gap:
        text = gap_subject(text)
    return f"{context_of(hit)}: {text}"


def table_header(text: str, start: int) -> str:
    """The header of the table whose row begins at `start`, if that row is the header itself; else nothing."""
    line_end = text.find("\n", start)
    is_row = text[start : start + 1] == "|"
    before = text[:start].rstrip("\n").rsplit("\n", 1)[-1].lstrip()
    if is_row and not before.startswith("|"):
        return text[start : line_end if line_end >= 0 else len(text)]
    return ""


def overlap(one: str, other: str) -> float:
    """How alike two sentences are by their stems: shared over the smaller (0..1)."""
    a, b = set(content_stems(one)), set(content_stems(other))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
