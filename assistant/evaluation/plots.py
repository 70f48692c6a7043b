"""The figures as drawings: SVG for inline use in a page. matplotlib is optional and imported only to draw."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING, Any

from assistant.evaluation.summary import Summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

REMEDY = "Plots are left out: matplotlib is not installed. Install it with: pip install 'lsip-assistant[eval]'"
SIZE = (5.6, 3.4)  # inches
INK, SECOND = "#1d5a96", "#b3541e"  # each at least 4.5:1 on white
STYLE: Any = {  # matplotlib types its names
    "svg.fonttype": "none",
    "svg.hashsalt": "lsip",
    "font.family": "sans-serif",
    "font.size": 10,
}
_PROLOGUE = re.compile(r"^.*?(?=<svg)|<metadata>.*?</metadata>", re.DOTALL)
_NAME = re.compile(r'(\bid="|url\(#|href="#)')
_WIDTH = re.compile(r'<svg ([^>]*?)width="[^"]*" height="[^"]*"')


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing with its title and what it shows, in words for who does not see it."""

    key: str
    title: str
    words: str
    svg: str


def available() -> bool:
    return find_spec("matplotlib") is not None


def charts(summary: Summary) -> list[Chart]:
    """The drawings that the figures allow. Raises ImportError without matplotlib."""
    found = []
    if any(share.value is not None for name, share in summary.shares.items() if name.startswith("recall@")):
        words = ", ".join(f"{100 * v:.0f} % at {k}" for k, v in summary.recall.items())
        found.append(_chart("recall", "Recall at k", f"Recall: {words}.", lambda axes: _recall(axes, summary)))
    if summary.risk_coverage:
        last = summary.risk_coverage[-1]
        words = f"With every answer given, {100 * last.coverage:.0f} % are answered and {100 * last.risk:.0f} %"
        words += " of those are not right."
        found.append(_chart("risk", "Risk and coverage", words, lambda axes: _risk(axes, summary)))
    if summary.answerable_calibration.bins:
        words = "The nearer the points lie to the diagonal, the more the confidence can be taken at its word."
        found.append(_chart("reliability", "Reliability", words, lambda axes: _reliability(axes, summary)))
    steps = {name: step for name, step in summary.steps.items() if step.p95 > 0}
    if steps:
        words = f"Median {summary.median_ms:.0f} ms, 95th percentile {summary.p95_ms:.0f} ms in all."
        found.append(_chart("latency", "Latency by step", words, lambda axes: _latency(axes, summary)))
    return found


def _chart(key: str, title: str, words: str, draw: Callable[[Axes], None]) -> Chart:
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE, layout="constrained")
        axes = figure.subplots()
        draw(axes)
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
        buffer = StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return Chart(key, title, words, _inline(buffer.getvalue(), key, title))


def _inline(svg: str, key: str, title: str) -> str:
    """`svg` for the body of a page: no prologue, ids of its own, a name, and as wide as there is room."""
    named = _NAME.sub(rf"\g<1>{key}-", _PROLOGUE.sub("", svg))
    return _WIDTH.sub(rf'<svg role="img" aria-label="{title}" \1', named, count=1).strip()


def _recall(axes: Axes, summary: Summary) -> None:
    ks = list(summary.recall)
    axes.plot(ks, [summary.recall[k] for k in ks], "o-", color=INK)
    shares = [summary.shares[f"recall@{k}"] for k in ks]
    axes.fill_between(ks, [s.low or 0.0 for s in shares], [s.high or 0.0 for s in shares], color=INK, alpha=0.15)
    axes.set(xlabel="passages looked at", ylabel="recall", ylim=(0, 1.03), xticks=ks)


def _risk(axes: Axes, summary: Summary) -> None:
    points = summary.risk_coverage
    axes.plot([p.coverage for p in points], [p.risk for p in points], "-", color=INK)
    axes.set(xlabel="share of all questions answered", ylabel="share of answers not right", xlim=(0, 1.02))
    axes.set_ylim(0, max(0.05, 1.1 * max(p.risk for p in points)))


def _reliability(axes: Axes, summary: Summary) -> None:
    axes.plot([0, 1], [0, 1], "--", color="#666666", linewidth=1)
    for name, marks, color, found in (
        ("answerable", "o-", INK, summary.answerable_calibration),
        ("right, of answers", "s:", SECOND, summary.right_calibration),
    ):
        axes.plot([b.confidence for b in found.bins], [b.share for b in found.bins], marks, color=color, label=name)
    axes.set(xlabel="confidence", ylabel="share of questions", xlim=(0, 1.02), ylim=(0, 1.03))
    axes.legend(frameon=False, loc="upper left")


def _latency(axes: Axes, summary: Summary) -> None:
    names = [name for name, step in summary.steps.items() if step.p95 > 0][::-1]
    medians, highs = [summary.steps[n].median for n in names], [summary.steps[n].p95 for n in names]
    axes.barh(names, highs, color=INK, alpha=0.3, label="95th percentile")
    axes.barh(names, medians, color=INK, label="median")
    axes.set(xlabel="milliseconds")
    axes.legend(frameon=False)
