"""The report as one page: self-contained, without script, readable without seeing the drawings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.evaluation.folder import Run
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.plots import REMEDY, charts
from assistant.evaluation.summary import Summary
from assistant.evaluation.wording import interval, percent, rows


def page(run: Run, summary: Summary, outcomes: Sequence[Outcome], *, draw: bool) -> str:
    """The page of a run, finished or not, as HTML. Without `draw` it says how to get the drawings."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = [(chart, Markup(chart.svg)) for chart in (charts(summary) if draw else [])]  # noqa: S704 (drawn by us, escaped there)
    return environment.get_template("page.html").render(
        run=run,
        summary=summary,
        rows=rows(summary),
        charts=drawn,
        no_charts="" if draw else REMEDY,
        breakdowns=[("By kind", "Kind", summary.kinds), ("By person", "Person", summary.persons)],
        calibrations=[
            ("Share of questions that can be answered", summary.answerable_calibration),
            ("Share of answers that are right", summary.right_calibration),
        ],
        failures=[o for o in outcomes if not o.right],
        percent=percent,
        interval=interval,
        coverage=_at_tenths(summary),
    )


def _at_tenths(summary: Summary) -> list[tuple[float, float, float]]:
    """Coverage, risk and least confidence near each tenth of coverage: a curve as a short table."""
    found: dict[int, tuple[float, float, float]] = {}
    for point in summary.risk_coverage:
        found[int(point.coverage * 10)] = (point.coverage, point.risk, point.confidence)
    return list(found.values())
