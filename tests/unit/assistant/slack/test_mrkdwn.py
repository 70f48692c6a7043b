"""Escaping: what Slack's parsers are given reads as it was written, and means nothing more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.slack.drawing.mrkdwn import bare, cut, destination, heard, markdown, mrkdwn, shown_address
from tests.fakes.hostile_words import HOSTILE
from tests.fakes.slack_reading import markup, read

SHORT = [t for t in HOSTILE if len(t) < 500]


def shown(text: str) -> str:
    """What a reader sees of `text` once it is written as Markdown, with addresses as they were."""
    return read(markdown(text))


@pytest.mark.parametrize("text", [t for t in SHORT if "http" not in t], ids=str)
def test_markdown_reads_as_it_was_written(text: str) -> None:
    assert shown(text) == bare(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab1 \\`*_[]()~<>&;#-+=|!.:@/\n")))
def test_no_mix_of_signs_is_markup(text: str) -> None:
    assert shown(text) == bare(text)
    assert markup({"markdown_text": markdown(text)}) == []
    assert "<" not in markdown(text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_mrkdwn_holds_no_token(text: str) -> None:
    made = mrkdwn(text)
    assert "<" not in made and ">" not in made
    assert made.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").count("&") == 0


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("1. First", "1\\. First"),
        ("7) Seventh", "7\\) Seventh"),
        ("1.5 million", "1.5 million"),
        ("- dash", "\\- dash"),
        ("a - b", "a - b"),
        ("# no heading", "\\# no heading"),
        ("[1] begins", "\\[1\\] begins"),
        ("snake_case", "snake\\_case"),
        ("R&D at £6.3 million", "R&D at £6.3 million"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
        ("<!here>", "&lt;!here&gt;"),
        ("two\nlines", "two lines"),
        ("see https://a.example/b_c (d)", "see [a.example/b\\_c](https://a.example/b_c) (d)"),
        ("(https://www.a.example/)", "([a.example](https://www.a.example/))"),
        ("https://u:p@a.example/", "https://u:p@a.example/"),
    ],
)
def test_markdown(text: str, made: str) -> None:
    assert markdown(text) == made


def test_destinations_end_no_link() -> None:
    assert destination("https://a.example/x_(y)|z") == "https://a.example/x_%28y%29%7Cz"
    assert destination("https://a.example/?a=1&b=2#c") == "https://a.example/?a=1&b=2#c"
    assert read(markdown("https://a.example/x_(y)")) == "a.example/x_(y)"


def test_addresses_are_shown_short() -> None:
    assert shown_address("https://www.gov.uk/") == "gov.uk"
    assert len(shown_address("https://a.example/" + "b" * 200)) == 60


@pytest.mark.parametrize(
    ("text", "most", "made"),
    [
        ("short", 5, "short"),
        ("two words", 8, "two…"),
        ("one, two", 7, "one…"),
        ("unbroken", 4, "unb…"),
        ("a verylongword", 10, "a verylon…"),
    ],
)
def test_cut(text: str, most: int, made: str) -> None:
    assert cut(text, most) == made
    assert len(made) <= most


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ask <@U1> about <#C1|plans> <!here>", "Ask  about plans"),
        ("see <https://a.example/b|this page>", "see this page"),
        ("see <https://a.example/b>", "see https://a.example/b"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("R&amp;D &lt; 5 &gt; 4", "R&D < 5 > 4"),
        ("&amp;lt;", "&lt;"),
        ("<!subteam^S1|@team> hello", "@team hello"),
    ],
)
def test_heard(text: str, made: str) -> None:
    assert heard(text) == made
