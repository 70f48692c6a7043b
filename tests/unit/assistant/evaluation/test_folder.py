"""The folder of a run: kept as it goes, taken up again, never mixed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.folder import OUTCOMES, RUN, RunFolder, read_outcomes, read_run
from tests.fakes.evaluated import index, near_miss, question, run_of, seen
from vectorstore.errors import UsageError

ASKED = (question(), near_miss())


def begun(path: Path, *outcomes: Any) -> RunFolder:
    folder = RunFolder(path)
    folder.begin(run_of(*ASKED))
    for o in outcomes:
        folder.add(o)
    folder.close()
    return folder


def test_a_run_is_kept_and_taken_up(tmp_path: Path) -> None:
    begun(tmp_path / "run", seen())
    assert [o.id for o in RunFolder(tmp_path / "run").begin(run_of(*ASKED))] == ["q1"]
    again = RunFolder(tmp_path / "run")
    again.begin(run_of(*ASKED))
    again.add(seen(near_miss()))
    again.close()
    assert [o.id for o in read_outcomes(tmp_path / "run" / OUTCOMES)] == ["q1", "q2"]
    assert read_run(tmp_path / "run") == run_of(*ASKED)


def test_an_outcome_is_on_disk_before_the_next(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.begin(run_of(*ASKED))
    folder.add(seen())
    assert len(read_outcomes(tmp_path / OUTCOMES)) == 1
    folder.close()


def test_half_a_line_of_a_killed_run_is_dropped(tmp_path: Path) -> None:
    begun(tmp_path, seen())
    with (tmp_path / OUTCOMES).open("a", encoding="utf-8") as file:
        file.write('{"id": "q2", "ques')
    with pytest.raises(UsageError, match=r"outcomes\.jsonl:2"):
        read_outcomes(tmp_path / OUTCOMES)
    assert [o.id for o in RunFolder(tmp_path).begin(run_of(*ASKED))] == ["q1"]
    assert len(read_outcomes(tmp_path / OUTCOMES)) == 1


def test_a_broken_line_in_the_middle_is_named(tmp_path: Path) -> None:
    begun(tmp_path, seen())
    text = (tmp_path / OUTCOMES).read_text(encoding="utf-8")
    (tmp_path / OUTCOMES).write_text("nonsense\n" + text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"outcomes\.jsonl:1"):
        RunFolder(tmp_path).begin(run_of(*ASKED))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (run_of(question()), "other questions"),
        (run_of(*ASKED, index=index(content="xyz")), "content of the index: xyz and abc"),
        (run_of(*ASKED, index=index(settings={"max_question": "900"})), "max_question"),
    ],
)
def test_runs_are_not_mixed(tmp_path: Path, other: Any, said: str) -> None:
    begun(tmp_path, seen())
    with pytest.raises(UsageError, match=said):
        RunFolder(tmp_path).begin(other)
    assert len(read_outcomes(tmp_path / OUTCOMES)) == 1


def test_outcomes_of_nobody_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / OUTCOMES).write_text("mine\n", encoding="utf-8")
    with pytest.raises(UsageError, match=RUN):
        RunFolder(tmp_path).begin(run_of(*ASKED))
    assert (tmp_path / OUTCOMES).read_text(encoding="utf-8") == "mine\n"


def test_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_outcomes(tmp_path / OUTCOMES)
    with pytest.raises(UsageError):
        read_run(tmp_path)
