"""The composer without a model: for each question asked, the sentences that answer it, quoted whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.candidates import Candidate, Scorer, gap_subject, ordinary_stems
from assistant.answering.confidence import Signs, logistic
from assistant.answering.consult import open_parts, settles
from assistant.answering.expectations import KIND_WORDS, expects, misses_count
from assistant.answering.features import WEIGHTS
from assistant.answering.forms import focus_words, unmet
from assistant.answering.likeness import coverage_of, overlap, rarity, uncovered
from assistant.answering.model import AnswerStatus, Choice
from assistant.answering.parts import Asked, asked
from assistant.answering.periods import mentions
from assistant.answering.polarity import Verdict, plainly_asked, verdict
from assistant.answering.premises import correction, first_sentence
from assistant.answering.related import related
from assistant.answering.retrieve import in_subject, with_areas
from assistant.answering.selection import Limits, select
from assistant.answering.specifics import asks_exact_day, has_full_date, years
from assistant.answering.token_cache import TokenCache
from assistant.answering.turn import Draft, DraftStatement, Finding, Kind, Quote, Stop, Turn
from assistant.answering.understand import areas_named, question_kind
from assistant.areas.notes import place_notes
from prompts import message
from vectorstore.model import Hit
from vectorstore.profile import CollectionProfile
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems, sentence_spans
from vectorstore.vocabulary import expansions, spell_out

COMPOSER = "extractive"
DECIDING = 3  # sentences of an answer among which one may settle a yes/no question
MOST_LEFT_OVER, LEFT_OVER = 0.55, 3  # share and number of a question's words that an engine's fact may leave unsaid
HEDGED = 2  # sentences of an answer that may not answer
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to answer. Calibrated on the tuning half of the golden set (docs/evaluation.md)."""

    answer_from: float = 0.4  # confidence from which an answer is given
    sure_from: float = 0.58  # confidence below which it is said to be near the question only
    gap_margin: float = 0.0  # how much less like the question than the best statement a recorded gap may be
    gap_from: float = 0.52  # likeness below which a recorded gap is about something else, unless
    gap_covered: float = 0.9  # this share of the words of the question stands in it
    past_bonus: float = 0.35  # for texts that were in force on the period named
    hopeless: float = 0.2  # confidence below which the same holds
    elsewhere: float = 0.45  # similarity below which a refused question without our words is about something else


@dataclass(frozen=True, slots=True)
class Found:
    """What one of the questions asked has got: its statements, how sure, or a recorded gap."""

    question: str
    kind: Kind
    candidates: tuple[Candidate, ...]
    gap: Candidate | None
    signs: Signs | None  # what was seen of the best candidate; None where there is none
    as_of: date

    @property
    def confidence(self) -> float:
        """How likely the best candidate answers (0..1)."""
        return logistic(self.signs) if self.signs else 0.0


