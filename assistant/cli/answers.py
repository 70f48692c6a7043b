"""`lsip answers`: past answers whose sources have changed, and the end of old text."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.cli.common import AsJson, application, parse_day, print_json
from vectorstore.errors import UsageError

answers = typer.Typer(name="answers", help="Look after stored answers.", no_args_is_help=True)


@answers.command("affected")
def affected(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Changes from this date on (YYYY-MM-DD).")],
    as_json: AsJson = False,
) -> None:
    """List and mark stored answers whose cited versions were superseded, withdrawn or retired since a date."""
    day = parse_day(since, "--since")
    assert day is not None
    found = application().records.affected.mark(day)
    if as_json:
        print_json({"since": day, "answers": found})
    else:
        _table(found)
    raise typer.Exit(0 if found else 1)


@answers.command("purge")
def purge(
    before: Annotated[
        str | None, typer.Option("--before", metavar="DATE", help="Delete what was asked before this date.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Delete the text of questions and answers older than LSIP_RETENTION_DAYS; counts stay."""
    app = application()
    day = parse_day(before, "--before")
    if day is not None and day > app.settings.calendar_day():
        raise UsageError("--before lies in the future.", "Give today's date to delete all up to yesterday.")
    done = app.records.retention.purge(day)
    if as_json:
        print_json({"before": done.before, "answers": done.answers, "conversations": done.conversations})
    else:
        what = f"{done.answers} answers and {done.conversations} conversations"
        print(f"Deleted {what} from before {done.before:%-d %B %Y}.")


def _table(found: list[dict[str, Any]]) -> None:
    table = Table(title=f"{len(found)} answers affected")
    for heading in ("answer", "asked on", "question", "why", "since", "documents"):
        table.add_column(heading, overflow="fold")
    for entry in found:
        why = entry["affected"]
        titles = "; ".join(d["title"] for d in why["documents"])
        table.add_row(entry["answer_id"], entry["day"], entry["question"], why["reason"], why["since"], titles)
    Console().print(table)
