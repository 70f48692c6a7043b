"""The sentences that may answer each question, from texts of today or of the period it names, and how likely."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.area_names import names_of
from assistant.answering.candidates import Candidate, Scorer, in_order, ordinary_stems
from assistant.answering.confidence import Signs, logistic
from assistant.answering.consult import unsaid_parts
from assistant.answering.expectations import expects, misses_count
from assistant.answering.features import WEIGHTS
from assistant.answering.forms import (
    focus_words,
    lacks_what_nothing_else_gives,
    topic_words,
    unmet,
    weight_unmet,
)
from assistant.answering.gaps import read_out, weighed_out
from assistant.answering.likeness import rarity, uncovered
from assistant.answering.listing import asks_members, introduces_members, members_first, whole_first, with_lists
from assistant.answering.parts import Asked
from assistant.answering.periods import mentions
from assistant.answering.placeless import placeless
from assistant.answering.reading import read
from assistant.answering.specifics import asks_exact_day, has_full_date, is_of_another, years
from assistant.answering.subject import in_subject, with_areas
from assistant.answering.turn import Kind, Turn
from assistant.answering.understand import question_kind
from vectorstore.embedding.reader import Reader
from vectorstore.model import Hit
from vectorstore.profile import CollectionProfile
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems
from vectorstore.vocabulary import expansions, spell_out

LOST, ENOUGH = 0.4, 0.58  # confidence below which the nearest documents are read again, and what that must come to
NEAREST = 3  # documents that are read again
SURELY = 0.9  # what the cross-encoder must say of a sentence found that way
LACKING = 0.3  # what a form that is asked for and lacking costs a sentence
PAST_BONUS = 0.35  # for texts that were in force on the period named; calibrated on the tuning halves
# Beside a gap that only the cross-encoder finds asked for: how surely a statement has to answer by its word, and with
# what confidence, to be said too, and to be said alone.
ASIDE_READ, ASIDE, SURE = 0.5, 0.58, 0.75


@dataclass(frozen=True, slots=True)
class Found:
    """What one of the questions asked has got: its statements, how sure, or a recorded gap."""

    question: str
    kind: Kind
    candidates: tuple[Candidate, ...]
    gap: Candidate | None
    signs: Signs | None  # what was seen of the best candidate; None where there is none
    as_of: date
    aside: bool = False  # the statements are near enough to be said beside the gap, which is named

    @property
    def refuses(self) -> bool:
        """Whether a recorded gap is all that there is to say."""
        return self.gap is not None and not self.aside

    @property
    def confidence(self) -> float:
        """How likely the best candidate answers (0..1)."""
        return logistic(self.signs) if self.signs else 0.0


class Sentences:
    """Finds and scores the sentences of the passages that a turn has got."""

    def __init__(
        self,
        retriever: Retriever,
        weights: Mapping[str, float] = WEIGHTS,
        reader: Reader | None = None,
    ) -> None:
        self._retriever = retriever
        self._reader = reader
        self._weights = weights

    def find(self, turn: Turn) -> list[Found]:
        """What each question has got that no engine settled, or that one only asks back on."""
        return [f for f in (self._find(q, turn) for q in unsaid_parts(turn)) if f is not None]

    def _find(self, part: Asked, turn: Turn) -> Found | None:
        """The candidates for one question, from the texts of today or of the period it names."""
        question, kind = part.standalone, question_kind(part.own)
        pool = self._pool(part, kind, turn)
        if pool is None:
            return None
        candidates, as_of = pool
        statements = [c for c in candidates if not c.hit.passage.gap]
        if asks_members(kind, part.own):
            statements = members_first(statements, part.own)
        likest = whole_first(statements, kind, part.own)
        statements = fitting_first(likest, kind, f"{part.bare} {part.own}")
        gaps = [c for c in candidates if c.hit.passage.gap]
        best = statements[0] if statements else None
        named = read_out(gaps, best, question)
        gap = weighed_out(gaps, best, question, kind, turn, self.rarity())
        # a sentence that is put first for its form alone is no surer an answer than the likest
        signs = self._signs(part, kind, likest, gap or named, turn) if best else None
        found = Found(part.own, kind, tuple(statements), named or gap, signs, as_of)
        if gap is None and named is None:
            return self._again(part, found, turn)
        if gap is not None or signs is None or (signs.read or 0.0) < ASIDE_READ:
            return found
        alone = replace(signs, gap=False)
        lacks = best is not None and lacks_what_nothing_else_gives(question, best.text)
        if logistic(alone) >= SURE and not lacks:
            return replace(found, signs=alone, gap=None)
        return replace(found, signs=alone, aside=True) if logistic(alone) >= ASIDE else found

    def _again(self, part: Asked, found: Found, turn: Turn) -> Found:
        """`found`; where it answers too little, what the documents nearest to the question say, read sentence by
        sentence: the first look reads the few that are most like the question, and words may all be other ones.
        """
        if self._reader is None or found.confidence >= LOST:
            return found
        near = list(dict.fromkeys(c.hit.version.document_id for c in found.candidates))[:NEAREST]
        hits = [h for d in near for h in self._retriever.document_passages(d, found.as_of) if not h.passage.gap]
        dates = found.as_of == turn.as_of
        candidates = self._score(part, found.kind, turn, hits, dates=dates, thorough=True)
        if not candidates or candidates[0].features.read < SURELY:
            return found
        signs = self._signs(part, found.kind, candidates, None, turn)
        again = replace(found, candidates=tuple(candidates), signs=signs)
        return again if again.confidence >= ENOUGH else found

    def _pool(self, part: Asked, kind: Kind, turn: Turn) -> tuple[list[Candidate], date] | None:
        """Candidates from texts in force today, or from those in force on the period named, whichever fit better.

        A text of today may speak for a past period only where the sentence itself names it.
        """
        now = turn.hits_by_question.get(part.standalone, turn.hits)
        today = self._score(part, kind, turn, self._wider(part, kind, now, turn.as_of))
        period = turn.understanding.period
        if period is None or not turn.history_hits:
            return (today, turn.as_of) if today else None
        past = self._wider(part, kind, turn.history_hits, period.end)
        then = self._score(part, kind, turn, past, dates=False)
        speaking = [c for c in today if mentions(c.text, period)]
        best_then = max((c.score for c in then), default=-1.0) + PAST_BONUS
        if speaking and speaking[0].score > best_then:
            return speaking, turn.as_of
        of_area = max((c.score for c in then if c.about_area), default=-1.0) + PAST_BONUS
        own = [c for c in speaking if c.about_area]
        if own and own[0].score > of_area and then and then[0].about_area is False:  # of another, or none
            return own, turn.as_of
        return (then, period.end) if then else None

    def _wider(self, part: Asked, kind: Kind, hits: Sequence[Hit], on: date) -> Sequence[Hit]:
        """`hits`; for a question that asks for members, with the lists of the documents found."""
        if not asks_members(kind, part.own):
            return hits
        return with_lists(hits, part.own, lambda document: self._retriever.document_passages(document, on))

    def _score(
        self,
        part: Asked,
        kind: Kind,
        turn: Turn,
        hits: Sequence[Hit],
        *,
        dates: bool = True,
        thorough: bool = False,
    ) -> list[Candidate]:
        scorer = Scorer(
            self._retriever,
            self.rarity(),
            self.expand(turn),
            spell_out=lambda text: spell_out(text, turn.profile.vocabulary),
            ordinary=ordinary_names(turn.profile),
            areas=names_of(turn.profile).ids_in,
            weights=self._weights,
            known_questions=self._retriever.likenesses,
            parties=turn.profile.alternatives.get("who", ()),
            nearness=self._retriever.nearness,
            rivals=turn.profile.rivals,
        )
        areas = frozenset(turn.understanding.areas)
        question = with_areas(part.standalone, turn)
        own, naming = with_areas(part.wanted, turn), with_areas(part.bare, turn)
        found = scorer.score(question, kind, hits, own=own, naming=naming, areas=areas, dates=dates)
        if general := placeless(part.standalone, turn):
            national = [h for h in hits if h.version.area is None]
            own = placeless(part.wanted, turn) or general
            naming = placeless(part.bare, turn) or part.bare
            better = scorer.score(general, kind, national, own=own, naming=naming, areas=areas, dates=dates)
            found = _better(found, better)
        if self._reader is None:
            return found
        return read(
            self._reader,
            question,
            found,
            self._weights,
            lambda c: introduces_members(c, part.own),
            thorough=thorough,
        )

    def rarity(self) -> Callable[[str], float]:
        """How rare a stem is in the collection."""
        documents = self._retriever.document_count()
        return lambda stem: rarity(self._retriever.document_frequency(stem), documents)

    def expand(self, turn: Turn) -> Callable[[str], list[tuple[str, str]]]:
        """Other ways to say the terms of a text, by the collection's vocabulary."""
        return lambda text: expansions(text, turn.profile.vocabulary)

    def _signs(
        self, part: Asked, kind: Kind, statements: Sequence[Candidate], gap: Candidate | None, turn: Turn
    ) -> Signs:
        """What can be seen of the best sentence, and of what stays uncovered."""
        best = statements[0]
        question, wanted = part.bare, part.wanted
        if best.placeless:
            question, wanted = placeless(question, turn) or question, placeless(wanted, turn) or wanted
        own = [c for c in statements if c.hit.passage.passage_id == best.hit.passage.passage_id]
        texts = [best.hit.version.title, *best.hit.passage.heading, *(c.text for c in own)]
        if in_subject(turn):  # the area that a place led to stands for it
            texts.extend(words for p in turn.understanding.located.places for words in (p.words, p.label))
        missing = uncovered(question, self.expand(turn)(question), texts, self.rarity())
        topic = topic_words(wanted) if content_stems(topic_words(wanted)) else ""
        return Signs(
            cosine=best.features.cosine,
            late=best.features.late,
            weakest=max(c.weakest for c in own),
            missing=missing,
            unfit=expects(kind) and (best.features.kind < 0.5 or misses_count(kind, best.text, question)),
            missing_specifics=best.features.unnamed,
            inexact=asks_exact_day(question) and not has_full_date(best.text, years(question)),
            of_another=is_of_another(question, " ".join(texts), dates=turn.understanding.period is None),
            elsewhere=best.about_area is False and not best.placeless,
            gap=gap is not None,
            unmet=weight_unmet(f"{question} {part.own}", best.text),
            not_held=bool(best.features.not_held),
            unfocused=self.unfocused(wanted, [best.text, *best.hit.passage.heading[-1:]], turn),
            untold=bool(content_stems(topic))
            and uncovered(topic, self.expand(turn)(topic), texts, self.rarity()) == 1.0,
            asked=best.features.asked if best.in_known else None,
            read=None if self._reader is None else best.features.read,
            foreign=bool(turn.profile.subject) and not in_subject(turn),
        )

    def unfocused(self, question: str, texts: Sequence[str], turn: Turn) -> float:
        """The share of the words of what is asked for that `texts` do not hold in any form."""
        focus = " ".join(focus_words(question))
        ordinary = ordinary_stems(ordinary_names(turn.profile))
        wanted = " ".join(w for w in focus.split() if not set(content_stems(w)) <= ordinary)
        return uncovered(wanted, self.expand(turn)(wanted), texts, self.rarity()) if content_stems(wanted) else 0.0


