"""Words without links, images, tags or hidden characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.inert import allowed, inert, inert_citation, inert_related
from assistant.answering.model import Related
from tests.fakes.knowledge import PROFILE, cited
from vectorstore.profile import CollectionProfile

OPEN = CollectionProfile()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("See [the plan](https://evil.example/?q=1).", "See the plan."),
        ("See ![a chart](https://evil.example/c.png) here.", "See a chart here."),
        ("See [![a](https://evil.example/a)](https://evil.example/b).", "See a."),
        ("See [the plan][1] here.", "See the plan here."),
        ("See <https://evil.example|GOV.UK> here.", "See GOV.UK here."),
        ("A <b>bold</b> <img src=x onerror=alert(1)> word", "A bold word"),
        ("A <script>alert(1)</script> word", "A word"),
        ("A word <!-- hidden --> and <!channel>", "A word and channel"),
        ("Hid\u200bden\U000e0041", "Hidden"),
        ("See https://evil.example/x.", "See (address left out)."),
        ("See www.evil.example/x, now", "See (address left out), now"),
        ("See https://www.gov.uk@evil.example/x now", "See (address left out) now"),
        ("See javascript:alert(1) now", "See (address left out) now"),
        ("See data:text/html;base64,AAAA now", "See (address left out) now"),
        ("See https://www.gov.uk/a(b).", "See https://www.gov.uk/a(b)."),
        ("See www.gov.uk/a.", "See www.gov.uk/a."),
    ],
)
def test_what_is_left(text: str, said: str) -> None:
    assert inert(text, PROFILE) == said


@pytest.mark.parametrize(
    "text",
    [
        "A plan lasts three years.",
        "See note [7] of the Act (section 1).",
        "If x < 5 and y > 3: stop.",
        "Ratio 3:1; data: see annex // page 2",
        "The term [employer] is defined.",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert inert(text, PROFILE) == text


def test_without_a_list_web_addresses_stay_as_words_and_others_go() -> None:
    assert inert("Book at https://a.example/x.", OPEN) == "Book at https://a.example/x."
    assert inert("Book at ftp://a.example/x.", OPEN, "") == "Book at."


@given(st.text(alphabet="[]()!<>ab /:.\\|htps", max_size=60))
def test_no_mark_is_left(text: str) -> None:
    said = inert(text, PROFILE)
    assert "](" not in said
    assert "![" not in said


def test_names_and_addresses_of_citations_and_related() -> None:
    wild = "[x](https://evil.example)"
    c = inert_citation(
        cited(title=wild, publisher=wild, section=wild, url="https://evil.example/", quote=wild), PROFILE
    )
    assert (c.title, c.publisher, c.section, c.url, c.quote) == ("x", "x", "x", None, wild)
    assert inert_citation(cited(), PROFILE) == cited()
    r = inert_related(Related(title=wild, url="javascript:x", section=None), PROFILE)
    assert r == Related(title="x", url=None, section=None)


def test_hosts_of_the_list_may_be_linked() -> None:
    assert allowed("https://www.gov.uk/a", PROFILE) == "https://www.gov.uk/a"
    assert allowed("https://a.example/", OPEN) == "https://a.example/"
    assert allowed("https://a.example/", PROFILE) is None
    assert allowed(None, OPEN) is None
