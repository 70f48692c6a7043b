"""What staff see of questions and runs."""

from __future__ import annotations

import pytest

from assistant.answering.model import AnswerStatus
from assistant.answering.origin import Origin
from assistant.conversations.feedback import Vote
from assistant.conversations.ledger import NOT_ANSWERED, Wanted
from tests.fakes.recorded import Kept
from vectorstore.errors import NotFoundError


@pytest.fixture
def busy(kept: Kept) -> Kept:
    kept.save("One?", age=2, origin=Origin("widget", "dorset", "p1"))
    kept.save("Two?", age=1, status=AnswerStatus.NO_EVIDENCE)
    kept.save("Three?", origin=Origin("cli"))
    kept.records.feedback.put("a1", "p1", Vote("down", ("wrong",), "No."))
    kept.records.feedback.put("a3", None, Vote("up"))
    return kept


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Three?", "Two?", "One?"]),
        (Wanted(statuses=NOT_ANSWERED), ["Two?"]),
        (Wanted(door="widget"), ["One?"]),
        (Wanted(site="dorset"), ["One?"]),
        (Wanted(vote="down"), ["One?"]),
        (Wanted(vote="up"), ["Three?"]),
        (Wanted(affected=True), []),
        (Wanted(door="slack"), []),
    ],
)
def test_questions_by_what_is_wanted(busy: Kept, wanted: Wanted, found: list[str]) -> None:
    ledger = busy.records.ledger
    assert [q.question for q in ledger.questions(wanted, 10)] == found
    assert ledger.count(wanted) == len(found)


def test_questions_page_by_page(busy: Kept) -> None:
    pages = [busy.records.ledger.questions(Wanted(), 2, offset) for offset in (0, 2)]
    assert [[q.question for q in page] for page in pages] == [["Three?", "Two?"], ["One?"]]
    assert pages[1][0].votes == (Vote("down", ("wrong",), "No."),)


def test_one_question(busy: Kept) -> None:
    asked = busy.records.ledger.question("a1")
    assert (asked.door, asked.site, asked.answer["plain"]) == ("widget", "dorset", "A plan lasts three years.")
    with pytest.raises(NotFoundError):
        busy.records.ledger.question("none")


def test_days_and_values(busy: Kept) -> None:
    days = busy.records.ledger.days(5)
    assert [d.total for d in days] == [1, 1, 1]
    assert days[0].votes == {"up": 1}
    assert busy.records.ledger.values() == {"doors": ["api", "cli", "widget"], "sites": ["dorset"]}


def test_runs(busy: Kept) -> None:
    (run,) = busy.records.ledger.runs(5)
    assert (run.collection, run.state) == ("k", "done")
    assert run.finished is not None
    assert run.finished >= run.started
