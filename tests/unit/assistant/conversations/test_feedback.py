"""Votes: one a person and answer, changed and taken back, free of personal data."""

from __future__ import annotations

import pytest

from assistant.conversations.feedback import Vote
from tests.fakes.recorded import Kept
from vectorstore.errors import NotFoundError, UsageError


def test_a_vote_stands_until_it_is_changed_or_taken_back(kept: Kept) -> None:
    feedback, answer_id = kept.records.feedback, kept.save()
    first = feedback.put(answer_id, None, Vote("down", ("wrong", "wrong", "other"), "  Not\u200b so. "))
    assert first == Vote("down", ("wrong", "other"), "Not so.")
    assert feedback.get(answer_id, None) == first
    feedback.put(answer_id, None, Vote("up"))
    assert feedback.get(answer_id, None) == Vote("up")
    feedback.take_back(answer_id, None)
    feedback.take_back(answer_id, None)
    with pytest.raises(NotFoundError):
        feedback.get(answer_id, None)


def test_each_person_has_one_vote_and_a_conversation_without_a_person_one(kept: Kept) -> None:
    feedback, answer_id = kept.records.feedback, kept.save()
    for person in ("p1", "p2", "p1", None, None):
        feedback.put(answer_id, person, Vote("up" if person else "down"))
    assert sorted(v.vote for v in feedback.of([answer_id])[answer_id]) == ["down", "up", "up"]
    with pytest.raises(NotFoundError):
        feedback.get(answer_id, "p3")


def test_a_comment_with_personal_data_is_refused_and_not_kept(kept: Kept) -> None:
    feedback, answer_id = kept.records.feedback, kept.save()
    with pytest.raises(UsageError, match="personal data") as caught:
        feedback.put(answer_id, None, Vote("down", (), "write to zebra@example.org"))
    assert "zebra" not in str(caught.value)
    assert feedback.of([answer_id]) == {}


def test_there_is_no_vote_on_an_answer_that_is_not_there(kept: Kept) -> None:
    with pytest.raises(NotFoundError):
        kept.records.feedback.put("none", "p1", Vote("up"))
