"""`lsip eval`: asks sets of questions, shows how good the answers are, and compares two such runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.cli.common import AsJson, CollectionName, application, print_json, stderr
from assistant.cli.evaluate_output import print_comparison, print_failures, print_summary
from assistant.evaluation.compare import compare
from assistant.evaluation.folder import OUTCOMES, RUN, Run, RunFolder, read_outcomes, read_run
from assistant.evaluation.golden import GoldenQuestion, load_sets
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.plots import REMEDY, available
from assistant.evaluation.report import PAGE, as_json, write_reports
from assistant.evaluation.running import Evaluation
from assistant.evaluation.summary import summarise
from vectorstore.errors import UsageError

GOLDEN = Path("tests/evals/golden.jsonl")
HALVES = ("all", "tune", "report")
Sets = Annotated[list[Path] | None, typer.Option("--set", help=f"Questions as JSON Lines; repeatable. [{GOLDEN}]")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for outcomes and reports; goes on where it stopped.")]
Two = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--compare", metavar="A B", help="Compare two runs: folders of --out or their outcomes.jsonl."),
]


def evaluate(
    sets: Sets = None,
    half: Annotated[str, typer.Option("--half", help="all, tune or report.")] = "all",
    failures: Annotated[bool, typer.Option("--failures/--no-failures", help="List what is not right.")] = True,
    out: Out = None,
    two: Two = None,
    as_json_only: AsJson = False,
    collection: CollectionName = None,
) -> None:
    """Measure the answers on sets of questions: right or not, retrieval, citations, abstention, latency."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if two is not None:
        _compare(*two, console, as_json_only)
        return
    if half not in HALVES:
        raise UsageError(f"There is no half {half!r}.", f"Write one of {', '.join(HALVES)}.")
    paths = sets or [GOLDEN]
    questions = load_sets(paths, half)
    app = application()
    name = collection or app.settings.collection
    run = Run.of([p.name for p in paths], half, questions, app.fingerprint(name))
    folder = RunFolder(out) if out else None
    outcomes = folder.begin(run) if folder else []
    stopped = ask_all(app.evaluation(name), questions, outcomes, folder)
    summary = summarise(outcomes)
    if folder:
        write_reports(folder.path, run, summary, outcomes)
    if as_json_only:
        print_json({**as_json(run, summary), "outcomes": [o.model_dump(mode="json") for o in outcomes]})
    else:
        print_summary(run, summary, console)
        if failures:
            print_failures(outcomes, console)
    if folder:
        stderr.print(f"Written: {folder.path / PAGE}. " + ("" if available() else REMEDY), markup=False)
    if stopped:
        again = "The same command goes on from there." if folder else "With --out it could go on from there."
        stderr.print(f"Stopped after {len(outcomes)} of {len(questions)} questions. {again}", markup=False)
        raise typer.Exit(1)


def ask_all(
    evaluation: Evaluation, questions: list[GoldenQuestion], outcomes: list[Outcome], folder: RunFolder | None
) -> bool:
    """Add an outcome for each question that has none yet. True if it was interrupted."""
    done = {o.id for o in outcomes}
    left = [q for q in questions if q.id not in done]
    try:
        with _progress(len(questions), len(done)) as bar:
            for outcome in evaluation.run(left):
                if folder:
                    folder.add(outcome)
                outcomes.append(outcome)
                bar.advance(bar.task_ids[0])
    except KeyboardInterrupt:
        return True
    finally:
        if folder:
            folder.close()
    return False


@contextmanager
def _progress(total: int, done: int) -> Iterator[Progress]:
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        bar.add_task("asking", total=total, completed=done)
        yield bar


def _compare(first: Path, second: Path, console: Console, as_json_only: bool) -> None:
    folders = [p if p.is_dir() else p.parent for p in (first, second)]
    before, after = (read_outcomes(p / OUTCOMES if p.is_dir() else p) for p in (first, second))
    differences = ["one of the runs has no run.json, so what it measured is not known"]
    if all((f / RUN).is_file() for f in folders):
        a, b = (read_run(f).index for f in folders)
        differences = a.differs_from(b)
    found = compare(before, after, differences)
    if as_json_only:
        print_json(found.as_json())
    else:
        print_comparison(found, console)
