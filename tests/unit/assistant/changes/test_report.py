"""The report of changes: both sides in exact words, and clear errors where there is nothing to compare."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.changes.report import ChangesDesk
from assistant.changes.schemas import ChangesReport, Place
from tests.fakes.editions import (
    ACT,
    ACT_2022,
    ACT_2025,
    AMENDED,
    ENACTED,
    GUIDED,
    NEW_GUIDANCE,
    OLD_GUIDANCE,
    SHELF,
    TODAY,
    Editions,
)
from vectorstore.errors import NotFoundError, UsageError

EVE = timedelta(days=1)
WORDS = {t.version.version_id: t.words for t in SHELF}
PASSAGES = {p.passage_id: p for t in SHELF for p in t.passages}


def report(document: str = ACT, start: date = ENACTED, end: date = TODAY) -> ChangesReport:
    return ChangesDesk(Editions(), "lsip").report(document, start, end)


def held(place: Place) -> str:
    """What stands at a place, in the version's text and in its passage."""
    passage = PASSAGES[place.passage_id]
    assert passage.version_id == place.version_id
    assert (
        WORDS[place.version_id][place.start : place.end]
        == passage.text[place.start - passage.start : place.end - passage.start]
    )
    return WORDS[place.version_id][place.start : place.end]


@pytest.mark.parametrize(("document", "start"), [(ACT, ENACTED), (OLD_GUIDANCE, GUIDED), (NEW_GUIDANCE, GUIDED)])
def test_both_sides_are_exact_words_of_the_stored_passages(document: str, start: date) -> None:
    made = report(document, start)
    assert made.changes
    for change in made.changes:
        for said, place, editions in (
            (change.before, change.before_at, made.before),
            (change.after, change.after_at, made.after),
        ):
            assert (said is None) == (place is None)
            if place is not None:
                assert held(place) == said
                assert (place.document_id, place.version_id) in {(e.document_id, e.version_id) for e in editions}


def test_a_report_says_what_was_compared() -> None:
    made = report()
    assert (made.document_id, made.from_date, made.to_date) == (ACT, ENACTED, TODAY)
    [before], [after] = made.before, made.after
    assert (before.version_id, before.label, before.valid_to) == ("act-2022", "as enacted", AMENDED - EVE)
    assert (after.version_id, after.label, after.valid_from) == ("act-2025", "as amended", AMENDED)
    assert (before.title, before.kind) == ("Orchards Act", "official")


def test_a_report_tells_each_change_with_its_clause() -> None:
    assert [(c.kind, c.clause) for c in report().changes] == [
        ("reworded", "section 1(2)(b)"),
        ("added", "section 1(2)(c)"),
        ("removed", "section 1(3)"),
    ]


def test_guidance_is_compared_with_the_document_that_it_replaced() -> None:
    made = report(NEW_GUIDANCE, GUIDED)
    assert [e.document_id for e in (*made.before, *made.after)] == [OLD_GUIDANCE, NEW_GUIDANCE]
    assert [(c.kind, c.clause) for c in made.changes] == [("reworded", "Length"), ("added", "Bees")]


@pytest.mark.parametrize(
    ("start", "end", "changes"),
    [
        (ENACTED, AMENDED - EVE, 0),
        (AMENDED - EVE, AMENDED, 3),
        (AMENDED, TODAY, 0),
    ],
)
def test_the_change_falls_on_the_day_on_which_the_newer_text_began(start: date, end: date, changes: int) -> None:
    assert len(report(ACT, start, end).changes) == changes


@pytest.mark.parametrize("end", [ENACTED, ENACTED - EVE])
def test_the_later_day_must_be_later(end: date) -> None:
    with pytest.raises(UsageError, match=f"{end} is not after {ENACTED}") as caught:
        report(end=end)
    assert "later" in caught.value.remedy


def test_a_day_on_which_nothing_was_in_force_is_named_with_the_editions_held() -> None:
    with pytest.raises(NotFoundError, match=f"in force on {ENACTED - EVE}") as caught:
        report(start=ENACTED - EVE)
    assert f"{ENACTED} to {AMENDED - EVE}; {AMENDED} to today" in caught.value.remedy


def test_a_later_day_on_which_nothing_was_in_force_is_named_too() -> None:
    desk = ChangesDesk(Editions([ACT_2022]), "lsip")
    with pytest.raises(NotFoundError, match=f"in force on {AMENDED}"):
        desk.report(ACT, ENACTED, AMENDED)


def test_an_unknown_document_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="no document 'no-such'"):
        report("no-such")
    with pytest.raises(NotFoundError, match="no document 'no-such'"):
        ChangesDesk(Editions(), "lsip").editions("no-such")


def test_editions_are_listed_by_their_start() -> None:
    desk = ChangesDesk(Editions([ACT_2025, ACT_2022]), "lsip")
    assert [v.version_id for v in desk.editions(ACT)] == ["act-2022", "act-2025"]
    both = [v.version_id for v in ChangesDesk(Editions(), "lsip").editions(NEW_GUIDANCE)]
    assert both == ["guidance-2022-v", "guidance-2025-v"]
