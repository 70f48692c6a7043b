"""Words that only reckon with figures asked for before, and those that ask for something else."""

from __future__ import annotations

import pytest

from assistant.answering.reckoning import How, reckons


@pytest.mark.parametrize(
    ("how", "texts"),
    [
        (How.SUM, "put the two together for me|add those up pls|total?|combined?|what do they come to|sum of both?"),
        (How.SUM, "what does that make in total|how much is that in all|and together that makes?|tot those up"),
        (How.COMPARE, "difference?|what's the gap|how much more is that|so which did better and by how much"),
        (How.COMPARE, "which is bigger then|who came out on top|which of the three got most?|how far apart are they"),
        (How.MEAN, "on average?|and the average of those?"),
        (How.RATIO, "how many times bigger is it|what's the ratio between them"),
    ],
)
def test_words_that_ask_for_a_result_and_nothing_else(how: How, texts: str) -> None:
    assert {reckons(text) for text in texts.split("|")} == {how}


@pytest.mark.parametrize(
    "text",
    [
        *("who led that one?", "tell me more", "any more?", "what else?", "is that the total", "who put it together"),
        *("can they work together?", "which area got most", "compare it with Bath", "how many are there in all"),
        *("and together with employers?", "which is the best college", "what does total mean", "add Kent to that"),
    ],
)
def test_words_that_ask_for_something_else(text: str) -> None:
    assert reckons(text) is None


def test_a_word_of_the_question_reckoned_with_asks_for_nothing_else() -> None:
    assert reckons("which award was bigger?", "How big was the award of Bath?") is How.COMPARE
