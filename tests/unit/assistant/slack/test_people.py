"""The opaque names of people, conversations and arrivals."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.model import Question
from assistant.slack.model import Surface
from assistant.slack.people import arrival_names, conversation_id, person_id, workspace_prefix
from tests.fakes.slack_kept import SECRET, arrival, reply


def test_a_person_has_one_name_in_a_workspace_and_another_in_the_next() -> None:
    name = person_id(SECRET, "T1", "U1")
    assert name == person_id(SECRET, "T1", "U1")
    assert len({name, person_id(SECRET, "T2", "U1"), person_id(SECRET, "T1", "U2"), person_id("x", "T1", "U1")}) == 4
    assert "U1" not in name and len(name) <= 64


def test_the_beginning_of_a_name_tells_its_workspace() -> None:
    a = arrival()
    mine, other = workspace_prefix(SECRET, "T1"), workspace_prefix(SECRET, "T2")
    assert person_id(SECRET, "T1", "U1").startswith(mine) and conversation_id(SECRET, a).startswith(mine)
    assert mine != other and not person_id(SECRET, "T2", "U1").startswith(mine)


def test_a_thread_is_one_conversation_whoever_speaks_in_it() -> None:
    first = arrival()
    answer = reply(first, user="U2", surface=Surface.THREAD)
    assert conversation_id(SECRET, first) == conversation_id(SECRET, answer)
    assert conversation_id(SECRET, first) != conversation_id(SECRET, arrival())
    assert conversation_id(SECRET, first) != conversation_id(SECRET, replace(first, team="T2"))


def test_commands_of_one_person_in_one_channel_are_one_conversation() -> None:
    one, two = (arrival(surface=Surface.COMMAND) for _ in range(2))
    assert conversation_id(SECRET, one) == conversation_id(SECRET, two)
    for other in (replace(two, user="U2"), replace(two, channel="C2"), replace(two, surface=Surface.MENTION)):
        assert conversation_id(SECRET, other) != conversation_id(SECRET, one)


def test_a_question_takes_the_name_of_its_conversation() -> None:
    name = conversation_id(SECRET, arrival())
    assert Question(question="Who?", conversation_id=name).conversation_id == name


def test_parts_are_not_confused() -> None:
    assert conversation_id(SECRET, arrival(channel="C1", ts="12")) != conversation_id(
        SECRET, arrival(channel="C11", ts="2")
    )
    assert (
        arrival_names(SECRET, arrival(event_id="E", ts="1"))[1]
        == arrival_names(SECRET, arrival(event_id="F", ts="1"))[1]
    )
