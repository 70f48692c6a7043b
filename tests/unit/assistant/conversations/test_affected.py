"""Past answers whose sources changed are found by what they cite, and marked."""

from __future__ import annotations

from datetime import date, timedelta

from tests.fakes.knowledge import cited
from tests.fakes.recorded import Kept, calendar

YESTERDAY = calendar() - timedelta(days=1)


def test_nothing_changed_affects_nothing(kept: Kept) -> None:
    answer_id = kept.save(as_of=calendar())
    assert kept.records.affected.mark(date(2020, 1, 1)) == []
    assert kept.store.answer(answer_id)["affected"] is None


def test_a_version_that_is_no_longer_held(kept: Kept) -> None:
    before = kept.live()
    answer_id = kept.save("How long?", age=1, as_of=YESTERDAY)
    other = kept.save(citations=())
    kept.write("A plan lasts four years.")
    after = kept.save(as_of=calendar())
    (found,) = kept.records.affected.mark(YESTERDAY)
    assert (found["answer_id"], found["question"], found["status"]) == (answer_id, "How long?", "answered")
    marked = kept.store.answer(answer_id)["affected"]
    assert marked == found["affected"]
    assert (marked["reason"], marked["since"]) == ("retired", calendar().isoformat())
    (document,) = marked["documents"]
    assert (document["document_id"], document["version_id"], document["title"]) == ("d1", before, "A")
    assert [kept.store.answer(a)["affected"] for a in (other, after)] == [None, None]
    assert kept.records.affected.mark(calendar() + timedelta(days=1)) == []
    assert kept.records.talks.page("c1", None, 1)["answers"][0]["answer"]["affected"] == marked


def test_a_text_that_was_superseded_on_a_day_since(kept: Kept) -> None:
    end = calendar() - timedelta(days=3)
    kept.write("A plan lasts three years.", valid_to=end, status="superseded")
    source = (cited(version_id=kept.live(), valid_to=end, status="superseded"),)
    before = kept.save(as_of=end, age=3, citations=source)
    kept.save(as_of=end + timedelta(days=1), age=2, citations=source)
    (found,) = kept.records.affected.mark(end - timedelta(days=10))
    assert found["answer_id"] == before
    assert found["affected"]["since"] == (end + timedelta(days=1)).isoformat()
    assert found["affected"]["reason"] == "superseded"
    assert kept.records.affected.mark(end + timedelta(days=2)) == []


def test_an_end_that_lies_ahead_affects_nothing_yet(kept: Kept) -> None:
    end = calendar() + timedelta(days=3)
    kept.write("A plan lasts three years.", valid_to=end, status="withdrawn")
    kept.save(as_of=calendar(), citations=(cited(version_id=kept.live(), valid_to=end, status="withdrawn"),))
    assert kept.records.affected.mark(calendar()) == []
    kept.today = lambda: end + timedelta(days=1)
    (found,) = kept.records.affected.mark(calendar())
    assert found["affected"]["reason"] == "withdrawn"


def test_an_end_that_was_learnt_later(kept: Kept) -> None:
    version = kept.live()
    answer_id = kept.save(age=2, as_of=calendar() - timedelta(days=2))
    kept.write("A plan lasts three years.", valid_to=date(2024, 1, 31), status="withdrawn")
    found = kept.records.affected.mark(YESTERDAY)
    assert [f["answer_id"] for f in found] == [answer_id]
    assert found[0]["affected"]["documents"][0]["version_id"] == version
