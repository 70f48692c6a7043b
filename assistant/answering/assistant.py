"""The assistant: the path from question to answer as a list of steps, and what is stored of it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from assistant.answering import guard
from assistant.answering.area_names import find_area
from assistant.answering.assemble import as_plain, as_text, number, of_the_past
from assistant.answering.events import Accepted, Done, Event, Failed, Stepped
from assistant.answering.inert import inert_citation, inert_related
from assistant.answering.model import (
    Answer,
    AnswerStatus,
    Area,
    Block,
    Citation,
    Erb,
    NextStep,
    Note,
    Question,
)
from assistant.answering.origin import Origin, new_id
from assistant.answering.recall import Recall
from assistant.answering.speaking import Speech
from assistant.answering.turn import DraftStatement, Step, Stop, Turn
from prompts import message
from vectorstore.errors import KnowledgeError, LsipError, UsageError
from vectorstore.profile import CollectionProfile
from vectorstore.snapshot import Snapshot

log = logging.getLogger(__name__)


class Store(Protocol):
    """Keeps answers, so that each citation can be checked again later."""

    def save(self, question: Question, answer: Answer, snapshot: Snapshot, origin: Origin) -> None: ...


@runtime_checkable
class SpeakingStep(Protocol):
    """A step that gives verified statements while it works, and None while it has none."""

    def stream(self, turn: Turn, /) -> Generator[DraftStatement | None, None, Turn | Stop]: ...


@dataclass(frozen=True, slots=True)
class Path:
    """The steps of one collection, in order, and where its knowledge is seen."""

    steps: Sequence[tuple[str, Step]]
    snapshot: Callable[[], Snapshot]
    locate: Callable[[str, date], str | None] | None = None  # the one area that a place lies in on a date
    generation: Callable[[], int] | None = None  # that of the knowledge now; a snapshot may be some milliseconds old


class Assistant:
    """Answers questions. One instance serves all doors and threads of a process."""

    def __init__(
        self,
        paths: Callable[[str], Path],
        store: Store,
        today: Callable[[], date],
        default_collection: str,
        recall: Recall | None = None,
    ) -> None:
        """Without `recall`, a question that was asked before is worked out again."""
        self._paths = paths
        self._store = store
        self._today = today
        self._default = default_collection
        self._recall = recall or Recall(0)

    def ask(self, question: Question, origin: Origin | None = None) -> Answer:
        """The answer to one question, stored as coming from `origin` and under its id.

        Raises UsageError for an unknown collection or area and KnowledgeError for indexes that cannot be used;
        any other failure becomes an answer with the status `failed`.
        """
        for event in self.stream(question, origin):
            if isinstance(event, Done | Failed):
                return event.answer
        raise AssertionError("a walk ends with an answer")

    def stream(self, question: Question, origin: Origin | None = None) -> Generator[Event, None, None]:
        """The same walk as it happens: accepted, steps, statements with their citations, and `Done` or `Failed`.

        Closing the iterator stops the work; an answer that was not finished is not stored. Raises what `ask` raises.
        """
        origin = origin or Origin()
        collection = question.collection or self._default
        path = self._paths(collection)
        snapshot = path.snapshot()
        today = question.as_of or self._today()
        question = resolve_area(question, snapshot.profile, today, path.locate)
        if question.conversation_id is None:
            asked = question.model_copy(update={"conversation_id": new_id()})
        else:
            asked = question
        turn = Turn(asked, question.question, today, today, collection, snapshot.profile, answer_id=origin.answer_id)
        yield Accepted(asked.conversation_id or "", origin.answer_id)
        timings: dict[str, float] = {}
        started = time.perf_counter()
        try:
            answer = yield from self._recalled(path, turn, snapshot.generation, timings)
        except LsipError:
            raise
        except Exception:
            log.exception("an answer failed")
            answer = self._stopped(Stop(AnswerStatus.FAILED, message("failed"), turn), timings)
        timings["total"] = (time.perf_counter() - started) * 1000
        answer = answer.model_copy(update={"timings": {k: round(v, 2) for k, v in timings.items()}})
        try:
            self._store.save(question, answer, snapshot, origin)
        except Exception as error:
            log.exception("an answer could not be stored")
            raise KnowledgeError(
                "The answer could not be stored, so it is not given.",
                "Check LSIP_DATABASE_URL, and that the disk is neither full nor read-only.",
            ) from error
        yield Failed(answer) if answer.status is AnswerStatus.FAILED else Done(answer)

    def _recalled(
        self, path: Path, turn: Turn, generation: int, timings: dict[str, float]
    ) -> Generator[Event, None, Answer]:
        """The walk, or what came of it when the same was asked before."""
        key = self._recall.key(turn, generation)
        before = self._recall.get(key)
        if before is None or (path.generation is not None and path.generation() != generation):
            return (yield from self._recall.listen(key, self._walk(path, turn, timings)))
        yield from before.spoken
        ids = {"answer_id": turn.answer_id, "conversation_id": turn.asked.conversation_id}
        return before.answer.model_copy(update=ids)

    def _walk(self, path: Path, turn: Turn, timings: dict[str, float]) -> Generator[Event, None, Answer]:
        speech = Speech(turn.as_of, turn.profile)
        for name, step in path.steps:
            yield Stepped(name)
            started = time.perf_counter()
            if isinstance(step, SpeakingStep):
                outcome = yield from speech.follow(step.stream(turn))
            else:
                outcome = step(turn)
            timings[name] = (time.perf_counter() - started) * 1000
            if isinstance(outcome, Stop):
                return self._stopped(outcome, timings)
            turn = outcome
        answer = self._answered(turn)
        assert turn.draft is not None
        wrong = guard.problems(answer, turn.profile, of_the_past(turn.draft, answer.citations))
        if wrong:
            log.error("an answer was withheld: %s", "; ".join(wrong))
            return self._stopped(Stop(AnswerStatus.BLOCKED_OUTPUT, message("blocked_output"), turn), timings)
        yield from speech.rest(turn.draft)
        return answer

    def _answered(self, turn: Turn) -> Answer:
        assert turn.draft is not None
        blocks, numbered = number(turn.draft)
        citations = tuple(inert_citation(c, turn.profile) for c in numbered)
        extra: list[Block] = [Note(text=t) for t in turn.draft.notes]
        extra.extend(NextStep(text=t) for t in next_steps(turn))
        status = AnswerStatus.ANSWERED_PARTLY if turn.draft.missing else AnswerStatus.ANSWERED
        return _answer(turn, status, (*blocks, *extra), citations, turn.draft.composer, turn.confidence)

    def _stopped(self, stop: Stop, timings: dict[str, float]) -> Answer:
        blocks: list[Block] = [Note(text=stop.text)]
        if stop.status is AnswerStatus.OUT_OF_SCOPE and stop.turn.profile.ask_elsewhere:
            blocks.append(NextStep(text=stop.turn.profile.ask_elsewhere))
        if stop.status is AnswerStatus.NO_EVIDENCE:
            blocks.extend(NextStep(text=t) for t in next_steps(stop.turn))
        answer = _answer(stop.turn, stop.status, tuple(blocks), (), "none", min(stop.turn.confidence, 0.49))
        related = tuple(inert_related(r, stop.turn.profile) for r in stop.related)
        return answer.model_copy(update={"choices": stop.choices, "related": related})


def _answer(
    turn: Turn,
    status: AnswerStatus,
    blocks: tuple[Block, ...],
    citations: tuple[Citation, ...],
    composer: str,
    confidence: float,
) -> Answer:
    area = turn.understanding.area
    return Answer(
        status=status,
        text=as_text(blocks),
        plain=as_plain(blocks),
        blocks=blocks,
        confidence=round(confidence, 4),
        interpreted_question=turn.interpreted or turn.asked.question,
        as_of=turn.as_of,
        area=Area(id=area.id, name=area.name, erb=Erb(name=area.erb, url=area.url or None)) if area else None,
        findings=tuple({"engine": f.engine, "text": f.text, **f.data} for f in turn.findings),
        citations=citations,
        conversation_id=turn.asked.conversation_id or new_id(),
        answer_id=turn.answer_id,
        composer=composer,
        writing=turn.writing,
    )


def next_steps(turn: Turn) -> list[str]:
    """Where to go next: the collection's advice for such a question, and the area's own body."""
    area, profile = turn.understanding.area, turn.profile
    steps: list[str] = []
    for step in profile.next_steps:
        fits = not step.outside or turn.understanding.outside is not None
        if fits and re.search(step.pattern, turn.interpreted, re.IGNORECASE):
            steps.append(step.text)
            break
    if area is not None and area.url and turn.understanding.outside is None:
        steps.append(message("next_erb", area=area.name, erb=area.erb, url=area.url))
    elif not steps and profile.ask and (turn.draft is None or turn.understanding.outside):
        steps.append(message("next_ask", ask=profile.ask))
    return steps


def resolve_area(
    question: Question, profile: CollectionProfile, on: date, locate: Callable[[str, date], str | None] | None = None
) -> Question:
    """`question` with its area as an id. Raises UsageError for an area, or a place, the collection does not know."""
    if not question.area:
        return question
    found = find_area(question.area, profile)
    area = found.id if found else (locate(question.area, on) if locate else None)
    if area is None:
        raise UsageError(
            f"There is no area {question.area!r} in this collection.",
            "Give an area's id (such as A06) or its name." if profile.areas else "Leave the area out.",
        )
    return question.model_copy(update={"area": area})
