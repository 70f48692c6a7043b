"""`lsip eval` stopped in the middle."""

from __future__ import annotations

from pathlib import Path

from assistant.answering.model import Answer, Question
from assistant.cli.evaluate import ask_all
from assistant.evaluation.folder import OUTCOMES, RunFolder, read_outcomes
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.running import Evaluation
from tests.fakes.evaluated import FakeAsker, FakeSearcher, question, run_of, text_of
from tests.fakes.knowledge import answer

ASKED = [question(id=f"q{n}", question=f"Question {n}?") for n in range(3)]


def stopping_at(text: str) -> FakeAsker:
    """Answers until one question, at which somebody presses Ctrl-C."""

    def reply(asked: Question) -> Answer:
        if asked.question == text:
            raise KeyboardInterrupt
        return answer()

    return FakeAsker(reply)


def test_an_interruption_keeps_what_was_measured(tmp_path: Path) -> None:
    folder, outcomes = RunFolder(tmp_path), list[Outcome]()
    folder.begin(run_of(*ASKED))
    stopped = ask_all(
        Evaluation(stopping_at("Question 1?"), FakeSearcher(), text_of, "lsip"), ASKED, outcomes, folder
    )
    assert stopped
    assert [o.id for o in outcomes] == ["q0"]
    assert read_outcomes(tmp_path / OUTCOMES) == outcomes


def test_only_what_is_left_is_asked(tmp_path: Path) -> None:
    folder, asker = RunFolder(tmp_path), FakeAsker()
    evaluation = Evaluation(asker, FakeSearcher(), text_of, "lsip")
    outcomes = [evaluation.observe(ASKED[1])]
    folder.begin(run_of(*ASKED))
    assert not ask_all(evaluation, ASKED, outcomes, folder)
    assert [a.question for a in asker.asked] == ["Question 1?", "Question 0?", "Question 2?"]
    assert sorted(o.id for o in outcomes) == ["q0", "q1", "q2"]
