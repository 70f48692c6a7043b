"""Beyond its bounds a model is refused at once, and every booking is settled."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from assistant.llm.protocol import ChatMessage, ModelFailure, Piece, Reason, Usage
from assistant.llm.rationed import RationedModel

DAY = date(2026, 11, 23)
ASKED = [ChatMessage("user", "x" * 300)]


@dataclass
class Book:
    """A meter that remembers; `full` refuses, `broken` raises."""

    full: bool = False
    broken: bool = False
    reserved: list[int] = field(default_factory=list)
    settled: list[tuple[int, int]] = field(default_factory=list)

    def reserve(self, tokens: int) -> date | None:
        if self.broken:
            raise OSError("the disk is gone")
        self.reserved.append(tokens)
        return None if self.full else DAY

    def settle(self, day: date, reserved: int, used: int) -> None:
        self.settled.append((reserved, used))


class Talker:
    """Says two pieces, then what it used, if it tells that at all."""

    name = "talker"

    def __init__(self, usage: Usage | None = Usage(7, 3)) -> None:
        self._usage = usage
        self.closed = 0

    def stream(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, Any] | None = None, *, spent: float = 0.0
    ) -> Generator[Piece, None, None]:
        try:
            yield Piece("a")
            yield Piece("b", self._usage)
        finally:
            self.closed += 1


def reason(model: RationedModel) -> Reason:
    with pytest.raises(ModelFailure) as caught:
        list(model.stream(ASKED))
    return caught.value.reason


def test_a_call_reserves_the_most_it_may_take_and_settles_what_it_took() -> None:
    book = Book()
    model = RationedModel(Talker(), book, at_once=1, max_tokens=50)
    assert "".join(p.text for p in model.stream(ASKED)) == "ab"
    assert (book.reserved, book.settled) == ([150], [(150, 10)])
    assert model.name == "talker"


def test_a_call_of_unknown_use_keeps_its_reservation() -> None:
    book = Book()
    list(RationedModel(Talker(None), book, at_once=1, max_tokens=50).stream(ASKED))
    assert book.settled == []


def test_past_the_limits_of_the_day_the_model_is_not_called() -> None:
    talker = Talker()
    assert reason(RationedModel(talker, Book(full=True), at_once=1, max_tokens=50)) is Reason.DAILY_LIMIT
    assert reason(RationedModel(talker, Book(broken=True), at_once=1, max_tokens=50)) is Reason.DAILY_LIMIT
    assert talker.closed == 0


def test_beyond_the_cap_a_call_is_refused_at_once_and_a_place_comes_back() -> None:
    talker = Talker()
    model = RationedModel(talker, Book(), at_once=1, max_tokens=50)
    first = model.stream(ASKED)
    next(first)
    assert reason(model) is Reason.AT_CAPACITY
    first.close()
    assert talker.closed == 1
    assert len(list(model.stream(ASKED))) == 2
