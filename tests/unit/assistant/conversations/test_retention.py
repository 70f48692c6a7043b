"""What is older than the days kept is deleted for good; counts stay."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from assistant.answering.model import AnswerStatus
from assistant.answering.origin import Origin
from assistant.conversations.feedback import Vote
from assistant.conversations.moments import start_of
from assistant.conversations.retention import Retention
from tests.fakes.recorded import Kept, calendar
from vectorstore.errors import NotFoundError


def test_old_text_goes_and_counts_stay(kept: Kept) -> None:
    old = kept.save("About the zebra?", age=32, conversation_id="old", origin=Origin("widget", "dorset", "p1"))
    kept.save("About the zebra too?", age=31.5, conversation_id="old", status=AnswerStatus.NO_EVIDENCE)
    fresh = kept.save("New?", age=28, conversation_id="new")
    kept.records.feedback.put(old, "p1", Vote("up"))
    kept.records.feedback.put(old, "p2", Vote("down", (), "The zebra again"))
    purged = kept.records.retention.purge()
    assert (purged.before, purged.answers, purged.conversations) == (calendar() - timedelta(days=30), 2, 1)
    assert kept.store.answer(fresh)
    with pytest.raises(NotFoundError):
        kept.store.answer(old)
    assert not kept.files_hold(b"zebra")
    days = kept.records.ledger.days(40)
    assert sum(d.total for d in days) == 3
    assert {v for d in days for v in d.votes} == {"down"}
    assert kept.records.retention.purge().answers == 0


def test_counts_of_two_purges_add_up(kept: Kept) -> None:
    for n in range(2):
        kept.save(age=40, conversation_id=f"c{n}")
        kept.records.retention.purge()
    (day,) = kept.records.ledger.days(60)
    assert day.statuses == {"answered": 2}


def test_a_day_can_be_named(kept: Kept) -> None:
    kept.save(age=5)
    assert kept.records.retention.purge(calendar() - timedelta(days=9)).answers == 0
    assert kept.records.retention.purge(calendar() - timedelta(days=2)).answers == 1


def test_a_conversation_that_is_being_asked_in_stays(kept: Kept) -> None:
    kept.save(age=40)
    kept.records.claims.open("c1", "next")
    assert kept.records.retention.purge().conversations == 0
    kept.records.claims.close("next")
    assert kept.records.retention.purge().conversations == 1


def test_what_others_keep_goes_with_the_old_text(kept: Kept) -> None:
    asked: list[datetime] = []
    retention = Retention(kept.engine, 30, calendar, asked.append)
    retention.purge()
    retention.purge(calendar())
    assert asked == [start_of(calendar() - timedelta(days=30)), start_of(calendar())]
