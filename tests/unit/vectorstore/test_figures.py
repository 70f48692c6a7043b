"""Clause numbers, sums, shares and years: one spelling for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.figures import exact_terms, with_exact_terms, years_short
from vectorstore.keywords import KeywordEntry, KeywordIndex
from vectorstore.scope import Scope
from vectorstore.text import stems


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("£3.07m", ["sum_3070000"]),
        ("£3.07 million", ["sum_3070000"]),
        ("£ 3,070,000", ["sum_3070000"]),
        ("3,070,000 pounds", ["sum_3070000"]),
        ("3.07M", ["sum_3070000"]),
        ("£2,499,989.50", ["sum_2499989_5"]),
        ("£165 million in all", ["sum_165000000"]),
        ("£1bn", ["sum_1000000000"]),
        ("£75k", ["sum_75000"]),
        ("£500", ["sum_500"]),
        ("38 areas, 25 days, 2023", []),
        ("3 metres", []),
        ("5% or 12.5 per cent", ["share_5", "share_12_5"]),
        ("s.4(2)(a)", ["sec_4", "sec_4_2", "sec_4_2_a"]),
        ("section 4(2)(a)", ["sec_4", "sec_4_2", "sec_4_2_a"]),
        ("s4 (2)", ["sec_4", "sec_4_2"]),
        ("Section 52B of the Act", ["sec_52b"]),
        ("s.52B", ["sec_52b"]),
        ("paragraph 3.2", ["par_3", "par_3_2"]),
        ("para. 3.2", ["par_3", "par_3_2"]),
        ("regulation 5(1)", ["reg_5", "reg_5_1"]),
        ("Schedule 1", ["sch_1"]),
        ("the plans of 2026/27", ["years_2026_27"]),
        ("2026 to 2027", ["years_2026_27"]),
        ("2023-24 and 2026-2029", ["years_2023_24"]),
        ("the classes 4 and 5", []),
        ("it's 4 o'clock", []),
        ("", []),
    ],
)
def test_one_spelling(text: str, terms: list[str]) -> None:
    assert list(exact_terms(text)) == terms


@pytest.mark.parametrize("text", ["£3.07m by s.4(2)(a), 12.5% of 2026/27", "section 52ZA", "regulation 3(ies)"])
def test_the_analysis_leaves_them_whole(text: str) -> None:
    for term in exact_terms(text):
        assert len(stems(term)) == 1


def test_a_spelling_finds_another(tmp_path: Path) -> None:
    index = KeywordIndex(tmp_path)
    texts = {"sum": "It has £3.07 million to spend.", "clause": "By section 4(2)(a) the body must.", "none": "4 of 2"}
    index.write(KeywordEntry(name, f"v-{name}", text, "") for name, text in texts.items())

    def find(asked: str) -> list[str]:
        terms = [(s, 1.0) for t in exact_terms(asked) for s in stems(t)]
        return [passage for passage, _ in index.search(terms, 5, Scope())]

    assert find("Who got 3,070,000?") == ["sum"]
    assert find("what does s.4(2) say") == ["clause"]
    assert with_exact_terms("no figures") == "no figures"


@pytest.mark.parametrize("written", ["2026-29", "2026-2029", "2026 to 2029", "2026/29", "2026–2029"])
def test_spans_of_years_have_one_short_form(written: str) -> None:
    assert years_short(f"the plan for {written}, in 2025") == "the plan for 2026-29, in 2025"
