"""The folder of a run: outcomes as they come, what was measured, and so how to go on after a stop."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.evaluation.fingerprint import Fingerprint
from assistant.evaluation.golden import GoldenQuestion, set_digest
from assistant.evaluation.outcome import Outcome
from vectorstore.errors import UsageError

OUTCOMES, RUN = "outcomes.jsonl", "run.json"


class Run(BaseModel):
    """What a run asks and of what: written before the first question."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sets: tuple[str, ...]
    half: str
    questions: int
    set_digest: str
    index: Fingerprint

    @classmethod
    def of(cls, sets: Sequence[str], half: str, questions: Sequence[GoldenQuestion], index: Fingerprint) -> Run:
        return cls(
            sets=tuple(sets), half=half, questions=len(questions), set_digest=set_digest(questions), index=index
        )


class RunFolder:
    """Appends each outcome to `outcomes.jsonl` at once, so that a stop loses nothing but the question under way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None

    def begin(self, run: Run) -> list[Outcome]:
        """The outcomes that are here already. Raises UsageError if they are of other questions or another index."""
        self.path.mkdir(parents=True, exist_ok=True)
        done: list[Outcome] = []
        if (self.path / RUN).exists():
            held = read_run(self.path)
            _same(held, run, self.path)
            done = read_outcomes(self.path / OUTCOMES, torn=True) if (self.path / OUTCOMES).exists() else []
        elif (self.path / OUTCOMES).exists():
            raise UsageError(f"{self.path.name} holds outcomes without {RUN}.", "Give another folder to --out.")
        write(self.path / RUN, run.model_dump_json(indent=2) + "\n")
        # Written anew, so that half a line of a run that was killed is gone.
        write(self.path / OUTCOMES, "".join(o.model_dump_json() + "\n" for o in done))
        return done

    def add(self, outcome: Outcome) -> None:
        """Keep one outcome."""
        if self._file is None:
            self._file = (self.path / OUTCOMES).open("a", encoding="utf-8")
        self._file.write(outcome.model_dump_json() + "\n")
        self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _same(held: Run, run: Run, path: Path) -> None:
    if held.set_digest != run.set_digest:
        raise UsageError(f"{path.name} holds a run of other questions.", "Give another folder to --out.")
    changed = run.index.differs_from(held.index)
    if changed:
        raise UsageError(
            f"{path.name} holds a run of something else ({changed[0]}).", "Give another folder to --out."
        )


def write(path: Path, text: str) -> None:
    """Replace a file as a whole: nobody ever reads half of it."""
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def read_run(folder: Path) -> Run:
    """What the run in `folder` asked. Raises UsageError."""
    try:
        return Run.model_validate_json((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageError(f"{folder.name}/{RUN} cannot be read.", "It is written by `lsip eval --out`.") from None


def read_outcomes(path: Path, *, torn: bool = False) -> list[Outcome]:
    """The outcomes of a run. Raises UsageError that names the line; `torn` forgives a last line cut off by a kill."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"There are no outcomes at {str(path)!r}.", "`lsip eval --out FOLDER` makes them.") from None
    outcomes = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            outcomes.append(Outcome.model_validate(json.loads(line)))
        except (ValidationError, ValueError):
            if torn and number == len(lines):
                break
            raise UsageError(
                f"{path.name}:{number} is not an outcome.", "`lsip eval --out FOLDER` makes such files."
            ) from None
    return outcomes
