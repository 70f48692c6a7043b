"""`lsip timeline`: what happened, what is open and what lies ahead, on any date; as a drawing, JSON or .ics."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from assistant.cli.common import (
    AreaName,
    AsJson,
    AsOf,
    CollectionName,
    application,
    parse_as_of,
    parse_day,
    print_json,
)
from assistant.timeline.calendar_file import as_calendar
from assistant.timeline.schemas import EventReport, TimelineReport
from assistant.timeline.wording import counted, human
from vectorstore.errors import UsageError

_MARKS = {"past": "●", "open": "◉", "upcoming": "○", "unconfirmed": "?"}
_STYLES = {"past": "dim", "open": "bold green", "upcoming": "bold", "unconfirmed": "yellow"}


def timeline(
    area: AreaName = None,
    kind: Annotated[str, typer.Option(help="Only this kind: publication, funding, legal, deadline, ...")] = "",
    fund: Annotated[str, typer.Option(help="Only this fund: lsif, sdf-pilot, ...")] = "",
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only what reaches past this day.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only what begins by this day.")] = None,
    term: Annotated[str, typer.Option(help="Count this period from --start instead (erb-terms, ...).")] = "",
    term_start: Annotated[
        str | None, typer.Option("--start", metavar="DATE", help="The day --term counts from.")
    ] = None,
    ics: Annotated[Path | None, typer.Option(help="Write the events known to the day to this .ics file.")] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    collection: CollectionName = None,
) -> None:
    """Show dated events and where each stands: past, open, ahead, or expected and not confirmed."""
    app = application()
    on = parse_as_of(as_of) or app.settings.current_date()
    desk = app.timeline_desk(collection or app.settings.collection)
    if term:
        day = parse_day(term_start, "--start")
        if day is None:
            raise UsageError("--term needs the day it is counted from.", "Give --start YYYY-MM-DD.")
        counted_term = desk.term(term, day)
        if as_json:
            print_json(counted_term.model_dump(mode="json"))
        else:
            Console().print(counted_term.said, markup=False, highlight=False)
        raise typer.Exit(0)
    found = desk.report(
        on, area=area or "", kind=kind, fund=fund, start=parse_day(start, "--from"), end=parse_day(end, "--to")
    )
    if ics is not None:
        _write(ics, as_calendar(found))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _draw(found, Console())
    raise typer.Exit(0 if found.events else 1)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        raise UsageError(
            f"The file {str(path)!r} cannot be written.", "Give a path in a folder that exists."
        ) from None


def _draw(found: TimelineReport, console: Console) -> None:
    """The line of time downwards, with the day asked about between what is past and what is ahead."""
    if not found.events:
        console.print("No events are held for that.", markup=False)
        return
    told = False
    for event in found.events:
        if not told and (event.start or event.end) > found.as_of:
            _today(found.as_of, console)
            told = True
        _event(event, console)
    if not told:
        _today(found.as_of, console)
    console.print(
        "\n● past  ◉ open  ○ ahead  ? expected by then, not confirmed. `--json` shows the quotations.",
        style="dim",
        highlight=False,
    )


def _today(on: date, console: Console) -> None:
    console.print(Text(f"──┼── {human(on)} " + "─" * 40, style="bold cyan"), no_wrap=True, overflow="crop")


def _event(event: EventReport, console: Console) -> None:
    line = Text("  ")
    line.append(_MARKS[event.state], style=_STYLES[event.state])
    line.append("  ")
    line.append(f"{event.when[:1].upper()}{event.when[1:]}", style=_STYLES[event.state])
    line.append(f"  {event.title}")
    if event.areas:
        line.append(f" ({', '.join(event.areas)})", style="dim")
    if event.days is not None and event.state in ("open", "upcoming"):
        line.append(f"  in {counted(event.days)}" if event.days else "  that day", style="green")
    if event.state == "unconfirmed":
        line.append("  not confirmed", style="yellow")
    console.print(line, highlight=False, soft_wrap=True)
