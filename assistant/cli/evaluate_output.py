"""What `lsip eval` prints for people: tables of figures, what is not right, and two runs side by side."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from assistant.evaluation.compare import Comparison, Pair
from assistant.evaluation.folder import Run
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.summary import Part, Summary
from assistant.evaluation.wording import interval, percent, rows


def print_summary(run: Run, summary: Summary, console: Console) -> None:
    """The figures of a run as tables."""
    index = run.index
    console.print(f"{', '.join(run.sets)} ({run.half}), {summary.questions} questions: {summary.verdicts}")
    console.print(
        f"collection {index.collection}, generation {index.generation}, content {index.content}, "
        f"{index.passages} passages; release {index.release} {index.commit}"
    )
    table = _table("Measure", "Value", "95 % interval", "Of")
    for row in rows(summary):
        table.add_row(row.name, row.value, row.interval, row.of)
    console.print(table)
    for head, parts in (("Kind", summary.kinds), ("Person", summary.persons)):
        if len(parts) > 1:
            console.print(_parts(head, parts))
    steps = _table("Step", "Median ms", "95th percentile ms")
    for name, step in summary.steps.items():
        steps.add_row(name, f"{step.median:.1f}", f"{step.p95:.1f}")
    console.print(steps)


def print_failures(outcomes: Sequence[Outcome], console: Console) -> None:
    """Every question that was not answered right."""
    for o in outcomes:
        if not o.right:
            console.print(f"\n{o.id} {o.verdict} ({o.kind}, {o.status}, {o.confidence:.2f}): {o.question}")
            if o.exchange:
                console.print(f"   after: {' / '.join(m.text for m in o.exchange if m.role == 'user')}")
            console.print(f"   missing: {'; '.join(o.missing) or '-'}  asserted: {'; '.join(o.asserted) or '-'}")
            console.print(f"   said: {o.plain[:600]!r}")


def print_comparison(found: Comparison, console: Console) -> None:
    """What the second run did better and worse than the first."""
    for difference in found.differences:
        console.print(f"not the same: {difference}")
    console.print(f"{found.questions} questions, {len(found.won)} won, {len(found.lost)} lost")
    console.print(
        f"became right {found.became_right}, no longer right {found.became_not_right}; "
        f"exact McNemar p = {found.p:.3g}"
    )
    table = _table("Measure", "Second - first, points", "95 % interval", "Questions")
    for name, share in {"right": found.right, **found.measures}.items():
        if share.value is not None:
            table.add_row(name, f"{100 * share.value:+.1f}", interval(share, signed=True), f"{share.of:.0f}")
    console.print(table)
    if found.latency_ratio is not None:
        console.print(f"latency: second / first {found.latency_ratio:.2f} (median over questions)")
    for title, pairs in (("won", found.won), ("lost", found.lost)):
        _print_pairs(title, pairs, console)


def _print_pairs(title: str, pairs: Sequence[Pair], console: Console) -> None:
    for pair in pairs:
        console.print(f"{title}: {pair.id} {pair.before} -> {pair.after}: {pair.question}")


def _parts(head: str, parts: dict[str, Part]) -> Table:
    table = _table(head, "Questions", "Right", "Partly", "Wrong", "Share right", "95 % interval")
    for name, p in parts.items():
        counts = (str(n) for n in (p.questions, p.right, p.partly, p.wrong))
        table.add_row(name or "not said", *counts, percent(p.share.value), interval(p.share))
    return table


def _table(first: str, *numbers: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(first)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table
