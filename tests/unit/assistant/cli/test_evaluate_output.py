"""What `lsip eval` prints for people."""

from __future__ import annotations

from assistant.cli.evaluate_output import print_comparison, print_failures, print_summary
from assistant.evaluation.compare import compare
from assistant.evaluation.summary import summarise
from tests.fakes.evaluated import near_miss, question, refusal, run_of, saying, seen
from tests.fakes.rendering import printed


def test_the_figures_name_index_and_set() -> None:
    outcomes = [seen(question(person="employer")), seen(near_miss(), refusal())]
    text = printed(lambda console: print_summary(run_of(*(o.asked for o in outcomes)), summarise(outcomes), console))
    for words in ("a.jsonl (all), 2 questions", "generation 3, content abc", "Right", "near_miss", "employer"):
        assert words in text


def test_only_what_is_not_right_is_listed() -> None:
    bad = seen(question(id="bad", turns=("What is a plan?",)), saying("It lasts [four years]."))
    text = printed(lambda console: print_failures([seen(), bad], console))
    assert "bad wrong" in text
    assert "[four years]" in text
    assert "q1" not in text


def test_two_runs_side_by_side() -> None:
    found = compare([seen(made=refusal())], [seen()], ["setting model:  and m"])
    text = printed(lambda console: print_comparison(found, console))
    for words in ("not the same: setting model", "1 won, 0 lost", "McNemar p = 1", "won: q1 wrong -> right"):
        assert words in text
    same = compare([seen()], [seen()])
    assert "won:" not in printed(lambda console: print_comparison(same, console))
