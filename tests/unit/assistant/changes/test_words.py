"""Which words of a clause stayed, went and came."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.changes.words import word_changes

TEXT = st.lists(st.sampled_from("the a gate bee keeper must may be shut open".split()), max_size=12).map(" ".join)


def words(before: str, after: str, *kinds: str) -> list[str]:
    return [w for kind, run in word_changes(before, after) for w in run.split() if kind in kinds]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a gate is shut", "a gate is shut", [("kept", "a gate is shut ")]),
        ("a gate is shut", "a gate is open", [("kept", "a gate is "), ("removed", "shut "), ("added", "open ")]),
        ("three years", "the next three years", [("added", "the next "), ("kept", "three years ")]),
        ("the next three years", "three years", [("removed", "the next "), ("kept", "three years ")]),
        ("", "new", [("added", "new ")]),
        ("old", "", [("removed", "old ")]),
        ("gate shut", "shut gate", [("added", "shut "), ("kept", "gate "), ("removed", "shut ")]),
        ("", "", []),
        ("a\nb", "a b", [("kept", "a b ")]),
    ],
)
def test_runs_of_words_come_in_reading_order(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert list(word_changes(before, after)) == expected


@settings(deadline=None)
@given(TEXT, TEXT)
def test_what_was_kept_and_added_is_the_newer_text(before: str, after: str) -> None:
    assert words(before, after, "kept", "added") == after.split()


@settings(deadline=None)
@given(TEXT, TEXT)
def test_what_was_kept_and_removed_is_the_older_text(before: str, after: str) -> None:
    assert words(before, after, "kept", "removed") == before.split()


@settings(deadline=None)
@given(TEXT)
def test_a_text_compared_with_itself_is_kept_whole(text: str) -> None:
    assert "".join(run for _, run in word_changes(text, text)).rstrip() == text
    assert {kind for kind, _ in word_changes(text, text)} <= {"kept"}


@settings(deadline=None)
@given(TEXT, TEXT)
def test_every_run_ends_in_a_space_so_that_no_two_run_together(before: str, after: str) -> None:
    assert all(run.endswith(" ") for _, run in word_changes(before, after))