def _better(as_asked: Sequence[Candidate], general: Sequence[Candidate]) -> list[Candidate]:
    """Each sentence as it scores better: against the question as asked, or without the places it names."""
    best = {(c.hit.passage.passage_id, c.index): c for c in as_asked}
    for c in general:
        key = (c.hit.passage.passage_id, c.index)
        if key not in best or c.score > best[key].score:
            best[key] = replace(c, placeless=True)
    return in_order(best.values())


def fitting_first(candidates: Sequence[Candidate], kind: Kind, question: str) -> list[Candidate]:
    """`candidates`; those that lack a form which the question asks for stand further back.

    Such a form is a reason, a person, or a number of the very thing that is counted.
    """
    lacking = {id(c): len(unmet(question, c.text)) + misses_count(kind, c.text, question) for c in candidates}
    if not any(lacking.values()):
        return list(candidates)
    lower = [
        replace(c, score=c.score - LACKING * lacking[id(c)], alone=c.alone - LACKING * lacking[id(c)])
        for c in candidates
    ]
    return sorted(lower, key=lambda c: (-c.score, c.rank, c.index))


def ordinary_names(profile: CollectionProfile) -> tuple[str, ...]:
    """Names that single nothing out in a collection: its vocabulary, and its areas (which are scoped instead)."""
    words = [w for term, others in profile.vocabulary.items() for w in (term, *others)]
    return (*words, "England", *(n for a in profile.areas for n in (a.name, *a.names)))
