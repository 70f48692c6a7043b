"""Writes what a run found into its folder: report.json and report.html."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.folder import Run, write
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.page import page
from assistant.evaluation.plots import available
from assistant.evaluation.summary import Summary

REPORT, PAGE = "report.json", "report.html"


def as_json(run: Run, summary: Summary) -> dict[str, Any]:
    """The report without its outcomes. `complete` is false for a run that was stopped."""
    return {
        "run": run.model_dump(mode="json"),
        "complete": summary.questions == run.questions,
        "summary": summary.as_json(),
    }


def write_reports(folder: Path, run: Run, summary: Summary, outcomes: Sequence[Outcome]) -> None:
    """Write both reports beside the outcomes."""
    write(folder / REPORT, json.dumps(as_json(run, summary), ensure_ascii=False, indent=2) + "\n")
    write(folder / PAGE, page(run, summary, outcomes, draw=available()))
