"""`lsip documents`: what is held, and the stored text of a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.cli.common import AsJson, AsOf, CollectionName, application, parse_as_of, print_json
from vectorstore.model import Source, Version
from vectorstore.validity import in_force


def documents(
    version_id: Annotated[str | None, typer.Argument(help="A version, to see it alone.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the stored text of the version.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="List the registry of sources instead.")] = False,
    as_json: AsJson = False,
    as_of: AsOf = None,
    collection: CollectionName = None,
) -> None:
    """List the documents held, or show the stored text of a version."""
    app = application()
    on = parse_as_of(as_of) or app.settings.current_date()
    name = collection or app.settings.collection
    if version_id is not None:
        version = app.catalogue.version(version_id)
        stored = app.catalogue.text(version_id)
        if as_json:
            print_json({**as_dict(version, in_force(version, on)), "text": stored})
        elif text:
            print(stored, end="" if stored.endswith("\n") else "\n")
        else:
            _table([version], on)
        return
    app.catalogue.manifest(name)
    if sources and not as_json:
        _sources(app.catalogue.sources(name))
        return
    held = app.catalogue.versions(name)
    if as_of is not None:
        held = [v for v in held if in_force(v, on)]
    if as_json:
        shown = [{k: getattr(s, k) for k in s.__slots__ if k != "read_via"} for s in app.catalogue.sources(name)]
        print_json({"documents": [as_dict(v, in_force(v, on)) for v in held], "sources": shown})
    else:
        _table(held, on)
    raise typer.Exit(0 if held else 1)


def as_dict(version: Version, current: bool) -> dict[str, Any]:
    """A version as JSON."""
    names = (
        "document_id version_id label title publisher url kind status valid_from valid_to superseded_by published "
        "area compiled_on checked_on path"
    ).split()
    return {**{n: getattr(version, n) for n in names}, "in_force": current}


def _sources(held: Sequence[Source]) -> None:
    """The registry: whose publication each source is, where it lives, its dates, state and licence."""
    table = Table(title=f"Registry of {len(held)} sources")
    for heading in ("id", "title", "publisher", "type", "published", "status", "licence", "address"):
        table.add_column(heading, overflow="fold")
    for s in held:
        dates = s.published + (f" (updated {s.updated})" if s.updated and s.updated != s.published else "")
        table.add_row(s.source_id, s.title, s.publisher, s.type, dates, s.status, s.licence, s.url or "no link held")
    Console().print(table)


def _table(versions: list[Version], on: Any) -> None:
    table = Table(title=f"Documents as of {on:%-d %B %Y}", show_lines=False)
    for heading in ("document", "version", "kind", "in force", "from", "to"):
        table.add_column(heading, overflow="fold")
    for v in versions:
        table.add_row(
            v.document_id,
            v.version_id,
            v.kind,
            "yes" if in_force(v, on) else v.status,
            str(v.valid_from or ""),
            str(v.valid_to or ""),
        )
    Console().print(table)
