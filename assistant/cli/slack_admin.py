"""`lsip slack workspaces`: where the Slack app is installed, what is set there, and its end."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.answering.area_names import find_area
from assistant.cli.common import AsJson, application, print_json
from assistant.composition import Application
from assistant.sites.entries import pairs
from vectorstore.errors import UsageError

workspaces = typer.Typer(name="workspaces", help="Slack workspaces: list, show, set, forget.", no_args_is_help=True)

Team = Annotated[str, typer.Argument(metavar="TEAM", help="The workspace's id, such as T0123ABCD.")]
Comment = Annotated[str, typer.Option("--comment", help="Why; kept in the audit.")]


@workspaces.command("list")
def list_workspaces(as_json: AsJson = False) -> None:
    """List the workspaces that installed the app, asked something or have settings."""
    held = application().slack.workspaces.all()
    if as_json:
        print_json({"workspaces": [w.as_dict() for w in held]})
        return
    table = Table(title=f"{len(held)} workspaces")
    for heading in ("id", "name", "organisation", "installed", "first question", "area", "who", "channels set"):
        table.add_column(heading, overflow="fold")
    for w in held:
        days = [f"{moment:%Y-%m-%d}" if moment else "" for moment in (w.installed, w.first_question)]
        own = (w.own.area or "", w.own.who or "", " ".join(w.channels))
        table.add_row(w.team, w.name, w.enterprise, *days, *own)
    Console(markup=False).print(table)


@workspaces.command()
def show(team: Team, as_json: AsJson = False) -> None:
    """Show one workspace with what is set for it and its channels."""
    _show(application().slack.workspaces.one(team).as_dict(), as_json)


@workspaces.command("set")
def set_workspace(
    team: Team,
    channel: Annotated[str, typer.Option("--channel", help="Set it for this channel (C...) only.")] = "",
    area: Annotated[str | None, typer.Option("--area", help="Default area, by id (A09) or name.")] = None,
    follow_ups: Annotated[
        str | None, typer.Option("--follow-ups", help="Replies answered without a mention: mention, asker or anyone.")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help="Who may ask: everyone or listed.")] = None,
    allow: Annotated[
        list[str] | None, typer.Option("--allow", help="A member (U...) or channel (C...) listed; may be repeated.")
    ] = None,
    help_at: Annotated[
        str | None, typer.Option("--help-at", help="Whom to ask instead: a channel's id, address, page or telephone.")
    ] = None,
    quota: Annotated[
        list[str] | None,
        typer.Option("--quota", metavar="NAME=RULE", help="person or workspace, as person=15/minute;100/day."),
    ] = None,
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """Change what is given and leave the rest; an empty value takes a setting back."""
    a = application()
    desk = a.slack.workspaces
    wanted = desk.wanted(
        channel=channel,
        area=None if area is None else _area(a, area),
        follow_ups=follow_ups,
        who=who,
        allow=allow or (),
        help_at=help_at,
        quotas=pairs(quota or [], "--quota"),
    )
    _show(desk.change(team, wanted, comment).as_dict(), as_json)


@workspaces.command()
def forget(
    team: Team,
    person: Annotated[str, typer.Option("--person", help="Only what is kept of this member (U...).")] = "",
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """Delete all that is kept of a workspace, an organisation (E...) or a member. A comment is needed."""
    answers = application().slack.workspaces.forget(team, person, comment)
    if as_json:
        print_json({"team": team, "person": person or None, "answers": answers})
        return
    print(f"Deleted what was kept of {person or team}, with {answers} answers.")


def _area(a: Application, text: str) -> str:
    """The area's id; empty stays empty. Raises UsageError."""
    if not text.strip():
        return ""
    found = find_area(text, a.catalogue.profile(a.settings.collection))
    if found is None:
        raise UsageError(f"There is no area {text[:60]!r} in this collection.", "Give an area's id (such as A09).")
    return found.id


def _show(workspace: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(workspace)
        return
    channels = {f"in {channel}": own for channel, own in workspace.pop("channels").items()}
    for name, value in {**workspace, **channels}.items():
        if isinstance(value, dict):
            value = ", ".join(f"{k}={' '.join(v) if isinstance(v, list) else v}" for k, v in value.items())
        print(f"{name}: {'' if value is None else value}".rstrip())
