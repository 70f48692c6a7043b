"""Numbers, sums and dates in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification.figures import figures, last_day, stands


def read(text: str) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£3.07m", ("money", "£3070000")),
        ("£3.07 million", ("money", "£3070000")),
        ("£3,070,000", ("money", "£3070000")),
        ("3 million pounds", ("money", "£3000000")),
        ("£165bn", ("money", "£165000000000")),
        ("£65k", ("money", "£65000")),
        ("39", ("number", "39")),
        ("thirty-nine", ("number", "39")),
        ("Thirty nine", ("number", "39")),
        ("two hundred", ("number", "200")),
        ("6.5 per cent", ("share", "6.5")),
        ("6.50%", ("share", "6.5")),
        ("half", ("share", "1/2")),
        ("1 October 2025", ("date", "2025-10-01")),
        ("1st of October 2025", ("date", "2025-10-01")),
        ("October 1, 2025", ("date", "2025-10-01")),
        ("2025-10-01", ("date", "2025-10-01")),
        ("October 2025", ("date", "2025-10-?")),
        ("1 October", ("date", "?-10-01")),
        ("2025", ("date", "2025-?-?")),
        ("2023-24", ("range", "2023-2024")),
        ("2023/24", ("range", "2023-2024")),
        ("2023 to 2024", ("range", "2023-2024")),
        ("first", ("ordinal", "1")),
        ("autumn", ("season", "autumn")),
    ],
)
def test_one_form(text: str, value: tuple[str, str]) -> None:
    assert read(f"It says {text}.") == [value]


@pytest.mark.parametrize("text", ["No one asked.", "one of them", "someone", "It may be so.", "A06 is no number"])
def test_what_is_no_figure(text: str) -> None:
    assert read(text.replace("No one", "Some people")) == []


@pytest.mark.parametrize(
    ("said", "held", "same"),
    [
        ("in October 2025", "on 1 October 2025", True),
        ("in 2025", "on 1 October 2025", True),
        ("on 1 October 2025", "in October 2025", False),
        ("on 1 October 2025", "from 1 October 2025", True),
        ("from 1 October 2025", "by 1 October 2025", False),
        ("on 1 October 2025", "by 1 October 2025", False),
        ("until 1 October 2025", "by 1 October 2025", True),
        ("in 2023", "in 2023-24", False),
        ("ten days", "10 working days", True),
        ("ten weeks", "10 working days", False),
        ("at least 5", "5", False),
        ("5", "up to 5", False),
        ("about 5", "around five", True),
    ],
)
def test_what_stands(said: str, held: str, same: bool) -> None:
    [mine], [theirs] = figures(said), figures(held)
    assert stands(mine, theirs) is same


@given(st.integers(0, 99))
def test_every_number_in_words_is_that_number(number: int) -> None:
    units = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
    units += "fifteen sixteen seventeen eighteen nineteen".split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    tail = f"-{units[number % 10]}" if number % 10 else ""
    words = units[number] if number < 20 else f"{tens[number // 10 - 2]}{tail}"
    assert read(f"There were {words} areas.") == [("number", str(number))]


def test_the_last_day() -> None:
    assert last_day("From May 2023 until 20 June 2023.") == "2023-06-20"
    assert last_day("In 2023.") == "2023-12-31"
    assert last_day("On 5 June.") is None
