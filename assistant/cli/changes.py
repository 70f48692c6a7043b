"""`lsip changes`: what was added, removed and reworded in a document between two dates."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from assistant.changes.schemas import ChangesReport
from assistant.changes.words import word_changes
from assistant.cli.common import AsJson, AsOf, CollectionName, application, parse_as_of, parse_day, print_json
from assistant.timeline.wording import human
from vectorstore.errors import UsageError

_STYLES = {"added": "green", "removed": "red", "reworded": "yellow"}
_WORDS = {"kept": "not dim", "removed": "not dim red strike", "added": "not dim green underline"}


def changes(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="A document's id, as `lsip documents` shows it.")
    ],
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The earlier date.")] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="The later date; today if left out.")
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    collection: CollectionName = None,
) -> None:
    """Show what changed in a document between two dates, clause by clause, both sides quoted."""
    app = application()
    first = parse_day(start, "--from")
    if first is None:
        raise UsageError("The earlier date is missing.", "Give --from YYYY-MM-DD.")
    last = parse_day(end, "--to") or parse_as_of(as_of) or app.settings.current_date()
    found = app.changes_desk(collection or app.settings.collection).report(document, first, last)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(found, Console())
    raise typer.Exit(0 if found.changes else 1)


def _print(found: ChangesReport, console: Console) -> None:
    for name, day, editions in (("From", found.from_date, found.before), ("To", found.to_date, found.after)):
        for edition in editions:
            console.print(Text(f"{name} {human(day)}: {edition.title} ({edition.label})", style="bold"))
    if not found.changes:
        console.print("Nothing changed between the two dates in what is held.")
    for change in found.changes:
        console.print(Text(f"\n{change.kind}  {change.clause}", style=f"bold {_STYLES[change.kind]}"))
        for side, gone in (("before", "added"), ("after", "removed")):
            if (change.before if side == "before" else change.after) is not None:
                text = Text(f"  {side}: ", style="dim")
                for kind, words in word_changes(change.before or "", change.after or ""):
                    if kind != gone:
                        text.append(words, style=_WORDS[kind])
                console.print(text)
    if any(e.kind == "brief" for e in (*found.before, *found.after)):
        console.print(Text("\nCompared are our summaries, not the publisher's words.", style="dim"))
