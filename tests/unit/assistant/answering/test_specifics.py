"""Names, numbered things and years that a question is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.specifics import (
    asks_exact_day,
    has_full_date,
    is_of_another,
    missing_share,
    names_rival,
    specifics,
    years,
)


def all_in(question: str, text: str) -> bool:
    return missing_share(specifics(question), text) == 0.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does section 4 say?", "Section 4 says that"),
        ("What does s.4 say?", "By section 4, the"),
        ("When did stage two close?", "Stage 2 closed in October."),
        ("What is in Annex B?", "Annex B lists"),
        ("What was paid in 2023-24?", "In 2023-24 the fund paid"),
        ("What was paid in 2023/24?", "In 2023-24 the fund paid"),
        ("Which college in Kendal leads?", "Kendal College leads."),
        ("Which 2026-29 plans are out?", "Five plans for 2026 to 2029 were seen."),
        ("Which 2026-2029 plans are out?", "Five plans for 2026-29 were seen."),
        ("Is level 7 in?", "Plans cover entry to work up to level 8."),
        ("Is level 4 in?", "The fund was for levels 3 to 5."),
        ("What are the valley's six aims?", "The valley has six aims:"),
    ],
)
def test_a_text_about_the_same_thing_lacks_nothing(question: str, text: str) -> None:
    assert all_in(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does section 4 say?", "Section 5 says that"),
        ("When did stage two close?", "Stage 1 closed in October, 2 days late."),
        ("What is in Annex C?", "Annex B lists"),
        ("What was paid in 2023-24?", "In 2022-23 the fund paid"),
        ("Which college in Kendal leads?", "Carlisle College leads."),
    ],
)
def test_a_text_about_another_thing_lacks_it(question: str, text: str) -> None:
    assert specifics(question)
    assert not all_in(question, text)


def test_ordinary_names_and_months_are_nothing_special() -> None:
    assert specifics("Who leads the LSIP in March?", ["LSIP"]) == []
    assert specifics("WHO LEADS IT?") == []
    assert specifics("who leads it?") == []


def test_years_are_left_out_where_dates_do_not_matter() -> None:
    assert specifics("what was paid in 2023?", dates=False) == []
    assert specifics("what was paid in 2023?") != []


def test_nothing_wanted_is_nothing_missing() -> None:
    assert missing_share([], "anything") == 0.0


@given(st.text(max_size=120), st.text(max_size=120))
def test_the_share_is_a_share(question: str, text: str) -> None:
    wanted = specifics(question)
    assert 0.0 <= missing_share(wanted, text) <= 1.0
    assert len(set(wanted)) == len(wanted)


def test_days_and_years() -> None:
    assert asks_exact_day("What exact day did it close?")
    assert not asks_exact_day("When did it close?")
    assert has_full_date("It closed on 13 October 2023.")
    assert has_full_date("It closed on 13 October 2023.", {"2023"})
    assert not has_full_date("It closed on 13 October 2023.", {"2024"})
    assert not has_full_date("It closed in October 2023.")
    assert years("from 2022 to 2023-24") == {"2022", "2023"}


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("What is section 3 about?", "Section 5 sets the fee.", True),
        ("What is section 3 about?", "Sections of hedge. Section 3 sets the fee, section 5 the day.", False),
        ("What is section three about?", "s. 3 sets the fee.", False),
        ("What is section 3 about?", "The fee is set.", False),
        ("Is level 5 taught?", "Courses reach up to level 8.", False),
        ("What is stage 2?", "Section 5 sets the fee.", False),
        ("Who led in 2023?", "Ash led in 2024.", True),
    ],
)
def test_another_numbered_thing_is_told_from_none(question: str, text: str, another: bool) -> None:
    assert is_of_another(question, text) is another


def test_where_texts_are_chosen_by_their_dates_another_year_tells_nothing() -> None:
    assert not is_of_another("Who led in 2023?", "Ash led in 2024.", dates=False)


RIVALS = (("ABF", "Apple Bounty Fund", "bounty fund"), ("PDF", "Pear Duty Fund"))


@pytest.mark.parametrize(
    ("question", "text", "rival"),
    [
        ("Who led bids to the bounty fund?", "Pear Duty Fund (PDF): a grower led each bid.", True),
        ("Who led bids to the bounty fund?", "The ABF followed the PDF.", False),
        ("Who led bids to the bounty fund?", "A grower led each bid.", False),
        ("Who led bids?", "Pear Duty Fund (PDF): a grower led each bid.", False),
        ("What were the PDF and the ABF?", "The ABF paid for ladders.", False),
    ],
)
def test_a_text_on_what_is_taken_for_the_thing_asked_about_is_known(question: str, text: str, rival: bool) -> None:
    assert names_rival(question, text, RIVALS) is rival
