"""What comes of figures, and how it is written."""

from __future__ import annotations

from decimal import Decimal

from assistant.verification import arithmetic

ONE, OTHER = Decimal(8_500_000), Decimal(4_500_000)


def test_two_sums_are_added_up_and_set_against_each_other() -> None:
    assert arithmetic.total([OTHER, ONE]) == 13_000_000
    assert arithmetic.mean([OTHER, ONE]) == 6_500_000
    assert arithmetic.difference([OTHER, ONE]) == 4_000_000
    assert arithmetic.tenths(arithmetic.ratio([OTHER, ONE]) or Decimal(0)) == "1.9"
    assert arithmetic.ratio([Decimal(0), Decimal(0)]) is None


def test_sums_are_written_in_millions_where_that_says_all_of_them() -> None:
    assert [arithmetic.money(Decimal(v)) for v in (8_400_000, 500_000, 10_304_523)] == [
        "£8.4 million",
        "£500,000",
        "£10,304,523",
    ]
    assert arithmetic.money(arithmetic.roughly(Decimal(1_804_523))) == "£1.8 million"


def test_only_what_comes_of_them_may_be_said() -> None:
    said = arithmetic.worked_out([ONE, OTHER], sums=True).split("£")
    assert "13 million " in said and "4 million " in said
    assert "9 million " not in said
    assert arithmetic.worked_out([Decimal(213), Decimal(184)], sums=False).split()[-2:] == ["29", "29"]
    assert arithmetic.added_up([]) == ""
