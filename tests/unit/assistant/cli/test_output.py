"""What the command line prints of an answer, and how a batch is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.model import AnswerStatus, Choice, Note, Related, RestsOn
from assistant.cli.ask import state_line
from assistant.cli.common import parse_as_of, read_batch
from tests.fakes.knowledge import answer, cited
from tests.fakes.rendering import shown
from vectorstore.errors import UsageError

ACT = RestsOn(title="The Act", publisher="Parliament", url="https://www.gov.uk/act", section="1", page="7")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "In force."),
        ({"valid_from": date(2024, 3, 1)}, "In force since 1 March 2024."),
        (
            {"valid_from": date(2022, 10, 31), "valid_to": date(2025, 11, 17), "status": "superseded"},
            "In force from 31 October 2022 until 17 November 2025; superseded after that.",
        ),
        ({"valid_to": date(2027, 3, 31)}, "In force until 31 March 2027."),
    ],
)
def test_the_state_of_a_text(changes: dict[str, Any], line: str) -> None:
    assert state_line(cited(**changes)) == line


def test_an_official_text_stands_in_quotation_marks() -> None:
    text = shown(answer())
    assert "“A plan lasts three years.”" in text
    assert "The publisher's words: A publisher, https://www.gov.uk/a" in text


def test_a_brief_does_not_and_says_whose_words_they_are() -> None:
    brief = cited(kind="brief", url=None, publisher="LSIP Assistant", rests_on=(ACT,), compiled_on=date(2026, 11, 23))
    text = shown(answer(citations=(brief,)))
    assert "“" not in text
    assert "Our summary of Parliament, The Act, 1, page 7: not the publisher's words: https://www.gov.uk/act" in text
    assert "compiled 23 November 2026 from copies, not checked live" in text


def test_weaker_evidence_and_missing_links_are_said() -> None:
    text = shown(answer(citations=(cited(evidence="third_party", url=None, publisher=""),)))
    assert "no link held" in text
    assert "Rests on a third party's notes" in text


def test_markup_in_a_text_is_only_text() -> None:
    assert "[bold]x[/bold]" in shown(answer(citations=(cited(quote="[bold]x[/bold]", title="[red]t[/red]"),)))
    assert "[red]t[/red]" in shown(answer(citations=(cited(title="[red]t[/red]"),)))


def test_choices_and_what_is_near_are_listed() -> None:
    blocks = (Note(text="Which?"),)
    none: dict[str, Any] = {"citations": (), "blocks": blocks, "text": "Which?"}
    choices = (Choice(label="Kent", question="In Kent?"),)
    assert "- Kent: In Kent?" in shown(answer(status=AnswerStatus.CLARIFY, choices=choices, **none))
    near = (Related(title="The Act", url=None, section="1"),)
    text = shown(answer(status=AnswerStatus.NO_EVIDENCE, related=near, **none))
    assert "- The Act, 1" in text
    assert "Sources" not in text


def test_dates() -> None:
    assert parse_as_of(None) is None
    assert parse_as_of("2024-02-29") == date(2024, 2, 29)
    for wrong in ("", "2023-02-29", "1 March 2024", "today"):
        with pytest.raises(UsageError):
            parse_as_of(wrong)


def test_a_batch_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('\ufeff{"a": "x\u2028y\x85z"}\r\n\n{"b": 2}', encoding="utf-8")
    assert list(read_batch(str(path))) == [{"a": "x\u2028y\x85z"}, {"b": 2}]


@pytest.mark.parametrize("line", ["x", "[]", "1", '"x"', "null", "{"])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "b.jsonl"
    path.write_text('{"a": 1}\n' + line, encoding="utf-8")
    with pytest.raises(UsageError, match="Line 2"):
        list(read_batch(str(path)))


def test_a_missing_batch_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        list(read_batch(str(tmp_path / "none")))
