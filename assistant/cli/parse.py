"""`lsip parse`: how one file is read, before anything is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.cli.common import AsJson, print_json
from assistant.composition import read_report


def parse(
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    as_json: AsJson = False,
) -> None:
    """Show how a file is read: verdict, problems, title, text by page."""
    report = read_report(file)
    if as_json:
        print_json(report)
    else:
        console = Console()
        console.print(f"{report['verdict']}: {report['title'] or file.name}", highlight=False, markup=False)
        for problem in report["problems"]:
            console.print(f"- {problem['reason']} {problem['remedy']}", highlight=False, markup=False)
        for page in report["pages"]:
            console.rule(f"page {page['label']}")
            console.print(page["text"], highlight=False, markup=False)
    raise typer.Exit(0 if report["verdict"] == "good" else 1)
