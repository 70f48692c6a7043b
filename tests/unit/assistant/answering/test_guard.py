"""The last look at a finished answer: each thing that may be wrong with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from assistant.answering.guard import allowed_link, problems
from assistant.answering.model import AnswerStatus, BulletList, Note, Paragraph, RestsOn, Statement
from tests.fakes.knowledge import PROFILE, TODAY, answer, cited
from vectorstore.profile import CollectionProfile

SAID = Statement(text="A plan lasts three years.", citations=(1,))
ELSEWHERE = RestsOn(title="T", publisher="P", url="https://elsewhere.example/", section=None, page=None)


def wrong(**changes: Any) -> str:
    return "; ".join(problems(answer(**changes), PROFILE))


def test_a_sound_answer_may_be_shown() -> None:
    assert wrong() == ""


@pytest.mark.parametrize("status", [s for s in AnswerStatus if s not in {"answered", "answered_partly"}])
def test_no_other_status_may_cite_or_state(status: AnswerStatus) -> None:
    assert "not given" in wrong(status=status)
    assert "not given" in wrong(status=status, citations=())
    assert wrong(status=status, citations=(), blocks=(Note(text="Nothing."),)) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"citations": ()}, "without a citation"),
        ({"blocks": (Paragraph(statements=(SAID, Statement(text="B.", citations=()))),)}, "statement without"),
        ({"blocks": (BulletList(lead=None, items=(Statement(text="B.", citations=()),)),)}, "statement without"),
        ({"blocks": (Paragraph(statements=(Statement(text="B.", citations=(2,)),)),)}, "mark without"),
        ({"citations": (cited(in_force=False),)}, "[1] was not in force on 2026-11-23"),
        (
            {"citations": (cited(quote="The fund is now open.", valid_to=TODAY - timedelta(days=1)),)},
            "says open",
        ),
        ({"citations": (cited(url="javascript:alert(1)"),)}, "unknown host"),
        ({"citations": (cited(kind="brief", url=None, rests_on=(ELSEWHERE,)),)}, "unknown host"),
    ],
)
def test_each_fault_is_named(changes: dict[str, Any], words: str) -> None:
    assert words in wrong(**changes)


def test_brackets_in_the_words_of_a_text_are_no_marks() -> None:
    said = Statement(text="See note [7] of the Act.", citations=(1,))
    assert wrong(text="See note [7] of the Act. [1]", blocks=(Paragraph(statements=(said,)),)) == ""


def test_open_is_fine_while_the_text_holds() -> None:
    assert wrong(citations=(cited(quote="The fund is open.", valid_to=TODAY),)) == ""
    assert wrong(citations=(cited(quote="The fund is closed.", valid_to=date(2020, 1, 1)),)) == ""


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        (None, True),
        ("https://www.gov.uk/a", True),
        ("http://www.gov.uk/a", True),
        ("https://gov.uk/a", False),
        ("https://www.gov.uk.evil.example/a", False),
        ("https://www.gov.uk@evil.example/a", False),
        ("https://evil.example/www.gov.uk", False),
        ("javascript://www.gov.uk/%0aalert(1)", False),
        ("//www.gov.uk/a", False),
        ("mailto:a@www.gov.uk", False),
        ("", False),
    ],
)
def test_links(url: str | None, allowed: bool) -> None:
    assert allowed_link(url, PROFILE) is allowed


def test_without_a_list_any_web_address_will_do() -> None:
    assert allowed_link("https://anywhere.example/", CollectionProfile())
    assert not allowed_link("data:text/html,x", CollectionProfile())
