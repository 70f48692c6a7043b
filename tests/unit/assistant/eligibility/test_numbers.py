"""The one number that a text states: however it is written, and never a year, a bound or one of several."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.eligibility.numbers import in_digits, is_rough, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("£1,200,000", 1_200_000),
        ("1200000", 1_200_000),
        ("£1.2 million", 1_200_000),
        ("1.2m", 1_200_000),
        ("£900k", 900_000),
        ("900 thousand", 900_000),
        ("£2bn", 2_000_000_000),
        ("0", 0),
        ("£2000 a year", 2_000),
        ("over £1 million", 1_000_001),
        ("more than £1 million", 1_000_001),
        ("above 1,000,000", 1_000_001),
        ("less than £1 million", 999_999),
        ("just under £1 million", 999_999),
        ("£5 and £5", 5),
        ("sales > £1 million", 1_000_001),
        ("sales < £1 million", 999_999),
        ("2023", 2_023),
        ("1999.", 1_999),
        ("£2023", 2_023),
        ("2023 pounds", 2_023),
        ("in 2023 it was £5", 5),
        ("£500 on 20 June 2023", 500),
        ("on the 20th of June 2023 we had 40", 40),
        ("40 on 20/06/2023", 40),
    ],
)
def test_one_number_is_read_however_it_is_written(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a lot",
        "up to £2 million",
        "at least £1 million",
        "at most £1 million",
        "£1 million or £2 million",
        "in 2023",
        "in 2023-24",
        "on 2023-06-20",
        "about 2023",
        "20 June",
        "the 20th of June",
        "1 Jan 2024",
        "20/06/2023",
        "3/4",
        "5-10",
        "no more than £1 million",
        "not more than £1 million",
        "no less than £1 million",
        "no fewer than 5",
        "not over £1 million",
        "not above £1m",
        "not below £1m",
        "£1 million or less",
        "£1 million or more",
        "£1 million or under",
        "£1 million or above",
        "£1 million plus",
        "about £1 million+ a year",
        "£1 million at most",
        "£1 million at least",
        "5 or so",
    ],
)
def test_years_bounds_and_several_numbers_are_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "rough"), [("about £1 million", True), ("nearly 5", True), ("circa £900k", True), ("£1 million", False)]
)
def test_about_a_number_is_told_from_the_number(text: str, rough: bool) -> None:
    assert is_rough(text) is rough


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("1200000", "1,200,000"),
        ("1200000.00", "1,200,000"),
        ("1200000.0", "1,200,000"),
        ("1.2E+6", "1,200,000"),
        ("1234.50", "1,234.5"),
        ("0.10", "0.1"),
        ("0.0", "0"),
    ],
)
def test_a_number_is_written_without_digits_that_say_nothing(number: str, digits: str) -> None:
    assert in_digits(Decimal(number)) == digits
