"""The composer without a model: for each question asked, the sentences that answer it, quoted whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.belonging import Belonging, sent_away
from assistant.answering.candidates import Candidate, says_not_held
from assistant.answering.completing import counted_list
from assistant.answering.consult import gives, settles
from assistant.answering.expectations import KIND_WORDS, expects, fits
from assistant.answering.forms import focus_words
from assistant.answering.gaps import in_words, names
from assistant.answering.likeness import overlap, uncovered
from assistant.answering.listing import POINTED
from assistant.answering.model import AnswerStatus, Choice
from assistant.answering.near_misses import lacking_in, of_another
from assistant.answering.parts import asked
from assistant.answering.periods import is_of_another_time
from assistant.answering.polarity import Verdict, plainly_asked, verdict
from assistant.answering.premises import correction, first_sentence
from assistant.answering.reach import asks_reach
from assistant.answering.related import related
from assistant.answering.rules_first import rules_first
from assistant.answering.selection import Limits, following_list, select, within
from assistant.answering.sentences import Found, Sentences
from assistant.answering.statements import statements_of, statements_of_hit
from assistant.answering.turn import Draft, DraftStatement, Finding, Kind, Stop, Turn
from assistant.answering.understand import question_kind
from assistant.answering.weighing import undoubted
from assistant.areas.notes import place_notes
from prompts import message
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

COMPOSER = "extractive"
DECIDING = 3  # sentences of an answer among which one may settle a yes/no question
MOST_LEFT_OVER, LEFT_OVER = 0.55, 3  # share and number of a question's words that an engine's fact may leave unsaid
MOST_UNSAID = 0.5  # the share from which a finding that is read as beside the question is not said at all
_GENERAL = frozenset(
    word for words in KIND_WORDS.values() for word in words
)  # words that ask for no thing of their own
_PLAIN_FORMS = frozenset({Kind.WHEN, Kind.HOW_MUCH, Kind.HOW_MANY})  # recognised without fail
NEAREST = 5  # candidates in whose documents a list is looked for that a sentence counts
HEDGED = 2  # sentences of an answer that may not answer


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When to answer. Calibrated on the tuning half of the golden set (docs/evaluation.md)."""

    answer_from: float = 0.4  # confidence from which an answer is given
    sure_from: float = 0.68  # confidence below which it is said to be near the question only


