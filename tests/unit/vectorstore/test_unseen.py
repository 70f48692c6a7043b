"""Characters that no reader sees are dropped, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.unseen import hides_text, seen


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\x00", "\x1b", "\x9b", "\U000e0041", "\ufe0f", "\u3164"],
)
def test_what_shows_nothing_goes(hidden: str) -> None:
    assert seen(f"a{hidden}b") == "ab"


@pytest.mark.parametrize(
    "text", ["plain words", "£5 – café “quoted” ½", "line\nline\ttab", "\uf0b7 item", "한국어 العربية"]
)
def test_what_is_seen_stays(text: str) -> None:
    assert seen(text) == text


def test_breaks_of_other_systems_stay_breaks() -> None:
    assert seen("a\r\nb\rc\x0cd") == "a\nb\nc d"


@given(st.text(max_size=200))
def test_nothing_hidden_is_left_and_doing_it_again_changes_nothing(text: str) -> None:
    done = seen(text)
    assert seen(done) == done
    assert not [c for c in done if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]
    assert not hides_text(done)


def test_hiding_is_told() -> None:
    assert hides_text("a\U000e0041") and hides_text("a\u202eb")
    assert not hides_text("soft\u00adhyphen and \u200b zero width")
