"""Questions without the places that only say who asks."""

from __future__ import annotations

import pytest

from assistant.answering.placeless import without


@pytest.mark.parametrize(
    ("text", "places", "rest"),
    [
        ("We run a school in Torbay, must we help?", ["Torbay"], "We run a school, must we help?"),
        ("Must a Torbay school help?", ["Torbay"], "Must a school help?"),
        ("Does Bath's college have to sign?", ["Bath"], "Does college have to sign?"),
        ("A firm based in the Isle of Wight asks: who pays?", ["Isle of Wight"], "A firm asks: who pays?"),
        ("Is a firm from Leeds and near York covered?", ["Leeds", "York"], "Is a firm and covered?"),
        ("Is bathing allowed?", ["Bath"], "Is bathing allowed?"),
        ("Who pays?", [], "Who pays?"),
    ],
)
def test_places_go_with_the_words_that_lead_to_them(text: str, places: list[str], rest: str) -> None:
    assert without(text, places) == rest
