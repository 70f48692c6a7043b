"""What changed, as an answer: each change with the words before and after, each side on the date it stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.answering.turn import Finding
from assistant.answering.verify import figures_of
from assistant.changes.findings import MOST_CHANGES, ChangesFindings
from assistant.changes.report import ChangesDesk
from prompts import message
from tests.fakes.editions import (
    ACT,
    AMENDED,
    ENACTED,
    GUIDED,
    NEW_GUIDANCE,
    REISSUED,
    SHELF,
    TODAY,
    Editions,
    text,
)
from tests.fakes.knowledge import PROFILE, turn
from vectorstore.profile import ChangeQuestion

EVE = timedelta(days=1)
COMPARED = (
    "Compared are Orchards Act (as enacted) as held for 31 May 2025 and Orchards Act (as amended) as held for "
    "15 January 2026: 1 added, 1 removed, 1 reworded."
)
COMPARED_GUIDANCE = (
    "Compared are Guidance on orchards (2022) as held for 17 November 2025 and Guidance on orchards (2025) as held "
    "for 15 January 2026: 1 added, 0 removed, 1 reworded."
)
ASKED = PROFILE.model_copy(
    update={
        "changes": (
            ChangeQuestion(pattern=r"\bguidance\b", document=NEW_GUIDANCE),
            ChangeQuestion(pattern=r"\bact\b", document=ACT),
            ChangeQuestion(pattern=r"\bleaflet\b", document="leaflet"),
            ChangeQuestion(pattern=r"\bhandbook\b", document="not-held"),
        )
    }
)
WORDS = {t.version.version_id: t.words for t in SHELF}


def found(question: str, on: date = TODAY, catalogue: Editions | None = None) -> list[Finding]:
    desk = ChangesDesk(catalogue or Editions(), "lsip")
    return list(ChangesFindings(desk).consult(turn(question, profile=ASKED, as_of=on)))


def test_each_change_is_told_with_its_words_on_each_side() -> None:
    [finding] = found("What changed in the Orchards Act?")
    assert finding.data["counts"] == {"added": 1, "removed": 1, "reworded": 1}
    lead, *items = finding.statements
    assert (lead.role, lead.text, finding.text) == ("lead", message("changes_lead"), message("changes_lead"))
    assert [(s.role, s.quote.text) for s in items] == [
        ("item", "(b) set out what the trees will need over the next three years;"),
        ("item", "(b) set out what the trees and hedges will need over the next five years;"),
        ("item", "(c) explain how wells and ponds are looked after;"),
        ("item", "(3) The minister may pay the keeper for the ink."),
    ]
    assert finding.leads


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("Were there any changes to the Orchards Act?", True),
        ("Were there changes to the Orchards Act for keepers?", False),  # whom it changed for is not settled
        ("What changed in the Orchards Act?", False),
    ],
)
def test_yes_is_said_only_where_nothing_is_asked_but_whether_it_changed(question: str, whether: bool) -> None:
    [finding] = found(question)
    assert finding.statements[0].text.startswith("Yes.") is whether


def test_each_side_is_told_with_the_date_on_which_it_stood() -> None:
    [finding] = found("What changed in the Orchards Act?")
    _, before, after, added, removed = finding.statements
    assert [s.on for s in (before, after, added, removed)] == [AMENDED - EVE, TODAY, TODAY, AMENDED - EVE]
    assert [s.text for s in (before, after, added, removed)] == [
        "Reworded, before: (b) set out what the trees will need over the next three years;",
        "Reworded, after: (b) set out what the trees and hedges will need over the next five years;",
        "Added: (c) explain how wells and ponds are looked after;",
        "Removed: (3) The minister may pay the keeper for the ink.",
    ]
    assert finding.notes == (COMPARED,)


@pytest.mark.parametrize("question", ["What changed in the Orchards Act?", "What changed in the guidance?"])
def test_every_side_rests_on_exact_words_of_the_version_of_its_date(question: str) -> None:
    [finding] = found(question)
    for statement in finding.statements:
        quote = statement.quote
        held = quote.hit.version
        assert WORDS[held.version_id][quote.start : quote.end] == quote.text
        assert statement.on is not None
        assert (held.valid_from or date.min) <= statement.on <= (held.valid_to or date.max)
        assert figures_of(statement.text) <= figures_of(quote.text)


def test_guidance_is_compared_with_what_it_replaced_and_briefs_are_said_to_be_ours() -> None:
    [finding] = found("What is new in the guidance?")
    assert (finding.data["from"], finding.data["to"]) == (f"{REISSUED - EVE}", f"{TODAY}")
    assert finding.notes == (COMPARED_GUIDANCE, message("changes_of_briefs"))
    assert [s.text for s in finding.statements[1:3]] == [
        "Reworded, before: A plan has no more than 30 pages.",
        "Reworded, after: A plan has no more than 40 pages.",
    ]
    [act] = found("What changed in the Orchards Act?")
    assert act.notes == (COMPARED,)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What changed in the act between 2023 and 2025?", date(2023, 12, 31), date(2025, 12, 31)),
        ("What changed in the act between 2024 and 2026?", date(2024, 12, 31), TODAY),
        ("What changed in the act in 2025?", AMENDED - EVE, AMENDED),
        ("What changed in the act since 2023?", date(2023, 12, 31), TODAY),
        ("What changed in the act?", AMENDED - EVE, TODAY),
    ],
)
def test_the_years_of_the_question_give_the_dates(question: str, start: date, end: date) -> None:
    [finding] = found(question)
    assert (finding.data["from"], finding.data["to"]) == (start.isoformat(), end.isoformat())


@pytest.mark.parametrize(
    "question",
    [
        "What does the Orchards Act say?",
        "What changed in the weather?",
        "What changed in the leaflet?",
        "What changed in the handbook?",
        "What changed in the act between 2023 and 2024?",
        "What changed in the act between 2020 and 2025?",
        "What changed in the act in 2022?",
    ],
)
def test_where_nothing_can_be_compared_or_nothing_changed_nothing_is_said(question: str) -> None:
    assert found(question) == []


def test_as_of_a_day_before_the_change_there_was_none() -> None:
    assert found("What changed in the Orchards Act?", AMENDED - EVE) == []
    assert found("What changed in the Orchards Act?", ENACTED) == []
    assert len(found("What changed in the Orchards Act?", AMENDED)) == 1
    assert found("What changed in the guidance?", GUIDED) == []


def test_of_many_changes_the_first_are_shown_and_all_are_counted() -> None:
    words = "pears plums figs limes nuts hops oats peas kale leeks beets".split()
    newer = "\n".join(f"Now the {word} have a place of their own." for word in words)
    held = [
        text([("Kept", "Bees.")], version_id="v1", document_id=ACT, valid_from=ENACTED, valid_to=AMENDED - EVE),
        text([("Kept", "Bees."), ("New", newer)], version_id="v2", document_id=ACT, valid_from=AMENDED),
    ]
    [finding] = found("What changed in the act?", catalogue=Editions(held))
    assert finding.data["counts"]["added"] == len(words)
    assert sum(s.role == "item" for s in finding.statements) == MOST_CHANGES
    compared, more = finding.notes
    assert compared.endswith(f": {len(words)} added, 0 removed, 0 reworded.")
    assert more == message("changes_more", shown=str(MOST_CHANGES), all=str(len(words)))


def test_reworded_clauses_come_before_added_and_removed_ones() -> None:
    held = [
        text([("1", "(1) Old wells are shut.\n(2) Bees fly low over hills.")], version_id="v1", document_id=ACT,
             valid_from=ENACTED, valid_to=AMENDED - EVE),
        text([("1", "(1) Zinc jugs.\n(2) Bees fly very low over hills.")], version_id="v2", document_id=ACT,
             valid_from=AMENDED),
    ]  # fmt: skip
    [finding] = found("What changed in the act?", catalogue=Editions(held))
    assert [s.quote.text for s in finding.statements if s.role == "item"] == [
        "(2) Bees fly low over hills.",
        "(2) Bees fly very low over hills.",
        "(1) Zinc jugs.",
        "(1) Old wells are shut.",
    ]


def test_a_question_that_is_settled_is_left_alone() -> None:
    [finding] = found("What changed in the Orchards Act?")
    made = replace(turn("What changed in the Orchards Act?", profile=ASKED, as_of=TODAY), findings=(finding,))
    assert list(ChangesFindings(ChangesDesk(Editions(), "lsip")).consult(made)) == []


def test_a_profile_that_names_no_documents_answers_nothing() -> None:
    made = turn("What changed in the Orchards Act?", as_of=TODAY)
    assert list(ChangesFindings(ChangesDesk(Editions(), "lsip")).consult(made)) == []
