"""`lsip ingest`: the starter corpus, or a folder or file of one's own."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from assistant.cli.common import AsJson, application, print_json, stderr
from assistant.composition import STARTER
from vectorstore.errors import UsageError


def ingest(
    path: Annotated[
        Path | None, typer.Option("--path", help="A folder or file; without it, the starter corpus.")
    ] = None,
    collection: Annotated[str | None, typer.Option("--collection", help="Collection to fill.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Fetch from the publishers (not in this version).")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take documents in. Only what changed is done again; interrupted runs go on where they stopped."""
    if live:
        raise UsageError(
            "Live fetching is not part of this version.", "Save the pages and give the folder to --path."
        )
    app = application()
    name = collection or app.settings.collection
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{1,40}", name):
        raise UsageError(
            f"{name!r} cannot be the name of a collection.",
            "Use 2 to 41 small letters, digits, hyphens or underscores.",
        )
    root = path if path is not None else app.starter_corpus()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, disable=not sys.stderr.isatty()) as bar:
        tasks: dict[str, int] = {}
        noted: dict[str, int] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step.capitalize(), total=total)
            bar.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]
            quarter = 4 * done // max(total, 1)
            if not sys.stderr.isatty() and noted.get(step) != quarter:
                noted[step] = quarter
                stderr.print(f"{step}: {done} of {total}")

        pipeline = app.pipeline()
        if dry_run:
            report = pipeline.dry_run(root, name, name=STARTER if path is None else None)
        else:
            report = pipeline.run(root, name, name=STARTER if path is None else None, progress=show)
    if as_json:
        print_json(report.as_json())
    else:
        for item in report.files:
            if item.status == "failed":
                stderr.print(f"[red]failed[/red] {item.path}: {item.reason} {item.remedy}", highlight=False)
            elif item.reason:
                stderr.print(f"note {item.path}: {item.reason} ({item.remedy})", highlight=False)
        counts = report.counts()
        print(
            f"{'Would hold' if dry_run else 'Collection'} {name}: {counts['documents']} documents; "
            f"{counts['new']} files new, {counts['changed']} changed, {counts['unchanged']} unchanged, "
            f"{counts['failed']} failed; {counts['embedded']} passages embedded in {report.seconds:.1f} s."
        )
    raise typer.Exit(1 if report.failed else 0)