class Extract:
    """Chooses sentences from the passages found; stops when none answers."""

    def __init__(
        self,
        retriever: Retriever,
        *,
        weights: Mapping[str, float] = WEIGHTS,
        limits: Limits | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._retriever = retriever
        self._encoder = TokenCache(retriever)
        self._weights = weights
        self._limits = limits or Limits()
        self._thresholds = thresholds or Thresholds()

    def __call__(self, turn: Turn) -> Turn | Stop:
        asks = next((f.asks for f in turn.findings if f.asks), None)
        if asks is not None and turn.understanding.outside is None:
            return Stop(AnswerStatus.CLARIFY, asks.text, turn, choices=asks.choices)
        led = any(f.leads for f in turn.findings)
        corrected = None if led else correction(turn, self._retriever)
        found = self.find(turn)
        if not found and not led:
            return self._nothing(turn)
        sure = [f for f in found if self._answers(f, turn)]
        sure = [f for f in sure if not self._settled(f.question, turn)]
        findings = [f for f in turn.findings if not f.gap]
        stated = [s for f in findings for s in statements_of(f)]
        if turn.findings and not findings:
            return self._nothing(replace(turn, confidence=0.0), gap=True)
        if not sure and corrected is None and not stated:
            best = max(found, key=lambda f: f.confidence)
            return self._nothing(replace(turn, confidence=best.confidence), gap=any(f.gap for f in found))
        choices = self._which_area(turn, sure)
        if choices and corrected is None and not stated:
            return Stop(AnswerStatus.CLARIFY, message("clarify_which"), turn, choices=choices)
        as_of = sure[0].as_of if sure else turn.as_of
        if findings:
            as_of = findings[0].on or turn.as_of
        sure = [f for f in sure if f.as_of == as_of]
        limits = replace(self._limits, sentences=self._limits.sentences - (len(sure) > 1) * 2)
        said: list[DraftStatement] = []
        for f in sure:
            own = replace(limits, sentences=min(limits.sentences, HEDGED)) if self._is_hedged(f, turn) else limits
            said.extend(select(f.candidates, f.kind, own, [s.text for s in said]))
        if stated:
            rest = [s for s in said if all(overlap(s.text, o.text) < limits.same_topic for o in stated)]
            said = [*stated, *rest][: max(len(stated), limits.sentences + 1)] if sure else stated
        outside = self._outside(turn)
        if outside:
            said = outside
        if corrected is not None and not outside:
            as_of = turn.as_of
            said = [corrected, *(s for s in said if overlap(s.text, corrected.text) < limits.same_topic)]
        said = list({s.text: s for s in reversed(said)}.values())[::-1]
        said = self._with_verdict(said, turn, denied=corrected is not None or bool(outside))
        missing = [f.question for f in found if not self._answers(f, turn) and not self._settled(f.question, turn)]
        missing = [*(missing if sure or stated else []), *(f.missing for f in findings if f.missing)]
        near = [f.question for f in sure if self._is_hedged(f, turn)] if corrected is None else []
        turn = replace(
            turn,
            as_of=as_of,
            confidence=max(min((f.confidence for f in sure), default=0.55), 0.9 if stated or outside else 0.0),
        )
        draft = Draft(
            tuple(said),
            COMPOSER,
            as_of,
            notes=self._notes(turn, missing, near),
            missing="; ".join([*missing, *near]) or None,
        )
        return replace(turn, draft=draft)

    def _with_verdict(self, said: list[DraftStatement], turn: Turn, *, denied: bool) -> list[DraftStatement]:
        """`said` with yes, no or "that depends" before the sentence that settles a yes/no question, put first.

        `denied` says that the first sentence denies what the question takes for granted or asks for.
        """
        question = asked(turn.interpreted)[0].own
        if denied and said and plainly_asked(question):
            return [replace(said[0], text=f"{message(Verdict.NO.value)} {said[0].text}"), *said[1:]]
        if any(s.text.startswith(tuple(message(v.value) for v in Verdict)) for s in said[:1]):
            return said
        for place, s in enumerate(said[:DECIDING]):
            hit = s.quote.hit
            above = f"{hit.version.title} {' '.join(hit.passage.heading[-1:])}"
            found = verdict(question, s.text, above, self._expand(turn), self._rarity()) if s.role != "item" else None
            if found is not None:
                led = replace(s, text=f"{message(found.value)} {s.text}", role="sentence" if place else s.role)
                return [led, *said[:place], *said[place + 1 :]]
        return said

    def _settled(self, question: str, turn: Turn) -> bool:
        """Whether an engine's finding answers this question already: it is for it, and little asked is left over."""
        for finding in turn.findings:
            if settles(finding, question) and (finding.leads or not self._leaves_over(question, turn)):
                return True
        return False

    def _leaves_over(self, question: str, turn: Turn) -> bool:
        """Whether the findings leave most of what a question asks unsaid, as a fact beside the point does."""
        said = [text for f in turn.findings for text in (f.text, *(q.text for q in f.quotes))]
        said += [w for p in turn.understanding.located.places for w in (p.words, p.label)]
        left = uncovered(question, self._expand(turn)(question), said, self._rarity())
        held = {s for text in said for s in content_stems(text)}
        return left >= MOST_LEFT_OVER and len(set(content_stems(question)) - held) >= LEFT_OVER

    def find(self, turn: Turn) -> list[Found]:
        """What each question that no engine settled has got."""
        return [f for f in (self._find(q, turn) for q in open_parts(turn)) if f is not None]

    def _outside(self, turn: Turn) -> list[DraftStatement]:
        """For a question about a place beyond the collection: what it covers, and what is said of that nation."""
        nation = turn.understanding.outside
        if nation is None or not turn.profile.outside.document:
            return []
        hits = self._retriever.document_passages(turn.profile.outside.document, turn.as_of)
        about = [h for h in hits if h.passage.heading[-1:] == (nation,) and not h.passage.gap]
        return [first_sentence(hits[0]), *(s for h in about for s in statements_of_hit(h))] if hits else []

    def _find(self, part: Asked, turn: Turn) -> Found | None:
        """The candidates for one question, from the texts of today or of the period it names."""
        question, kind = part.standalone, question_kind(part.own)
        pool = self._pool(part, kind, turn)
        if pool is None:
            return None
        candidates, as_of = pool
        statements = [c for c in candidates if not c.hit.passage.gap]
        gaps = [c for c in candidates if c.hit.passage.gap]
        best = statements[0] if statements else None
        gap = next((g for g in gaps if best is None or self._weighs_more(g, best, question, kind, turn)), None)
        signs = self._signs(part, kind, statements, gap, turn) if best else None
        return Found(part.own, kind, tuple(statements), gap, signs, as_of)

    def _weighs_more(self, gap: Candidate, best: Candidate, question: str, kind: Kind, turn: Turn) -> bool:
        """Whether the recorded gap is what was asked: as near as the best statement, and about little else."""
        if gap.similarity < self._thresholds.gap_from and gap.coverage < self._thresholds.gap_covered:
            return False
        wider = " ".join([question, *KIND_WORDS.get(kind, ()), *(o for _, o in self._expand(turn)(question))])
        subject = gap_subject(gap.text)
        known = f"{gap.hit.version.title} {' '.join(a.name for a in turn.understanding.areas_named)}"
        own = " ".join(s for s in content_stems(subject) if s not in content_stems(known))
        about = coverage_of(own, wider, self._rarity()) if own else 1.0
        other_number = bool(set(NUMBER.findall(subject)) - set(NUMBER.findall(f"{question} {known}")))
        nearer = gap.similarity - best.similarity + 0.3 * (gap.coverage - best.coverage)
        unfit = expects(kind) and best.features.kind < 0.5
        return nearer + 0.25 * (about - 0.5) - 0.15 * other_number + 0.1 * unfit > -self._thresholds.gap_margin

    def _answers(self, found: Found, turn: Turn) -> bool:
        if turn.understanding.outside is not None and turn.profile.outside.document:
            return bool(found.candidates)
        return found.gap is None and bool(found.candidates) and found.confidence >= self._thresholds.answer_from

    def _is_hedged(self, found: Found, turn: Turn) -> bool:
        """Whether what was found is near the question and may not answer it."""
        if turn.understanding.outside is not None or not found.candidates:
            return False
        return found.confidence < self._thresholds.sure_from or bool(found.candidates[0].features.not_held)

    def _pool(self, part: Asked, kind: Kind, turn: Turn) -> tuple[list[Candidate], date] | None:
        """Candidates from texts in force today, or from those in force on the period named, whichever fit better.

        A text of today may speak for a past period only where the sentence itself names it.
        """
        today = self._score(part, kind, turn, turn.hits_by_question.get(part.standalone, turn.hits))
        period = turn.understanding.period
        if period is None or not turn.history_hits:
            return (today, turn.as_of) if today else None
        then = self._score(part, kind, turn, turn.history_hits, dates=False)
        speaking = [c for c in today if mentions(c.text, period)]
        best_then = max((c.score for c in then), default=-1.0) + self._thresholds.past_bonus
        if speaking and speaking[0].score > best_then:
            return speaking, turn.as_of
        return (then, period.end) if then else None

    def _score(
        self, part: Asked, kind: Kind, turn: Turn, hits: Sequence[Hit], *, dates: bool = True
    ) -> list[Candidate]:
        scorer = Scorer(
            self._encoder,
            self._rarity(),
            self._expand(turn),
            spell_out=lambda text: spell_out(text, turn.profile.vocabulary),
            ordinary=ordinary_names(turn.profile),
            areas=lambda text: frozenset(a.id for a in areas_named(text, turn.profile)),
            weights=self._weights,
        )
        return scorer.score(
            with_areas(part.standalone, turn),
            kind,
            hits,
            own=with_areas(part.own, turn),
            areas=frozenset(turn.understanding.areas),
            dates=dates,
        )

    def _rarity(self) -> Callable[[str], float]:
        documents = self._retriever.document_count()
        return lambda stem: rarity(self._retriever.document_frequency(stem), documents)

    def _expand(self, turn: Turn) -> Callable[[str], list[tuple[str, str]]]:
        return lambda text: expansions(text, turn.profile.vocabulary)

    def _signs(
        self, part: Asked, kind: Kind, statements: Sequence[Candidate], gap: Candidate | None, turn: Turn
    ) -> Signs:
        """What can be seen of the best sentence, and of what stays uncovered."""
        question = part.standalone
        best = statements[0]
        own = [c for c in statements if c.hit.passage.passage_id == best.hit.passage.passage_id]
        texts = [best.hit.version.title, *best.hit.passage.heading, *(c.text for c in own)]
        if in_subject(turn):  # the area that a place led to stands for it
            texts.extend(words for p in turn.understanding.located.places for words in (p.words, p.label))
        missing = uncovered(question, self._expand(turn)(question), texts, self._rarity())
        return Signs(
            cosine=best.features.cosine,
            late=best.features.late,
            weakest=max(c.weakest for c in own),
            missing=missing,
            unfit=expects(kind) and (best.features.kind < 0.5 or misses_count(kind, best.text, question)),
            missing_specifics=best.features.unnamed,
            inexact=asks_exact_day(question) and not has_full_date(best.text, years(question)),
            elsewhere=best.about_area is False,
            gap=gap is not None,
            unmet=len(unmet(f"{question} {part.own}", best.text)),
            not_held=bool(best.features.not_held),
            unfocused=self._unfocused(part.own, [best.text, *best.hit.passage.heading[-1:]], turn),
            foreign=bool(turn.profile.subject) and not in_subject(turn),
        )

    def _unfocused(self, question: str, texts: Sequence[str], turn: Turn) -> float:
        """The share of the words of what is asked for that `texts` do not hold in any form."""
        focus = " ".join(focus_words(question))
        ordinary = ordinary_stems(ordinary_names(turn.profile))
        wanted = " ".join(w for w in focus.split() if not set(content_stems(w)) <= ordinary)
        return uncovered(wanted, self._expand(turn)(wanted), texts, self._rarity()) if content_stems(wanted) else 0.0

    def _which_area(self, turn: Turn, sure: Sequence[Found]) -> tuple[Choice, ...]:
        u = turn.understanding
        if not u.asks_own_area or u.areas or not sure:
            return ()
        if all(c.hit.version.area is None for c in sure[0].candidates[:3]):
            return ()
        ids = list(dict.fromkeys(c.hit.version.area for c in sure[0].candidates if c.hit.version.area))[:8]
        names = {a.id: a.name for a in turn.profile.areas}
        asked_again = turn.interpreted.rstrip(" ?")
        return tuple(Choice(label=names[i], question=f"{asked_again} ({names[i]})?") for i in ids if i in names)

    def _notes(self, turn: Turn, missing: Sequence[str], near: Sequence[str]) -> tuple[str, ...]:
        notes = []
        if near:
            notes.append(message("partly_near", missing="; ".join(near).rstrip(" ?.")))
        if missing:
            notes.append(message("partly", missing="; ".join(missing).rstrip(" ?.")))
        period = turn.understanding.period
        if period is not None and turn.as_of == period.end and turn.as_of != turn.today:
            notes.append(message("note_year", period=period.words, date=turn.as_of.strftime("%-d %B %Y")))
        notes.extend(f.text for f in turn.findings if f.gap)
        notes.extend(note for f in turn.findings for note in f.notes)
        names = {a.id: a.name for a in turn.understanding.areas_named}
        notes.extend(place_notes(turn.understanding.located, names))
        return tuple(notes)

    def _nothing(self, turn: Turn, *, gap: bool = False) -> Stop:
        near = max((h.similarity or 0.0 for h in turn.hits), default=0.0)
        far = near < self._thresholds.elsewhere or turn.confidence < self._thresholds.hopeless
        far = far or bool(turn.understanding.located.areas)  # a place alone makes no question one on the subject
        if turn.profile.subject and not gap and far and not in_subject(turn):
            return Stop(AnswerStatus.OUT_OF_SCOPE, message("out_of_scope", subject=turn.profile.subject), turn)
        listed = related(turn.hits)
        nearby = message("no_evidence_nearby") if listed else ""
        if gap:
            text = message("no_evidence_gap", nearby=nearby)
        else:
            text = message("no_evidence", nearby=nearby, date=turn.as_of.strftime("%-d %B %Y"))
        text = " ".join([*(note for f in turn.findings for note in f.notes), text])
        return Stop(AnswerStatus.NO_EVIDENCE, text.strip(), turn, related=listed)


def ordinary_names(profile: CollectionProfile) -> tuple[str, ...]:
    """Names that single nothing out in a collection: its vocabulary, and its areas (which are scoped instead)."""
    words = [w for term, others in profile.vocabulary.items() for w in (term, *others)]
    return (*words, "England", *(n for a in profile.areas for n in (a.name, *a.names)))


def statements_of(finding: Finding) -> list[DraftStatement]:
    """How a finding says itself; if it does not, each sentence of the quotations it rests on."""
    return list(finding.statements) or [s for q in finding.quotes for s in statements_of_quote(q)]


def statements_of_quote(quote: Quote) -> list[DraftStatement]:
    """Every sentence of a quotation; what it lists becomes items, with the sentence before them as their lead."""
    spans = sentence_spans(quote.text)
    made = []
    for number, (a, b) in enumerate(spans):
        text = quote.text[a:b]
        listed = number > 0 and "\n" in quote.text[:a]
        leads = not listed and number + 1 < len(spans) and "\n" in quote.text[b : spans[number + 1][0]]
        own = Quote(quote.hit, quote.start + a, quote.start + b, text)
        made.append(DraftStatement(text, own, "item" if listed else ("lead" if leads else "sentence")))
    return made


def statements_of_hit(hit: Hit) -> list[DraftStatement]:
    """Every sentence of a passage, each with its own quotation."""
    passage = hit.passage
    quotes = [
        Quote(hit, passage.start + a, passage.start + b, passage.text[a:b]) for a, b in sentence_spans(passage.text)
    ]
    return [DraftStatement(q.text, q) for q in quotes]
