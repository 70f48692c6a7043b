"""What may be worked out from figures: total and mean, of two the difference and the ratio; how each is written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_MILLION = Decimal(1_000_000)
_TENTH = Decimal("0.1")


def total(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def mean(values: Sequence[Decimal]) -> Decimal:
    return total(values) / len(values)


def difference(values: Sequence[Decimal]) -> Decimal:
    """How much the largest of `values` is above the next."""
    first, second, *_ = sorted(values, reverse=True)
    return first - second


def ratio(values: Sequence[Decimal]) -> Decimal | None:
    """How many times the second largest of `values` the largest is; None of nothing."""
    first, second, *_ = sorted(values, reverse=True)
    return first / second if second else None


def money(value: Decimal) -> str:
    """A sum in pounds, in millions where that says all of it in two places."""
    if value >= _MILLION and value % 10_000 == 0:
        return f"£{plain(value / _MILLION)} million"
    return f"£{value:,.0f}"


def to_the_pound(value: Decimal) -> bool:
    """Whether a sum is given to less than a hundredth of a million, as one written out is."""
    return value % 10_000 != 0


def roughly(value: Decimal) -> Decimal:
    """A sum to a tenth of a million."""
    return (value / _MILLION).quantize(_TENTH, ROUND_HALF_UP) * _MILLION


def plain(value: Decimal) -> str:
    """A number without noughts at its end, to two places."""
    shown = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    return shown.rstrip("0").rstrip(".")


def tenths(value: Decimal) -> str:
    """A number to one place."""
    return plain(value.quantize(_TENTH, ROUND_HALF_UP))


def worked_out(values: Sequence[Decimal], *, sums: bool) -> str:
    """All that may be said to come of `values`, which are `sums` of money or numbers, as it is written."""
    results = [*values, total(values), mean(values)]
    times = None
    if len(values) > 1:
        results.append(difference(values))
        times = ratio(values)
    said = [tenths(times)] if times is not None else []
    for result in results:
        said += [money(result), money(roughly(result))] if sums else [plain(result), tenths(result)]
    return " ".join(said)


def added_up(values: Sequence[Decimal]) -> str:
    """The total of `values` and what they are on average, to the pound."""
    return f"{total(values):,.0f} {mean(values):,.0f}" if values else ""
