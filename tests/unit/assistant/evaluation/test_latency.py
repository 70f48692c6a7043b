"""Medians and percentiles of times."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.latency import by_step, latency


def test_of_nothing() -> None:
    assert latency([]) == latency([])
    assert (latency([]).median, latency([]).p95, latency([]).count) == (0.0, 0.0, 0)


def test_of_twenty() -> None:
    found = latency([float(n) for n in range(1, 21)])
    assert (found.median, found.p95, found.count) == (10.5, 19.0, 20)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_latencies_are_of_the_times(times: list[float]) -> None:
    found = latency(times)
    assert min(times) <= found.median <= max(times)
    assert found.p95 in times


def test_a_step_counts_where_it_was_taken_and_the_total_comes_last() -> None:
    found = by_step([{"screen": 1.0, "total": 1.0}, {"screen": 3.0, "retrieve": 5.0, "total": 9.0}])
    assert list(found) == ["screen", "retrieve", "total"]
    assert (found["screen"].median, found["retrieve"].median, found["retrieve"].count) == (2.0, 5.0, 1)
    assert by_step([]) == {}
