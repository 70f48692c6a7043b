"""The picture of a timeline: every mark inside it, in order of date, with the day asked about where it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.timeline import drawing
from assistant.timeline.drawing import EACH_OWN_ROW, LABELS, LEAST, LONGEST, WIDTH, Drawing, Mark, draw
from assistant.timeline.engine import KINDS
from assistant.timeline.schemas import EventReport
from tests.fakes.almanac import TODAY, desk, event
from vectorstore.facts import Fact

ONE = st.tuples(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)),
    st.integers(min_value=0, max_value=900),
    st.sampled_from(KINDS),
    st.booleans(),
)
SOME = st.lists(ONE, min_size=1, max_size=45)
MANY = st.lists(ONE, min_size=EACH_OWN_ROW + 1, max_size=45)
Held = Sequence[tuple[date, int, str, bool]]


def reports(held: Held, on: date = TODAY) -> tuple[EventReport, ...]:
    """Reports on events that begin on a day, last for some, are of a kind, or are only dated by their end."""
    return desk([fact(n, *each) for n, each in enumerate(held)]).report(on).events


def fact(number: int, start: date, days: int, kind: str, only_by: bool) -> Fact:
    end = start + timedelta(days=days)
    begins, precision = ("", "by") if only_by else (f"{start}", "day")
    name = f"e{number:02}"
    return event(
        id=name, title=name, kind=kind, start=begins, end=f"{end}", precision=precision, text=f"This is {name}."
    ).fact  # fmt: skip


def drawn(held: Held, on: date = TODAY) -> Drawing:
    made = draw(reports(held, on), on)
    assert made is not None
    return made


def middle(mark: Mark) -> float:
    return mark.x + mark.width / 2


@settings(max_examples=50, deadline=None)
@given(SOME)
def test_every_mark_and_label_lies_inside_the_picture(held: Held) -> None:
    made = drawn(held)
    assert len(made.marks) == len(held)
    left = LABELS if len(held) <= EACH_OWN_ROW else drawing.KINDS
    for mark in made.marks:
        assert left <= mark.x <= mark.x + mark.width <= made.width == WIDTH
        assert 0 < mark.y < made.height
    for label in (*made.labels, *made.years):
        assert 0 <= label.x <= made.width
        assert 0 < label.y < made.height


@settings(max_examples=50, deadline=None)
@given(SOME)
def test_marks_stand_from_left_to_right_as_their_days_follow(held: Held) -> None:
    events = reports(held)
    made = draw(events, TODAY)
    assert made is not None
    ends = {e.id: (e.start or e.end) for e in events}
    points = sorted((m for m in made.marks if m.width == LEAST), key=lambda m: ends[m.event])
    bars = sorted((m for m in made.marks if m.width > LEAST), key=lambda m: ends[m.event])
    assert all(a.x <= b.x for a, b in pairwise(bars))
    assert all(a.x <= b.x + LEAST / 2 for a, b in pairwise(points))


@settings(max_examples=50, deadline=None)
@given(MANY)
def test_marks_never_lie_on_each_other(held: Held) -> None:
    rows: dict[float, list[Mark]] = defaultdict(list)
    for mark in drawn(held).marks:
        rows[mark.y].append(mark)
    for marks in rows.values():
        ordered = sorted(marks, key=lambda m: m.x)
        assert all(a.x + a.width < b.x for a, b in pairwise(ordered))


def days(count: int, kinds: Sequence[str] = ("legal",)) -> Held:
    return [(date(2024, 1, 1) + timedelta(days=20 * n), 0, kinds[n % len(kinds)], False) for n in range(count)]


def test_a_few_events_have_each_a_row_and_a_name_from_the_first_down() -> None:
    made = drawn(days(EACH_OWN_ROW, KINDS))
    assert [label.text for label in made.labels] == [f"e{n:02}" for n in range(EACH_OWN_ROW)]
    assert [m.event for m in made.marks] == [f"e{n:02}" for n in range(EACH_OWN_ROW)]
    assert [m.y for m in made.marks] == sorted({m.y for m in made.marks})
    assert [m.y for m in made.marks] == [label.y for label in made.labels]
    assert all(a.x < b.x for a, b in pairwise(made.marks))


def test_many_events_have_one_lane_for_each_kind() -> None:
    made = drawn(days(EACH_OWN_ROW + 1, ("legal", "funding", "expected")))
    assert [label.text for label in made.labels] == ["Expected", "Funding", "Legal"]
    lanes = {kind: {m.y for m in made.marks if m.kind == kind} for kind in ("expected", "funding", "legal")}
    assert [len(ys) for ys in lanes.values()] == [1, 1, 1]
    assert [*lanes["expected"], *lanes["funding"], *lanes["legal"]] == [label.y for label in made.labels]


def test_a_lane_is_as_deep_as_its_events_lie_over_each_other() -> None:
    long = [(date(2024, month, 1), 700, "legal", False) for month in (1, 4, 7)]
    made = drawn([*long, *days(EACH_OWN_ROW, ("funding",))])
    assert len({m.y for m in made.marks if m.kind == "legal"}) == 3
    lowest_funding = max(m.y for m in made.marks if m.kind == "funding")
    assert lowest_funding < min(m.y for m in made.marks if m.kind == "legal")


def test_the_day_asked_about_stands_among_the_marks() -> None:
    held = [(date(2025, 6, 1), 0, "legal", False), (TODAY, 0, "legal", False), (date(2026, 8, 1), 0, "legal", False)]
    made = drawn(held)
    before, same, after = made.marks
    assert made.today == pytest.approx(middle(same), abs=0.1)
    assert middle(before) < (made.today or 0) < middle(after)


@pytest.mark.parametrize(
    ("on", "there"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2033, 5, 5), True)]
)
def test_the_day_asked_about_is_drawn_unless_all_events_are_of_later_years(on: date, there: bool) -> None:
    events = reports([(date(2024, 6, 1), 0, "legal", False)])
    made = draw(events, on)
    assert made is not None
    assert (made.today is not None) is there
    if made.today is not None:
        assert LABELS <= made.today <= WIDTH


def test_years_stand_on_top_in_order_and_few_enough_to_read() -> None:
    short = drawn([(date(2023, 5, 1), 0, "legal", False), (date(2025, 5, 1), 0, "legal", False)])
    assert [y.text for y in short.years] == ["2023", "2024", "2025", "2026"]
    long = drawn([(date(2020, 1, 1), 0, "legal", False), (date(2049, 1, 1), 0, "legal", False)])
    assert long.years[0].text == "2020"
    assert len(long.years) <= 12
    assert [y.x for y in long.years] == sorted({y.x for y in long.years})


def test_a_day_is_a_point_and_a_time_a_bar_of_its_length() -> None:
    held = [(date(2024, 1, 1), 0, "legal", False), (date(2024, 1, 1), 366, "legal", False)]
    point, bar = drawn(held).marks
    assert point.width == LEAST
    years = {y.text: y.x for y in drawn(held).years}
    assert bar.x == years["2024"]
    assert bar.x + bar.width == pytest.approx(years["2025"], abs=0.11)


def test_only_what_is_known_to_the_day_is_drawn_as_exact() -> None:
    made = draw(desk().report(TODAY).events, TODAY)
    assert made is not None
    exact = {m.event: m.exact for m in made.marks}
    assert (exact["glade-window"], exact["glade-report"]) == (True, True)
    assert not any(exact[e] for e in ("white-paper", "second-plans", "review", "plan-time", "glade-stage-2"))


def test_a_mark_says_what_it_stands_for_and_a_long_name_is_cut() -> None:
    name = "The long and winding opening of the second round of bids to the fund"
    [told] = desk([event(title=name, kind="deadline").fact]).report(TODAY).events
    made = draw([told], TODAY)
    assert made is not None
    [mark], [label] = made.marks, made.labels
    assert (mark.title, mark.state, mark.kind) == (f"{name}: 10 February 2024", "past", "deadline")
    assert len(label.text) <= LONGEST
    assert label.text.endswith("…")
    assert name.startswith(label.text[:-1])


def test_without_events_there_is_no_picture() -> None:
    assert draw([], TODAY) is None
