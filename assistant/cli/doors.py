"""`lsip doors`: switch a way to ask off, and on again."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.common import AsJson, application, print_json

app = typer.Typer(help="The ways to ask (api, widget, pages, slack), each with a switch.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="api, widget, pages or slack.")]
Comment = Annotated[str, typer.Option("--comment", help="Why; kept in the audit.")]


@app.command("list")
def list_doors(as_json: AsJson = False) -> None:
    """Show which doors are open."""
    doors = application().office.sites.doors()
    if as_json:
        print_json({"doors": doors})
        return
    for name, is_open in doors.items():
        print(f"{name}: {'on' if is_open else 'off'}")


@app.command()
def on(name: Name, comment: Comment = "", as_json: AsJson = False) -> None:
    """Open a door. A comment is needed; running services hear of it within two seconds."""
    _switch(name, True, comment, as_json)


@app.command()
def off(name: Name, comment: Comment = "", as_json: AsJson = False) -> None:
    """Close a door. A comment is needed; running services hear of it within two seconds."""
    _switch(name, False, comment, as_json)


def _switch(name: str, is_on: bool, comment: str, as_json: bool) -> None:
    application().office.sites.switch_door(name, on=is_on, comment=comment)
    if as_json:
        print_json({"door": name, "on": is_on})