class Extract:
    """Chooses sentences from the passages found; stops when none answers."""

    def __init__(
        self,
        retriever: Retriever,
        sentences: Sentences,
        belonging: Belonging,
        *,
        limits: Limits | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._retriever = retriever
        self._sentences = sentences
        self._belonging = belonging
        self._limits = limits or Limits()
        self._thresholds = thresholds or Thresholds()

    def __call__(self, turn: Turn) -> Turn | Stop:
        turn, found = rules_first(turn, self._sentences.find(turn))
        turn = self._to_the_point(undoubted(turn, found))
        asks = next((f.asks for f in turn.findings if f.asks), None)
        if asks is not None and turn.understanding.outside is None:
            return Stop(AnswerStatus.CLARIFY, asks.text, turn, choices=asks.choices)
        led = any(f.leads for f in turn.findings)
        corrected = None if led else correction(turn, self._retriever)
        if not found and not led:
            return self._nothing(turn)
        sure = [f for f in found if self._answers(f, turn)]
        sure = [f for f in sure if not self._settled(f.question, turn)]
        findings = [f for f in turn.findings if not f.gap]
        stated = _stated(findings, turn)
        if turn.findings and not findings:
            return self._nothing(replace(turn, confidence=0.0), [f.text for f in turn.findings])
        hedged = all(self._is_hedged(f, turn) for f in sure)  # that is no answer to what is not of the subject
        if hedged and corrected is None and not stated and (not sure or self._belonging.is_elsewhere(turn)):
            best = max(found, key=lambda f: f.confidence)
            return self._nothing(replace(turn, confidence=best.confidence), [in_words(f.gap) for f in found if f.gap])
        choices = self._which_area(turn, sure)
        if choices and corrected is None and not stated:
            return Stop(AnswerStatus.CLARIFY, message("clarify_which"), turn, choices=choices)
        as_of = sure[0].as_of if sure else turn.as_of
        if findings:
            as_of = turn.as_of if _of_now_too(findings, turn) else findings[0].on or turn.as_of
        sure = [f for f in sure if f.as_of == as_of]
        limits = replace(self._limits, sentences=self._limits.sentences - (len(sure) > 1) * 2)
        groups: list[list[DraftStatement]] = []
        for f in sure:
            said = [s for group in groups for s in group]
            own = replace(limits, sentences=min(limits.sentences, HEDGED)) if self._is_hedged(f, turn) else limits
            chosen = select(_of_its_page(f, [*stated, *said]), f.kind, own, [s.text for s in said])
            groups.append(self._completed(chosen, f, as_of, own))
        said = [s for group in groups for s in group]
        if stated:
            rest = [
                [s for s in g if all(overlap(s.text, o.text) < limits.same_topic for o in stated)] for g in groups
            ]
            said = [*stated, *within(rest, limits.sentences + 1 - len(stated))]
        outside = self._outside(turn)
        if outside:
            said = outside
        if corrected is not None and not outside:
            as_of = turn.as_of
            unsure = [c.text for f in sure if self._is_hedged(f, turn) for c in f.candidates]
            said = [corrected, *_beside(corrected, said, unsure, limits)]
        said = list({s.text: s for s in reversed(said)}.values())[::-1]
        missing = [f.question for f in found if not self._answers(f, turn) and not self._settled(f.question, turn)]
        missing = [*(missing if sure or stated else []), *(f.missing for f in findings if f.missing and not f.told)]
        gaps = _named_gaps(found, findings) if corrected is None else []
        untold = [
            *(f.missing for f in findings if f.missing and f.told),
            *_told_not_held(_lacking(findings, stated), turn.interpreted),
        ]
        near = [f.question for f in sure if self._is_hedged(f, turn)] if corrected is None else []
        told = corrected is None and not outside and any(f.resort or f.told for f in findings)
        open_ = gaps or asked(turn.interpreted)[0].own in (*missing, *near)  # what is near says neither yes nor no
        if not (led or told or open_):  # what a check says is no yes or no but its own
            said = self._with_verdict(
                said, turn, denied=corrected is not None or (bool(outside) and asks_reach(turn))
            )
        reads = {f.question: f.signs.read or 0.0 for f in sure if f.signs is not None}
        lacking = [] if outside or gaps else lacking_in(said, turn, reads, [*missing, *near], corrected is not None)
        if not (missing or near or lacking or untold) and of_another(said, turn):
            untold = [turn.interpreted]
        turn = replace(
            turn,
            as_of=as_of,
            confidence=max(min((f.confidence for f in sure), default=0.55), 0.9 if stated or outside else 0.0),
        )
        draft = Draft(
            tuple(said),
            COMPOSER,
            as_of,
            notes=(*gaps, *self._notes(turn, missing, near, lacking), *_replaced(said, turn)),
            missing="; ".join([*missing, *near, *lacking, *untold, *gaps]) or None,
        )
        return replace(turn, draft=draft)

    def _completed(
        self, chosen: list[DraftStatement], found: Found, as_of: date, limits: Limits
    ) -> list[DraftStatement]:
        """`chosen` with the list that its first sentence leads up to, or whose members it counts."""
        if not chosen or found.kind in POINTED:
            return chosen
        document = self._retriever.document_passages(chosen[0].quote.hit.version.document_id, as_of)
        place, listed = 1, following_list(chosen, document, limits) if found.kind is Kind.LIST else []
        if not listed:
            near = dict.fromkeys(c.hit.version.document_id for c in found.candidates[:NEAREST])
            passages = [h for d in near for h in self._retriever.document_passages(d, found.as_of)]
            place, listed = counted_list(chosen, [*document, *passages], limits)
        if not listed:
            return chosen
        own = chosen[place - 1].quote.hit.passage.passage_id  # beside a list what others say only surrounds it
        return [*chosen[:place], *listed, *(s for s in chosen[place:] if s.quote.hit.passage.passage_id == own)]

    def _with_verdict(self, said: list[DraftStatement], turn: Turn, *, denied: bool) -> list[DraftStatement]:
        """`said` with yes, no or "that depends" before the sentence that settles a yes/no question, put first.

        `denied` says that the first sentence denies what the question takes for granted or asks for.
        """
        question, then = asked(turn.interpreted)[0].own, turn.understanding.period
        if denied and said and plainly_asked(question):
            return [replace(said[0], text=f"{message(Verdict.NO.value)} {said[0].text}"), *said[1:]]
        if any(s.text.startswith(tuple(message(v.value) for v in Verdict)) for s in said[:1]):
            return said
        for place, s in enumerate(said[:DECIDING]):
            hit = s.quote.hit
            above = f"{hit.version.title} {' '.join(hit.passage.heading[-1:])}"
            found = (
                verdict(question, s.text, above, self._sentences.expand(turn), self._sentences.rarity())
                if s.role != "item" and not says_not_held(s.text) and not (then and is_of_another_time(s.text, then))
                else None
            )
            if found is not None:
                led = replace(s, text=f"{message(found.value)} {s.text}", role="sentence" if place else s.role)
                return [led, *said[:place], *said[place + 1 :]]
        return said

    def _settled(self, question: str, turn: Turn) -> bool:
        """Whether an engine's finding answers this question already: it is for it, and little asked is left over."""
        for finding in turn.findings:
            if gives(finding, question):
                return True
            if settles(finding, question) and not (finding.broad and self._leaves_over(question, turn)):
                return True
        return False

    def _to_the_point(self, turn: Turn) -> Turn:
        """`turn` without findings set off by a word: read as beside the question, and silent on most that is asked.

        What one engine found is taken as a whole. A broad finding stays: what it leaves open is told beside it.
        """
        beside = [f for f in turn.findings if f.beside and not f.broad and not f.gap]
        silent = {f.engine for f in beside if self._is_silent([o for o in beside if o.engine == f.engine], turn)}
        kept = [f for f in turn.findings if f not in beside or f.engine not in silent]
        return replace(turn, findings=tuple(kept))

    def _is_silent(self, findings: Sequence[Finding], turn: Turn) -> bool:
        """Whether findings leave most words of each question asked unsaid."""
        said = _told(findings, turn)
        return all(self._unsaid(part.own, said, turn) >= MOST_UNSAID for part in asked(turn.interpreted))

    def _unsaid(self, question: str, said: Sequence[str], turn: Turn) -> float:
        """The share of a question's words, by rarity, that `said` does not hold in any form."""
        return uncovered(question, self._sentences.expand(turn)(question), said, self._sentences.rarity())

    def _leaves_over(self, question: str, turn: Turn) -> bool:
        """Whether the findings leave most of what a question asks unsaid, as a fact beside the point does."""
        said = _told(turn.findings, turn)
        told = any(fits(question_kind(question), text) for text in said)  # a sum, a date: whatever it was called
        told = told or not _GENERAL.isdisjoint(focus_words(question.lower()))
        if not told and self._sentences.unfocused(question, said, turn) == 1.0:
            return True
        left = self._unsaid(question, said, turn)
        held = {s for text in said for s in content_stems(text)}
        return left >= MOST_LEFT_OVER and len(set(content_stems(question)) - held) >= LEFT_OVER

    def _outside(self, turn: Turn) -> list[DraftStatement]:
        """For a question about a place beyond the collection: what it covers, and what is said of that nation."""
        nation = turn.understanding.outside
        if nation is None or not turn.profile.outside.document:
            return []
        hits = self._retriever.document_passages(turn.profile.outside.document, turn.as_of)
        about = [h for h in hits if h.passage.heading[-1:] == (nation,) and not h.passage.gap]
        return [first_sentence(hits[0]), *(s for h in about for s in statements_of_hit(h))] if hits else []

    def _answers(self, found: Found, turn: Turn) -> bool:
        if turn.understanding.outside is not None and turn.profile.outside.document:
            return bool(found.candidates)
        return not found.refuses and bool(found.candidates) and found.confidence >= self._thresholds.answer_from

    def _is_hedged(self, found: Found, turn: Turn) -> bool:
        """Whether what was found is near the question and may not answer it."""
        if turn.understanding.outside is not None or not found.candidates:
            return False
        best = found.candidates[0].features
        return found.aside or bool(best.not_held or best.rival) or found.confidence < self._thresholds.sure_from

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

    def _notes(
        self, turn: Turn, missing: Sequence[str], near: Sequence[str], lacking: Sequence[str]
    ) -> tuple[str, ...]:
        notes = []
        several = len(asked(turn.interpreted)) > 1  # one question alone is not said again: its words may be anything
        if near:
            which = message("partly_near_of", missing="; ".join(near).rstrip(" ?.")) if several else ""
            notes.append(" ".join([message("partly_near"), which]).strip())
        whole = {a.own for a in asked(turn.interpreted)} if not several else set()
        named = [m for m in missing if m not in whole]
        if len(named) < len(missing):
            notes.append(message("partly_rest"))
        if named:
            notes.append(message("partly", missing="; ".join(named).rstrip(" ?.")))
        if lacking:
            notes.append(message("partly", missing="; ".join(dict.fromkeys(lacking))))
        period = turn.understanding.period
        if period is not None and turn.as_of == period.end and turn.as_of != turn.today:
            notes.append(message("note_year", period=period.words, date=turn.as_of.strftime("%-d %B %Y")))
        notes.extend(f.text for f in turn.findings if f.gap)
        notes.extend(note for f in turn.findings for note in f.notes)
        names = {a.id: a.name for a in turn.understanding.areas_named}
        notes.extend(place_notes(turn.understanding.located, names))
        return tuple(notes)

    def _nothing(self, turn: Turn, gaps: Sequence[str] = ()) -> Stop:
        """A refusal; `gaps` are the recorded gaps that were asked for, each in its words or "" where it is unsure."""
        if not gaps and self._belonging.is_elsewhere(turn):
            return sent_away(turn)
        listed = related(turn.hits)
        nearby = message("no_evidence_nearby") if listed else ""
        if gaps:
            text = message("no_evidence_gap", nearby=nearby)
        else:
            text = message("no_evidence", nearby=nearby, date=turn.as_of.strftime("%-d %B %Y"))
        told = dict.fromkeys([*(note for f in turn.findings for note in f.notes), *gaps])
        return Stop(AnswerStatus.NO_EVIDENCE, " ".join(t for t in (*told, text) if t), turn, related=listed)


def _told(findings: Sequence[Finding], turn: Turn) -> list[str]:
    """What findings say, and the places that led to them."""
    said = [text for f in findings for text in (f.text, *(q.text for q in f.quotes))]
    return said + [w for p in turn.understanding.located.places for w in (p.words, p.label)]


def _of_now_too(findings: Sequence[Finding], turn: Turn) -> bool:
    """Whether some findings are about the date of the answer and others about another, as two questions may ask."""
    dates = {f.on for f in findings if f.on is not None}
    return turn.as_of in dates and len(dates) > 1


def _replaced(said: Sequence[DraftStatement], turn: Turn) -> Sequence[str]:
    """The remark that words in force on the past date of the answer are so no more; none where they still are."""
    ends = [q.hit.version.valid_to for s in said for q in s.quotes]
    gone = turn.as_of < turn.today and any(end is not None and end < turn.today for end in ends)
    return (message("note_replaced"),) if gone else ()


def _stated(findings: Sequence[Finding], turn: Turn) -> list[DraftStatement]:
    """What the findings say, in order; of those on several dates each past one with its date, behind the others."""
    if not _of_now_too(findings, turn):
        return [s for f in findings for s in statements_of(f)]
    past = [f for f in findings if f.on is not None and f.on < turn.as_of]
    now = [s for f in findings if f not in past for s in statements_of(f)]
    return [*now, *(replace(s, on=s.on or f.on) for f in past for s in statements_of(f))]


def _of_its_page(found: Found, said: Sequence[DraftStatement]) -> Sequence[Candidate]:
    """The candidates of a question; of one that is nothing but its form ("and until when?"), where what is said has
    that form already, those of the page that says so: on others stands what was not asked of.
    """
    if content_stems(found.question) or found.kind not in _PLAIN_FORMS:
        return found.candidates
    pages = {s.quote.hit.version.document_id for s in said if fits(found.kind, s.text)}
    return [c for c in found.candidates if not pages or c.hit.version.document_id in pages]


def _lacking(findings: Sequence[Finding], stated: Sequence[DraftStatement]) -> Sequence[DraftStatement]:
    """What may say that a thing asked for is not held: nothing where that is the answer, as to "which have none?"."""
    return [] if all(f.whole for f in findings) else stated


def _beside(
    corrected: DraftStatement, said: Sequence[DraftStatement], unsure: Sequence[str], limits: Limits
) -> list[DraftStatement]:
    """What is said besides a correction: what it does not say itself; of unsure sentences those of its subject."""
    own = set(content_stems(corrected.text))
    return [
        s
        for s in said
        if overlap(s.text, corrected.text) < limits.same_topic
        and (s.text not in unsure or own & set(content_stems(s.text)))
    ]


def _named_gaps(found: Sequence[Found], findings: Sequence[Finding]) -> list[str]:
    """What is said not to be held beside an answer: gaps nearer to a question than what is said of it."""
    surest = max((f.read or 0.0 for f in findings), default=1.0)
    return list(dict.fromkeys(f.gap.text for f in found if f.gap and (f.aside or names(f.gap, surest))))


def _told_not_held(stated: Sequence[DraftStatement], question: str) -> list[str]:
    """The question, where what the engines say of it is that what it asks for is not held."""
    if not stated:
        return []
    held = [s.text for s in stated if not says_not_held(s.text)]
    kind = question_kind(question)
    lacks = expects(kind) and len(held) < len(stated) and not any(fits(kind, text) >= 0.5 for text in held)
    return [question] if says_not_held(stated[0].text) or lacks else []
