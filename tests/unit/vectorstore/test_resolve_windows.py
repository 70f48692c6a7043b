"""Windows of editions that know of each other."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vectorstore.model import Status
from vectorstore.validity import Edition, in_force, resolve_windows

DAY = timedelta(days=1)


def edition(
    key: str,
    start: date | None,
    end: date | None = None,
    *,
    document: str = "g",
    status: Status = Status.IN_FORCE,
    published: date | None = None,
    supersedes: tuple[str, ...] = (),
) -> Edition:
    return Edition(key, document, status, start, end, published, f"{key}.md", supersedes)


def test_editions_close_each_other() -> None:
    made = resolve_windows(
        [edition("c", date(2025, 1, 1)), edition("a", date(2022, 1, 1)), edition("b", date(2023, 1, 1))]
    )
    assert (made["a"].valid_to, made["a"].status, made["a"].superseded_by) == (
        date(2022, 12, 31),
        Status.SUPERSEDED,
        "b",
    )
    assert (made["b"].valid_to, made["b"].superseded_by) == (date(2024, 12, 31), "c")
    assert (made["c"].valid_to, made["c"].status, made["c"].superseded_by) == (None, Status.IN_FORCE, None)


def test_an_edition_that_ended_earlier_keeps_its_end() -> None:
    made = resolve_windows([edition("a", date(2022, 1, 1), date(2022, 6, 30)), edition("b", date(2023, 1, 1))])
    assert made["a"].valid_to == date(2022, 6, 30)
    assert made["a"].superseded_by == "b"


def test_of_two_with_the_same_start_the_later_published_holds() -> None:
    start = date(2022, 1, 1)
    made = resolve_windows(
        [edition("new", start, published=date(2022, 3, 1)), edition("old", start, published=date(2022, 2, 1))]
    )
    assert [k for k, e in made.items() if in_force(e, start)] == ["new"]
    assert made["old"].superseded_by == "new"


def test_of_two_without_dates_one_holds_whatever_the_order() -> None:
    one, two = edition("a", None), edition("b", None)
    for editions in ([one, two], [two, one]):
        made = resolve_windows(editions)
        assert [k for k, e in made.items() if in_force(e, date(2024, 1, 1))] == ["b"]


def test_a_start_at_the_first_of_all_days() -> None:
    made = resolve_windows([edition("a", None), edition("b", date.min)])
    assert [k for k, e in made.items() if in_force(e, date.min)] == ["b"]


def test_a_draft_closes_nothing() -> None:
    made = resolve_windows([edition("a", date(2022, 1, 1)), edition("b", date(2025, 1, 1), status=Status.DRAFT)])
    assert in_force(made["a"], date(2026, 1, 1))
    assert made["a"].superseded_by is None
    assert not in_force(made["b"], date(2026, 1, 1))


def test_a_draft_between_two_editions_is_passed_over() -> None:
    made = resolve_windows(
        [
            edition("a", date(2022, 1, 1)),
            edition("b", date(2023, 1, 1), status=Status.EXPECTED),
            edition("c", date(2025, 1, 1)),
        ]
    )
    assert (made["a"].valid_to, made["a"].superseded_by) == (date(2024, 12, 31), "c")
    assert made["b"].status is Status.EXPECTED


def test_a_withdrawn_edition_ends_what_it_had_replaced() -> None:
    made = resolve_windows([edition("a", date(2022, 1, 1)), edition("b", date(2025, 1, 1), status=Status.WITHDRAWN)])
    assert made["a"].valid_to == date(2024, 12, 31)
    assert not in_force(made["b"], date(2026, 1, 1))


def test_supersedes_closes_another_document_that_began_before() -> None:
    made = resolve_windows(
        [
            edition("g1", date(2022, 1, 1)),
            edition("g2", date(2023, 1, 1)),
            edition("g9", date(2027, 1, 1)),
            edition("h", date(2025, 1, 1), document="h", supersedes=("g", "h", "no such")),
        ]
    )
    assert (made["g2"].valid_to, made["g2"].superseded_by) == (date(2024, 12, 31), "h")
    assert (made["g1"].valid_to, made["g1"].superseded_by) == (date(2022, 12, 31), "g2")
    assert made["g9"].status is Status.IN_FORCE
    assert made["h"].superseded_by is None


def test_the_first_of_several_that_supersede_is_named() -> None:
    made = resolve_windows(
        [
            edition("h2", date(2026, 1, 1), document="h", supersedes=("g",)),
            edition("h1", date(2025, 1, 1), document="h", supersedes=("g",)),
            edition("g", date(2022, 1, 1)),
        ]
    )
    assert (made["g"].valid_to, made["g"].superseded_by) == (date(2024, 12, 31), "h1")


def test_a_draft_supersedes_nothing() -> None:
    draft = edition("h", date(2025, 1, 1), document="h", status=Status.DRAFT, supersedes=("g",))
    assert resolve_windows([edition("g", date(2022, 1, 1)), draft])["g"].superseded_by is None


DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def histories(draw: st.DrawFn) -> list[Edition]:
    starts = draw(st.lists(DATES, min_size=1, max_size=8, unique=True))
    made = []
    for number, start in enumerate(starts):
        end = draw(st.none() | st.dates(start, date(2031, 1, 1)))
        made.append(edition(str(number), start, end, status=draw(st.sampled_from(Status))))
    return made


@given(histories(), DATES)
def test_at_most_one_edition_with_distinct_starts_is_in_force(history: list[Edition], on: date) -> None:
    made = resolve_windows(history)
    assert sum(in_force(e, on) for e in made.values()) <= 1


@given(histories(), DATES)
def test_the_order_of_reading_does_not_matter(history: list[Edition], on: date) -> None:
    assert resolve_windows(history) == resolve_windows(reversed(history))


@given(histories())
def test_no_window_grows(history: list[Edition]) -> None:
    made = resolve_windows(history)
    for e in history:
        end = made[e.version_id].valid_to
        assert made[e.version_id].valid_from == e.valid_from
        assert e.valid_to is None or (end is not None and end <= e.valid_to)
