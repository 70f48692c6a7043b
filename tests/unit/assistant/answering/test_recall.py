"""A question asked again is answered again without being worked out; whatever the answer depends on makes it new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.assistant import Assistant
from assistant.answering.assistant import Path as AnswerPath
from assistant.answering.events import Accepted, Cited, Done, Event, Said, Stepped
from assistant.answering.model import Answer, AnswerStatus, Message, Question
from assistant.answering.origin import Origin
from assistant.answering.recall import Recall
from assistant.answering.turn import Draft, Stop, Turn
from assistant.answering.writing import Writing
from tests.fakes.knowledge import TODAY, drafted, hit
from tests.fakes.model_world import OneSnapshot
from vectorstore.snapshot import Snapshot

HIT = hit("A plan lasts three years.")
ASKED = Question(question="How long does a plan last?")


class House:
    """An assistant with one step, which counts its turns, over a snapshot whose generation may move."""

    def __init__(
        self, capacity: int = 10, writing: Writing | None = None, status: AnswerStatus | None = None
    ) -> None:
        self.turns: list[Turn] = []
        self.saved: list[Answer] = []
        self.today = TODAY
        self.snapshot = OneSnapshot()
        self._writing, self._status = writing, status
        self.newest = self.snapshot.generation
        path = AnswerPath([("compose", self._compose)], lambda: self.snapshot, generation=lambda: self.newest)
        self.assistant = Assistant(lambda _: path, self, lambda: self.today, "lsip", Recall(capacity))

    def save(self, question: Question, answer: Answer, snapshot: Snapshot, origin: Origin) -> None:
        self.saved.append(answer)

    def _compose(self, turn: Turn) -> Turn | Stop:
        self.turns.append(turn)
        if self._status is not None:
            return Stop(self._status, "No.", turn)
        draft = Draft((drafted(HIT, "A plan lasts three years."),), "extractive", turn.as_of)
        return replace(turn, draft=draft, confidence=0.9, writing=self._writing)

    def events(self, question: Question = ASKED) -> list[Event]:
        return list(self.assistant.stream(question))


def test_the_same_question_is_worked_out_once_and_each_answer_is_one_of_its_own() -> None:
    house = House()
    first, second = house.assistant.ask(ASKED), house.assistant.ask(ASKED)
    assert len(house.turns) == 1
    assert first.answer_id != second.answer_id and first.conversation_id != second.conversation_id
    assert [a.answer_id for a in house.saved] == [first.answer_id, second.answer_id]
    own = {"answer_id", "conversation_id", "timings"}
    assert first.model_dump(exclude=own) == second.model_dump(exclude=own)


def test_what_is_recalled_is_streamed_as_it_was() -> None:
    house = House()
    first, second = house.events(), house.events()
    assert [e for e in first if isinstance(e, Said | Cited)] == [e for e in second if isinstance(e, Said | Cited)]
    assert [type(e) for e in second] == [Accepted, Cited, Said, Done]
    assert any(isinstance(e, Stepped) for e in first)
    done, accepted = second[-1], second[0]
    assert isinstance(done, Done) and isinstance(accepted, Accepted)
    assert (done.answer.answer_id, done.answer.conversation_id) == (accepted.answer_id, accepted.conversation_id)


@pytest.mark.parametrize(
    "other",
    [
        Question(question="How long does a plan live?"),
        Question(question=ASKED.question, as_of=date(2024, 1, 1)),
        Question(question=ASKED.question, area="A01"),
        Question(question=ASKED.question, history=(Message(role="user", text="And in Bath?"),)),
    ],
)
def test_another_question_day_area_or_history_is_worked_out(other: Question) -> None:
    house = House()
    house.assistant.ask(ASKED)
    house.assistant.ask(other)
    assert len(house.turns) == 2


def test_a_turn_with_a_history_is_never_remembered() -> None:
    house, told = House(), ASKED.model_copy(update={"history": (Message(role="user", text="Of which fund?"),)})
    house.assistant.ask(told)
    house.assistant.ask(told)
    assert len(house.turns) == 2


def test_new_knowledge_and_a_new_day_end_it() -> None:
    house = House()
    house.assistant.ask(ASKED)
    house.snapshot.generation += 1
    house.newest += 1
    house.assistant.ask(ASKED)
    house.today = date(2027, 1, 1)
    house.assistant.ask(ASKED)
    assert len(house.turns) == 3


def test_knowledge_that_moved_since_the_snapshot_was_taken_ends_it_too() -> None:
    house = House()
    house.assistant.ask(ASKED)
    house.newest += 1
    house.assistant.ask(ASKED)
    assert len(house.turns) == 2


@pytest.mark.parametrize("status", [AnswerStatus.BLOCKED_INPUT, AnswerStatus.BLOCKED_OUTPUT, AnswerStatus.FAILED])
def test_what_was_blocked_or_failed_is_tried_again(status: AnswerStatus) -> None:
    house = House(status=status)
    assert house.assistant.ask(ASKED).status == house.assistant.ask(ASKED).status == status
    assert len(house.turns) == 2


def test_what_stands_in_for_a_model_that_was_down_is_tried_again() -> None:
    down = House(writing=Writing(model="m", fallback="timeout"))
    down.assistant.ask(ASKED)
    down.assistant.ask(ASKED)
    up = House(writing=Writing(model="m"))
    up.assistant.ask(ASKED)
    up.assistant.ask(ASKED)
    assert (len(down.turns), len(up.turns)) == (2, 1)


def test_the_oldest_is_forgotten_first_and_none_is_held_without_room() -> None:
    house, none = House(capacity=2), House(capacity=0)
    questions = [Question(question=f"How long does plan {n} last?") for n in range(3)]
    for question in (*questions, questions[2], questions[1], questions[0]):
        house.assistant.ask(question)
        none.assistant.ask(question)
    assert [t.asked.question for t in house.turns] == [q.question for q in (*questions, questions[0])]
    assert len(none.turns) == 6


def test_a_walk_that_was_left_is_not_remembered() -> None:
    house = House()
    walk = house.assistant.stream(ASKED)
    while not isinstance(next(walk), Said):
        pass
    walk.close()
    house.assistant.ask(ASKED)
    assert len(house.turns) == 2
