"""Sentences that might answer: taken from the passages found, each scored against the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np

from assistant.answering.expectations import fits, fits_definition
from assistant.answering.features import WEIGHTS, Features, known
from assistant.answering.hostile import hostile, is_data
from assistant.answering.likeness import Likeness, pairs_together, weakest, weighted_mean, word_likeness
from assistant.answering.modality import fits_modal
from assistant.answering.specifics import missing_share, names_rival, specifics
from assistant.answering.turn import Kind, Quote
from vectorstore.embedding.protocol import TokenVectors, Vectors
from vectorstore.figures import years_short
from vectorstore.known_questions import KnownQuestions, Likenesses
from vectorstore.model import Hit
from vectorstore.text import content_stems, is_item, sentence_spans, stems

BACKGROUND = 0.4  # how much words count that only say what a follow-on question is about
NATIONAL = 0.5  # share of `own_area` for a national text that names the area
HEADING_SHARE = 0.7  # of a word that stands in the heading or title only
SYNONYM_SHARE = 0.6  # of a word said otherwise in the text
BESIDE = 0.35  # what the cross-encoder says of a sentence below which it is beside the point
FOUND = 2.0  # what nearness by the finder counts where those are chosen that are read as a whole
MAX_SENTENCES = 20  # encoded per question: those with most of its words, from the passages ranked first

_NOT_SEEN = re.compile(
    r"\b(?:is|are|was|were) not (?:held|known|seen|found|given|stated|recorded|established|read)\b"
    r"|\bno (?:[\w'’-]+ ){1,8}(?:is|are|was|were) (?:held|known|seen|found|read|published|given)\b"
    r"|\bdoes not (?:say|give|state|name)\b|\bnothing (?:\w+ ){0,6}(?:is|was) held\b",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"\b(?:is|are|was|were) not (?:held|known|seen|found|given|stated|recorded|established)\b.*", re.IGNORECASE
)
_DANGLING = re.compile(
    r"^\W*(?:it|they|this|these|those|that|he|she|such|both|its|their|the (?:latter|former|same|others?|rest))\b",
    re.IGNORECASE,
)


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
    features: Features
    weakest: float  # likeness of the two least matched words of what is asked
    coverage: float  # of the question's meaning-bearing words, weighted by rarity; headings count in part
    about_area: bool | None  # whether it is about the area asked about; None when none was
    score: float
    alone: float  # the score without what known questions and the cross-encoder add
    in_known: bool  # whether its collection has known questions
    placeless: bool = False  # whether it was held against the question without the places it names

    @property
    def similarity(self) -> float:
        """How like the question it is, in one number."""
        return (self.features.cosine + self.features.late) / 2

    def comes_close(self, best: Candidate, margin: float) -> bool:
        """Whether it scores at most `margin` less than the best, which a known question may have lifted."""
        return self.score >= best.score - margin or self.alone >= best.alone - margin

    def seems_to_answer(self, best: Candidate) -> bool:
        """Whether the cross-encoder, where it read the best, does not hold this one to be beside the point."""
        return not best.features.read or self.features.read >= BESIDE

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


KnownReader = Callable[[Vectors], Likenesses]  # of a question's unit vector
Nearness = Callable[[str, Hit], Vectors | None]  # of each sentence of a passage to a question, by the finder
AreaReader = Callable[[str], frozenset[str]]  # ids of the areas that a text names


class TokenEncoder(Protocol):
    """Gives the vector of each text and those of its tokens."""

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]: ...


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
        weights: Mapping[str, float] = WEIGHTS,
        known_questions: KnownReader | None = None,
        parties: Sequence[str] = (),
        nearness: Nearness = lambda question, hit: None,
        rivals: Sequence[Sequence[str]] = (),
    ) -> None:
        self._rivals = rivals
        self._parties = parties
        self._nearness = nearness
        self._known_questions = known_questions or KnownQuestions((), np.zeros((0, 1), dtype=np.float32)).likenesses
        self._encoder = encoder
        self._rarity = rarity_of
        self._expand = expand
        self._spell_out = spell_out
        self._ordinary = ordinary
        self._ordinary_stems = ordinary_stems(tuple(ordinary))
        self._areas = areas or (lambda text: frozenset())
        self._weights = weights

    def score(
        self,
        question: str,
        kind: Kind,
        hits: Sequence[Hit],
        *,
        own: str = "",
        naming: str = "",
        areas: frozenset[str] = frozenset(),
        dates: bool = True,
    ) -> list[Candidate]:
        """Candidates of all hits, best first.

        `own` is the part of `question` that is really asked, where the rest only says what it is about; `naming` the
        part whose names a sentence has to hold, which those of who asks are not among.
        """
        own = own or question
        found = [
            (rank, hit, index, span)
            for rank, hit in enumerate(hits)
            for index, span in enumerate(sentence_spans(hit.passage.text))
            if not table_header(hit.passage.text, span[0])
            and not hostile(hit.passage.text, span[0])
            and not is_data(hit.passage.text[span[0] : span[1]])
        ]
        if not found:
            return []
        asked = set(content_stems(years_short(own)))
        stems_asked = content_stems(years_short(question))
        wanted = {s: self._rarity(s) * (1 if s in asked else BACKGROUND) for s in stems_asked}
        otherwise = [(set(content_stems(a)), set(content_stems(b))) for a, b in self._expand(question)]
        in_both_forms = f"{question} {self._spell_out(question)}"
        named = specifics(naming or question, self._ordinary, dates=dates)
        top = max(hit.score for hit in hits)
        whole, alone = self._encoder.embed_tokens([self._spell_out(question), self._spell_out(own)])
        likest = [self._known_questions(v) for v in {question: whole.vector, own: alone.vector}.values()]
        sentences = [(hit.version.document_id, hit.passage.text[a:b]) for _, hit, _, (a, b) in found]
        asked_as = [known(float(like)) for like in np.max([one.of_each(sentences) for one in likest], axis=0)]
        near = self._found(question, [(hit, index) for _, hit, index, _ in found])
        covered = {}
        for place, (_, hit, _, (a, b)) in enumerate(found):
            covered[place] = _covered(wanted, otherwise, hit.passage.text[a:b], context_of(hit))
        kept = sorted(
            sorted(
                covered,
                key=lambda n: (
                    -(
                        covered[n].in_all
                        + asked_as[n]
                        + FOUND * near[n]
                        + 0.6 * found[n][1].score / top
                        + 0.1 * (found[n][2] == 0)
                    )
                ),
            )[:MAX_SENTENCES]
        )
        found = [found[n] for n in kept]
        shown = [hit.passage.text[a:b] for _, hit, _, (a, b) in found]
        read = [_as_read(hit, text) for (_, hit, _, _), text in zip(found, shown, strict=True)]
        others = self._encoder.embed_tokens([self._spell_out(t) for t in read])
        weights_whole, weights_alone = self._word_weights(whole), self._word_weights(alone)
        order = content_stems(own)
        rarest = max(asked & wanted.keys(), key=lambda s: wanted[s], default="")
        result = []
        for place, (rank, hit, index, (a, b)), text, other in zip(kept, found, shown, others, strict=True):
            likeness = word_likeness(alone, other)
            late = weighted_mean(likeness, weights_alone)
            if own != question:
                late = (
                    BACKGROUND * weighted_mean(word_likeness(whole, other), weights_whole) + (1 - BACKGROUND) * late
                )
            coverage = covered[place]
            in_words = f"{context_of(hit)} {text}"
            own_area, other_area, foreign_area = self._place(hit, text, areas)
            features = Features(
                cosine=float(whole.vector @ other.vector),
                late=late,
                found=near[place],
                asked=asked_as[place],
                here=coverage.here,
                above=coverage.above,
                otherwise=coverage.otherwise,
                together=pairs_together(order, stems(in_words)),
                rarest=float(rarest in coverage.stems),
                kind=fits(kind, text, own, self._parties),
                definition=float(kind is Kind.DEFINITION and fits_definition(in_both_forms, text)),
                modal=fits_modal(own, text),
                passage=hit.score / top,
                near=hit.similarity or 0.0,
                first=float(index == 0),
                unnamed=missing_share(named, in_words),
                not_held=float(says_not_held(text) and not hit.passage.gap),
                dangling=float(bool(_DANGLING.match(text))),
                long=max(0.0, min(1.0, (len(text.split()) - 12) / 40)),
                foreign_area=foreign_area,
                rival=float(names_rival(question, in_words, self._rivals)),
                other_area=other_area,
                own_area=own_area,
            )
            start = hit.passage.start
            result.append(
                Candidate(
                    hit=hit,
                    rank=rank,
                    index=index,
                    start=start + a,
                    end=start + b,
                    text=text,
                    item=is_item(hit.passage.text, a),
                    features=features,
                    weakest=weakest(likeness, alone.words, weights_alone),
                    coverage=coverage.in_all,
                    about_area=self._about(hit, text, areas),
                    score=features.score(self._weights),
                    in_known=likest[0].any,
                    alone=replace(features, asked=0.0).score(self._weights),
                )
            )
        return in_order(result)

    def _found(self, question: str, sentences: Sequence[tuple[Hit, int]]) -> list[float]:
        """How near each sentence is to `question` by the finder, 0 where it has no vector."""
        held = {hit.passage.passage_id: hit for hit, _ in sentences}
        near = {key: self._nearness(question, hit) for key, hit in held.items()}
        vectors = [(near[hit.passage.passage_id], index) for hit, index in sentences]
        return [max(0.0, float(v[n])) if v is not None and n < len(v) else 0.0 for v, n in vectors]

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

    def _place(self, hit: Hit, text: str, areas: frozenset[str]) -> tuple[float, float, float]:
        """How much the text is about the area asked about, about another, and about one where none was asked for."""
        if not areas:
            return 0.0, 0.0, float(hit.version.area is not None)
        if hit.version.area is not None:
            own = hit.version.area in areas
            return float(own), float(not own), 0.0
        about = self._areas(f"{text} {' '.join(hit.passage.heading[-1:])}")
        return (NATIONAL, 0.0, 0.0) if about & areas else (0.0, float(bool(about)), 0.0)


@dataclass(frozen=True, slots=True)
class _Covered:
    """Shares of the question's words by where they stand, and the stems of the sentence and what is above it."""

    here: float
    above: float
    otherwise: float
    stems: frozenset[str]

    @property
    def in_all(self) -> float:
        return self.here + HEADING_SHARE * self.above + SYNONYM_SHARE * self.otherwise


def _covered(
    wanted: Mapping[str, float], otherwise: Sequence[tuple[set[str], set[str]]], text: str, context: str
) -> _Covered:
    here, above = (set(content_stems(years_short(t))) for t in (text, context))
    both = here | above
    said = {s for term, other in otherwise if other and other <= both for s in term}
    total = sum(wanted.values()) or 1.0
    return _Covered(
        sum(w for s, w in wanted.items() if s in here) / total,
        sum(w for s, w in wanted.items() if s in above - here) / total,
        sum(w for s, w in wanted.items() if s in said - both) / total,
        frozenset(both | said),
    )


def says_not_held(text: str) -> bool:
    """Whether a sentence says that something is not held or was not seen."""
    return _NOT_SEEN.search(text) is not None


def gap_subject(text: str) -> str:
    """What a recorded gap is about, without the words that say it is not held."""
    return _NOT_HELD.sub("", text)


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best first."""
    return sorted(candidates, key=lambda c: (-c.score, c.rank, c.index))


def context_of(hit: Hit) -> str:
    """What stands above the passage: its document's title and its nearest heading."""
    return hit.passage.under(hit.version.title)


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
