"""JSON out of replies: piece by piece, and through what stands around it."""

from __future__ import annotations

import json

import pytest

from assistant.llm.protocol import ModelFailure, Piece, Reason, whole
from assistant.llm.replies import LONGEST, ObjectReader, read_object

TEXT = json.dumps({"statements": [{"text": 'a "}]{" b'}, {"text": "c", "x": [{"y": 1}]}], "missing": None})


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "Here you are: {} Good luck!"])
def test_objects_come_as_they_are_complete(size: int, around: str) -> None:
    text = around.replace("{}", TEXT)
    reader = ObjectReader("statements")
    found = [o for at in range(0, len(text), size) for o in reader.feed(text[at : at + size])]
    assert found == json.loads(TEXT)["statements"]
    assert reader.text == text


def test_an_object_is_given_before_the_next_begins() -> None:
    reader = ObjectReader("statements")
    assert reader.feed('{"statements": [{"text": "a"}') == [{"text": "a"}]
    assert reader.feed(', {"text": "b"') == []
    assert reader.feed("}]}") == [{"text": "b"}]


@pytest.mark.parametrize(
    "text", ["", "plain", '{"other": [{"a": 1}]}', '{"statements": "no"}', '{"statements": [1, {"a": 1}]}']
)
def test_what_is_no_such_array_gives_nothing(text: str) -> None:
    assert ObjectReader("statements").feed(text) == []


def test_a_reply_past_all_length_is_refused() -> None:
    reader = ObjectReader("statements")
    with pytest.raises(ModelFailure) as caught:
        reader.feed("x" * (LONGEST + 1))
    assert caught.value.reason is Reason.TOO_LONG
    with pytest.raises(ModelFailure):
        whole(iter([Piece("xx"), Piece("xx")]), 3)
    assert whole(iter([Piece("x"), Piece("y")]), 3) == "xy"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('Well {then}: {"a": 1} and so on', {"a": 1}),
        ('{"a": ', None),
        ("[1]", None),
        ("", None),
        ("{" * 5000, None),
        ('{"a":' * 3000, None),
    ],
)
def test_the_first_object_of_a_text(text: str, value: object) -> None:
    assert read_object(text) == value
