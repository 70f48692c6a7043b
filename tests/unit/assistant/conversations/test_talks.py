"""Conversations: pages, export, deletion, and whose they are."""

from __future__ import annotations

import pytest

from assistant.answering.origin import Origin
from assistant.conversations.feedback import Vote
from tests.fakes.recorded import Kept
from vectorstore.errors import ForbiddenError, NotFoundError, UsageError


def test_pages_give_every_answer_once_oldest_first(kept: Kept) -> None:
    for n in range(7):
        kept.save(f"Question {n}?", age=7 - n)
    talks, seen, after = kept.records.talks, [], None
    while True:
        page = talks.page("c1", None, 3, after)
        seen += [a["question"] for a in page["answers"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [f"Question {n}?" for n in range(7)]
    assert page["answers"][0]["answer"]["plain"] == "A plan lasts three years."
    assert page["created"].endswith("+00:00")
    with pytest.raises(UsageError):
        talks.page("c1", None, 3, "no-such-answer")


def test_an_export_holds_receipts_and_votes(kept: Kept) -> None:
    answer_id = kept.save(origin=Origin("widget", "dorset", "somebody"))
    kept.records.feedback.put(answer_id, "somebody", Vote("down", ("missing",), "More on funding."))
    (told,) = kept.records.talks.export("c1", "somebody")["answers"]
    assert told["receipt"]["citations"][0]["version_id"] == kept.live()
    assert told["feedback"] == [{"vote": "down", "reasons": ["missing"], "comment": "More on funding."}]
    assert (told["door"], told["site"]) == ("widget", "dorset")
    assert "somebody" not in str(told)


def test_what_is_deleted_is_gone_from_the_files_but_counted(kept: Kept) -> None:
    answer_id = kept.save("Who keeps the zebra?", origin=Origin("widget", "dorset", "p1"))
    kept.records.feedback.put(answer_id, "p1", Vote("down", (), "The giraffe is missing."))
    assert kept.files_hold(b"zebra")
    kept.records.talks.delete("c1", "p1")
    for call in (kept.records.talks.delete, kept.records.talks.export):
        with pytest.raises(NotFoundError):
            call("c1", "p1")
    with pytest.raises(NotFoundError):
        kept.store.answer(answer_id)
    (day,) = kept.records.ledger.days(2)
    assert (day.statuses, day.votes) == ({"answered": 1}, {"down": 1})
    assert not kept.files_hold(b"zebra")
    assert not kept.files_hold(b"giraffe")


def test_a_conversation_of_a_person_is_given_to_that_person_only(kept: Kept) -> None:
    kept.save(origin=Origin("widget", "dorset", "p1"))
    talks = kept.records.talks
    assert talks.page("c1", "p1", 1)["answers"]
    for stranger in (None, "p2"):
        for call in (talks.allow, talks.export, talks.delete, lambda c, p: talks.page(c, p, 1)):
            with pytest.raises(ForbiddenError):
                call("c1", stranger)
    talks.allow("new", "p2")
    kept.save(conversation_id="open")
    assert talks.page("open", "p2", 1)["answers"]
