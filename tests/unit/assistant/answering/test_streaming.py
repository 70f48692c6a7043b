"""The walk as events: the same answer as `ask`, sentences only once they are verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.assistant import Assistant
from assistant.answering.assistant import Path as AnswerPath
from assistant.answering.events import Accepted, Cited, Done, Failed, Said, Stepped
from assistant.answering.model import AnswerStatus, Question
from assistant.answering.origin import Origin
from assistant.answering.turn import Draft, DraftStatement, Step, Stop, Turn
from assistant.answering.verify import Verify
from tests.fakes import model_world as w
from tests.fakes.knowledge import hit, quote, version
from tests.fakes.scripted_model import BEHAVIOURS, ScriptedModel

ASKED = Question(question=w.QUESTION)


def walked(*steps: Step, memory: w.Memory | None = None) -> Assistant:
    snapshot = w.OneSnapshot()
    path = AnswerPath([(f"s{n}", s) for n, s in enumerate(steps)], lambda: snapshot)
    return Assistant(lambda _name: path, memory or w.Memory(), lambda: w.TODAY, "lsip")


def test_extraction_streams_the_same_events() -> None:
    events = list(walked(w.extracted, Verify(w.LIVE)).stream(ASKED))
    assert [type(e) for e in events] == [Accepted, Stepped, Stepped, Cited, Said, Cited, Said, Done]
    done = events[-1]
    assert isinstance(done, Done)
    said = [e.statement for e in events if isinstance(e, Said)]
    assert " ".join(s.text for s in said) == done.answer.plain
    assert [s.citations for s in said] == [(1,), (2,)]
    assert tuple(e.citation for e in events if isinstance(e, Cited)) == done.answer.citations
    assert isinstance(events[0], Accepted)
    assert events[0] == Accepted(done.answer.conversation_id, done.answer.answer_id)


def test_an_answer_has_the_id_its_origin_gives() -> None:
    memory = w.Memory()
    answer = walked(w.extracted, Verify(w.LIVE), memory=memory).ask(ASKED, Origin(answer_id="known"))
    assert answer.answer_id == "known"


def test_a_conversation_keeps_its_id() -> None:
    events = list(walked(w.extracted, Verify(w.LIVE)).stream(ASKED.model_copy(update={"conversation_id": "c-9"})))
    assert isinstance(events[0], Accepted)
    assert events[0].conversation_id == "c-9"


def test_a_models_sentence_comes_before_its_reply_has_ended() -> None:
    model = ScriptedModel(BEHAVIOURS["well"])
    stream = w.assistant(model).stream(ASKED)
    first = next(e for e in stream if isinstance(e, Said))
    assert first.statement.text.startswith("The LSIF is closed")
    assert not model.closed
    stream.close()
    assert model.closed


def test_a_walk_that_is_left_stores_nothing() -> None:
    memory = w.Memory()
    stream = w.assistant(ScriptedModel(BEHAVIOURS["well"]), memory).stream(ASKED)
    next(stream)
    stream.close()
    assert memory.saved == []


def test_settled_statements_lead_and_are_not_repeated() -> None:
    done = list(w.assistant(ScriptedModel(BEHAVIOURS["well"])).stream(ASKED))[-1]
    assert isinstance(done, Done)
    assert done.answer.citations[0].quote == w.CLOSED


def test_a_stop_and_a_failure_say_nothing() -> None:
    def stop(turn: Turn) -> Stop:
        return Stop(AnswerStatus.NO_EVIDENCE, "Not held.", turn)

    def broken(turn: Turn) -> Turn:
        raise ValueError("secret")

    stopped = list(walked(stop).stream(ASKED))
    failed = list(walked(broken).stream(ASKED))
    assert [type(e) for e in stopped] == [Accepted, Stepped, Done]
    assert [type(e) for e in failed] == [Accepted, Stepped, Failed]


def test_what_the_guard_withholds_is_not_said() -> None:
    def stale(turn: Turn) -> Turn:
        old = hit("The fund is open.", of=version(valid_to=w.TODAY.replace(year=2020)))
        return replace(
            turn,
            draft=Draft((DraftStatement("The fund is open.", quote(old, "The fund is open.")),), "x", turn.as_of),
        )

    events = list(walked(stale).stream(ASKED))
    assert not [e for e in events if isinstance(e, Said)]
    done = events[-1]
    assert isinstance(done, Done)
    assert done.answer.status is AnswerStatus.BLOCKED_OUTPUT


@pytest.mark.parametrize("behaviour", ["mostly-bad", "truncated"])
def test_done_takes_back_what_was_said(behaviour: str) -> None:
    events = list(w.assistant(ScriptedModel(BEHAVIOURS[behaviour])).stream(ASKED))
    done = events[-1]
    assert isinstance(done, Done)
    assert [e for e in events if isinstance(e, Said)]
    assert done.answer.plain == f"{w.CLOSED} {w.LEADS}"
