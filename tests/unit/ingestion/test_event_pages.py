"""Events, terms and matters of dispute as pages to search and as facts, each true only while it may be told."""

from __future__ import annotations

from datetime import date

from ingestion.facts.conflicts import Conflict
from ingestion.facts.documents import documents, facts
from ingestion.facts.event_pages import conflict_paragraphs, event_paragraphs, term_paragraphs
from tests.fakes.almanac import TERMS, row
from vectorstore.model import Evidence

WELLS = Conflict.model_validate(
    {
        "id": "wells",
        "subject": "the number of wells",
        "asked_as": "wells",
        "valid_from": "2024-03-01",
        "sides": [
            {"text": "Two wells.", "rank": "law", "dated": "2022-04-28", "sources": ["S1"], "evidence": "primary"},
            {"text": "Three.", "rank": "press", "sources": ["S2", "S1"], "locator": "p.4", "evidence": "third_party"},
        ],
        "resolution": "The Act goes first.",
    }
)


def test_each_event_has_a_page_of_its_own_of_its_area_if_it_is_of_one() -> None:
    rows = (row(id="one", area="A01", title="One"), row(id="two", area="A01;A02"), row(id="three"))
    pages = {p.subject: p.page for p in event_paragraphs(rows)}
    assert {subject: (p.document, p.title, p.area) for subject, p in pages.items()} == {
        "one": ("event-one", "One", "A01"),
        "two": ("event-two", "The making", None),
        "three": ("event-three", "The making", None),
    }
    assert {p.topic for p in pages.values()} == {"timeline"}


def test_events_stand_by_date_whatever_their_precision() -> None:
    rows = (
        row(id="later", start="2024-05-01", end="2024-05-31", precision="month"),
        row(id="by", start="", end="2024-03-01", precision="by"),
        row(id="first"),
    )
    assert [p.subject for p in event_paragraphs(rows)] == ["first", "by", "later"]


def test_an_event_dated_only_by_a_day_has_no_start_in_its_fact() -> None:
    [by, day] = facts(event_paragraphs((row(id="a", start="", precision="by"), row(id="b"))))
    assert (by.data["start"], by.data["end"]) == (None, "2024-02-10")
    assert (day.data["start"], day.data["end"]) == ("2024-02-10", "2024-02-10")


def test_a_fact_holds_from_the_day_it_was_known_to_the_day_it_gave_way() -> None:
    [fact] = facts(event_paragraphs((row(known_from="2024-01-05", known_to="2024-02-09"),)))
    assert [fact.holds(date(2024, 1, 4)), fact.holds(date(2024, 1, 5))] == [False, True]
    assert [fact.holds(date(2024, 2, 9)), fact.holds(date(2024, 2, 10))] == [True, False]
    assert (fact.kind, fact.subject, fact.document, fact.text) == ("event", "made", "event-made", "It was made.")


def test_the_page_of_an_event_holds_from_the_day_it_was_known_whatever_else_is_known() -> None:
    rows = (
        row(id="old", text="The old.", known_from="2023-01-01", known_to="2024-06-30"),
        row(id="new", text="The new.", known_from="2024-01-01"),
    )
    made = {d.meta["document"]: d for d in documents(event_paragraphs(rows), date(2026, 1, 1))}
    spans = {name: (d.meta["valid_from"], d.meta["valid_to"]) for name, d in made.items()}
    assert spans == {
        "event-old": (date(2023, 1, 1), date(2024, 6, 30)),
        "event-new": (date(2024, 1, 1), None),
    }
    assert "The new." in [b.text for b in made["event-new"].blocks]
    assert "The new." not in [b.text for b in made["event-old"].blocks]


def test_a_term_keeps_what_is_counted() -> None:
    [working, plain] = facts(term_paragraphs(TERMS))
    assert (working.kind, working.subject, working.document) == ("term", "terms-reply", "periods-to-count")
    assert (working.data["count"], working.data["unit"]) == (10, "working_days")
    assert (plain.data["count"], plain.data["unit"]) == (14, "days")
    assert working.text == TERMS[0].text


def test_a_matter_is_one_fact_for_each_side_and_one_that_settles_it() -> None:
    law, press, settled = facts(conflict_paragraphs((WELLS,)))
    assert [(f.kind, f.text) for f in (law, press, settled)] == [
        ("conflict_side", "Two wells."),
        ("conflict_side", "Three."),
        ("conflict", "The Act goes first."),
    ]
    assert {f.subject for f in (law, press, settled)} == {"wells"}
    assert len({f.fact_id for f in (law, press, settled)}) == 3
    assert [(f.data["number"], f.data["rank"], f.data["dated"]) for f in (law, press)] == [
        (0, "law", "2022-04-28"),
        (1, "press", None),
    ]


def test_what_settles_a_matter_is_our_inference_from_all_its_sources() -> None:
    *sides, settled = facts(conflict_paragraphs((WELLS,)))
    assert (settled.evidence, settled.sources) == (Evidence.INFERENCE, ("S1", "S2"))
    assert [s.evidence for s in sides] == [Evidence.PRIMARY, Evidence.THIRD_PARTY]
    assert {f.valid_from for f in (*sides, settled)} == {date(2024, 3, 1)}
