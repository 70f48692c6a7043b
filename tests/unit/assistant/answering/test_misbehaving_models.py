"""Whatever a model does, a reader sees nothing false: what it invents is dropped, or extraction stands."""

from __future__ import annotations

import pytest

from assistant.answering.events import Done, Said
from assistant.answering.model import AnswerStatus, Question
from tests.fakes import model_world as w
from tests.fakes.scripted_model import BEHAVIOURS, Behaviour, ScriptedModel

ALL = list(BEHAVIOURS.values())
EXTRACTED = f"{w.CLOSED} {w.LEADS}"
WORDED = (
    "The LSIF is closed: its last payments were for the year that ended on 31 March 2025. "
    "The ERB must lead the development of the plan."
)


def test_there_are_many_ways_to_misbehave() -> None:
    assert len([b for b in ALL if b.wrong]) >= 25


@pytest.mark.parametrize("behaviour", ALL, ids=lambda b: b.name)
def test_what_is_seen(behaviour: Behaviour) -> None:
    memory = w.Memory()
    model = ScriptedModel(behaviour)
    events = list(w.assistant(model, memory).stream(Question(question=w.QUESTION)))
    done = events[-1]
    assert isinstance(done, Done)
    answer = done.answer
    spoken = [e.statement.text for e in events if isinstance(e, Said)]
    assert answer.status is AnswerStatus.ANSWERED
    assert memory.saved == [answer]
    assert answer.writing is not None
    assert answer.writing.fallback == behaviour.fallback
    if behaviour.fallback is None:
        assert (answer.composer, answer.plain) == (model.name, WORDED)
        assert " ".join(spoken) == WORDED
        assert answer.writing.kept == 2
        assert len(answer.writing.dropped) == (1 if behaviour.bad else 0)
    else:
        assert (answer.composer, answer.plain) == ("extractive", EXTRACTED)
        assert answer.writing.kept == 0
    for bad in behaviour.bad:
        assert bad not in answer.text
        assert not [s for s in spoken if bad in s]
    for cited in answer.citations:
        passage = next(h.passage for h in w.HITS if h.passage.passage_id == cited.passage_id)
        assert passage.text[cited.start - passage.start : cited.end - passage.start] == cited.quote


@pytest.mark.parametrize("behaviour", [b for b in ALL if not b.wire], ids=lambda b: b.name)
def test_the_size_of_the_pieces_changes_nothing(behaviour: Behaviour) -> None:
    one, other = (
        w.assistant(ScriptedModel(behaviour, piece=n)).ask(Question(question=w.QUESTION)) for n in (1, 100_000)
    )
    assert (one.plain, one.composer) == (other.plain, other.composer)
