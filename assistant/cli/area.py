"""`lsip area`: which LSIP area and which body cover a place, on a date."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from assistant.areas.report import AreaReport, AreasReport
from assistant.cli.common import AsJson, AsOf, CollectionName, application, parse_as_of, print_json


def area(
    query: Annotated[
        str, typer.Argument(help="A postcode, council, town, county, combined authority, area or body; none: all.")
    ] = "",
    as_json: AsJson = False,
    as_of: AsOf = None,
    collection: CollectionName = None,
) -> None:
    """Find the LSIP area and the employer representative body of a place, as of any date."""
    app = application()
    on = parse_as_of(as_of) or app.settings.current_date()
    found = app.area_desk(collection or app.settings.collection).report(query, on)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(found, Console())
    raise typer.Exit(0 if found.status == "found" else 1)


def _print(found: AreasReport, console: Console) -> None:
    for note in found.notes:
        console.print(note, markup=False, highlight=False)
    for choice in found.choices:
        console.print(f"  - {choice.label}", markup=False, highlight=False)
    for one in found.areas:
        console.print()
        _print_area(one, found, console)
    if found.areas:
        console.print(
            f"\nAs of {found.as_of:%-d %B %Y}; `--json` shows the quotations.", style="dim", highlight=False
        )


def _print_area(one: AreaReport, found: AreasReport, console: Console) -> None:
    console.print(f"[bold]{one.name}[/bold] ({one.id})", highlight=False)
    leads = f"{one.erb.name}  {one.erb.url or 'no link held'}" if one.erb else "no body held for this date"
    rows = {
        "Led by": leads,
        "Councils": ", ".join(one.councils),
        "Strategic authority": one.strategic_authority or "none seen",
        "Since": one.valid_from.strftime("%-d %B %Y") if one.valid_from else "",
        "Until": one.valid_to.strftime("%-d %B %Y") if one.valid_to else "",
        "Before": ", ".join(a.name for a in one.predecessors),
        "After": ", ".join(a.name for a in one.successors),
        "Changed": one.changed or "",
        "Sources": "; ".join(
            dict.fromkeys(
                f"{r.publisher}, {r.title}" for c in found.citations if c.n in one.citations for r in c.rests_on
            )
        ),
    }
    if len(found.areas) > 6:
        rows = {k: rows[k] for k in ("Led by", "Councils")}
    for name, value in rows.items():
        if value:
            console.print(f"  {name + ':':21}{value}", markup=False, highlight=False)
