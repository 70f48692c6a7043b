"""The theme of a site: closed names and shapes, text that stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sites.theme import DEFAULTS, FONTS, LENGTHS, LETTERS, NAMES, PAIRS, contrast, theme
from vectorstore.errors import UsageError

HOSTILE = [
    "red",
    "rgb(0,0,0)",
    "#12345",
    "#1234567",
    "#ggg",
    "url(https://evil.example/x)",
    "var(--x)",
    "expression(alert(1))",
    "#000;}*{display:none",
    "#000/**/",
    "\\23 000",
    "＃000000",
    "javascript:alert(1)",
    "</style><script>alert(1)</script>",
    "",
    " ",
    "inherit",
    "calc(1px + 1px)",
    "1e3px",
    "-1rem",
    "9em",
    "1ex",
    "100vw",
    "999px",
    "999rem",
    "1rem;",
    "1 rem",
    "Comic Sans MS",
    "Arial, url(x)",
    "'Arial'",
    "Arial\n}",
]


def test_there_are_eleven_names_and_the_defaults_are_a_theme() -> None:
    assert len(set(NAMES)) == len(NAMES) == len(DEFAULTS) + len(LETTERS) + len(LENGTHS) == 11
    assert theme(DEFAULTS) == DEFAULTS
    assert theme({}) == {}


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", sorted(NAMES))
def test_nothing_but_the_closed_shapes_passes(name: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        theme({name: value})
    assert caught.value.remedy
    assert len(caught.value.message) < 200


@given(st.sampled_from(sorted(NAMES)), st.text(max_size=60))
def test_what_passes_is_one_spelling_of_a_closed_shape(name: str, value: str) -> None:
    try:
        made = theme({name: value})[name]
    except UsageError:
        return
    assert made in FONTS or made.replace("#", "").replace(".", "").isalnum()
    assert theme({name: made})[name] == made


def test_spellings_become_one() -> None:
    given = {"text": " #036 ", "surface": "#FFF", "heading-font": "trebuchet ms", "radius": "8PX", "size": "1EM"}
    made = {"text": "#003366", "surface": "#ffffff", "heading-font": "Trebuchet MS", "radius": "8px", "size": "1em"}
    assert theme(given) == made


def test_an_unknown_name_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="z-index") as caught:
        theme({"z-index": "1"})
    assert all(name in caught.value.remedy for name in NAMES)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_every_pair_is_guarded(front: str, back: str, least: float) -> None:
    with pytest.raises(UsageError, match=f"{front} .* on {back}") as caught:
        theme({front: DEFAULTS[back]})
    assert f"{least:g}:1" in caught.value.remedy
    assert contrast(DEFAULTS[front], DEFAULTS[back]) >= least


def test_a_colour_just_short_of_the_rule_is_refused_and_one_just_past_it_is_not() -> None:
    with pytest.raises(UsageError, match=r"2\.96:1"):
        theme({"line": "#969696"})
    assert theme({"line": "#949494"}) == {"line": "#949494"}


def test_text_must_stand_out_on_a_touch_of_the_accent_too() -> None:
    with pytest.raises(UsageError, match=r"muted .*touch"):
        theme({"muted": "#767676"})
    assert theme({"muted": "#6b6b6b"}) == {"muted": "#6b6b6b"}


def test_a_dark_surface_needs_its_other_colours() -> None:
    with pytest.raises(UsageError):
        theme({"surface": "#101010"})
    dark = {"surface": "#101010", "text": "#eee", "muted": "#bbb", "accent": "#9cf", "line": "#888", "focus": "#fc6"}
    with pytest.raises(UsageError, match="accent-text"):
        theme(dark)
    assert theme({**dark, "accent-text": "#000"})["text"] == "#eeeeee"
