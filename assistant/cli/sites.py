"""`lsip sites`: the web sites that carry the widget."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.answering.area_names import find_area
from assistant.cli.common import AsJson, application, print_json
from assistant.composition import Application
from assistant.sites.entries import contact, pairs, site_id, site_name
from assistant.sites.model import Site
from assistant.sites.origins import origin
from assistant.sites.rules import read_limits
from assistant.sites.theme import theme as read_theme
from vectorstore.errors import UsageError

app = typer.Typer(help="Sites that carry the widget: add, list, show, edit, disable, enable, remove, audit.")

Id = Annotated[str, typer.Argument(metavar="ID", help="The site's public id, such as dorset.")]
Origins = Annotated[list[str] | None, typer.Option("--origin", help="Origin that may embed it; may be repeated.")]
Area = Annotated[str | None, typer.Option("--area", help="Default area, by id (A09) or name; empty takes it away.")]
Theme = Annotated[list[str] | None, typer.Option("--theme", metavar="NAME=VALUE", help="May be repeated.")]
Limit = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=RULE", help="session, address or site, as session=15/minute;100/day."),
]
Contact = Annotated[str | None, typer.Option("--contact", help="Whom to ask instead, in a few words.")]
ContactUrl = Annotated[str | None, typer.Option("--contact-url", help="https: or mailto: address of the contact.")]
Comment = Annotated[str, typer.Option("--comment", help="Why; kept in the audit.")]


@app.command()
def add(
    id: Id,
    name: Annotated[str, typer.Option("--name", help="The name shown to readers.")],
    origins: Origins = None,
    area: Area = None,
    theme: Theme = None,
    limit: Limit = None,
    contact_text: Contact = None,
    contact_url: ContactUrl = None,
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """Add a site. Running services hear of it within two seconds."""
    a = application()
    bare = Site(site_id(id), site_name(name), ())
    site = _changed(a, bare, None, origins or [], area, theme, limit, contact_text, contact_url)
    a.office.sites.add(site, comment)
    _show(site, as_json)


@app.command()
def edit(
    id: Id,
    name: Annotated[str | None, typer.Option("--name", help="The name shown to readers.")] = None,
    origins: Origins = None,
    area: Area = None,
    theme: Theme = None,
    limit: Limit = None,
    contact_text: Contact = None,
    contact_url: ContactUrl = None,
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """Change what is given and leave the rest. Origins, theme and limits are replaced as a whole."""
    a = application()
    site = _changed(a, a.office.sites.site(id), name, origins, area, theme, limit, contact_text, contact_url)
    a.office.sites.edit(site, comment)
    _show(site, as_json)


@app.command("list")
def list_sites(as_json: AsJson = False) -> None:
    """List the sites."""
    held = application().office.sites.sites()
    if as_json:
        print_json({"sites": [as_dict(s) for s in held]})
        return
    table = Table(title=f"{len(held)} sites")
    for heading in ("id", "name", "area", "origins", "enabled"):
        table.add_column(heading, overflow="fold")
    for s in held:
        table.add_row(s.site_id, s.name, s.area or "", " ".join(s.origins), "yes" if s.enabled else "no")
    Console(markup=False).print(table)


@app.command()
def show(id: Id, as_json: AsJson = False) -> None:
    """Show one site."""
    _show(application().office.sites.site(id), as_json)


@app.command()
def disable(id: Id, comment: Comment = "", as_json: AsJson = False) -> None:
    """Admit the site no longer; its sessions end within two seconds. A comment is needed."""
    _switch(id, on=False, comment=comment, as_json=as_json)


@app.command()
def enable(id: Id, comment: Comment = "", as_json: AsJson = False) -> None:
    """Admit the site again. A comment is needed."""
    _switch(id, on=True, comment=comment, as_json=as_json)


@app.command()
def remove(id: Id, comment: Comment = "", as_json: AsJson = False) -> None:
    """Remove a site; the audit stays."""
    application().office.sites.remove(id, comment)
    if as_json:
        print_json({"removed": id})


@app.command()
def audit(
    subject: Annotated[
        str, typer.Argument(metavar="[ID]", help="Only this site; door:NAME or key:ID for those.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Most rows.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Who changed sites, doors and keys, when and why; the newest first."""
    wanted = f"site:{subject}" if subject and ":" not in subject else subject
    changes = application().office.sites.audit(wanted, limit)
    if as_json:
        print_json({"changes": [{**asdict(c), "when": c.when.isoformat()} for c in changes]})
        return
    for c in changes:
        print(f"{c.when:%Y-%m-%d %H:%M:%S}Z  {c.who}  {c.subject}  {c.action}  {c.comment}".rstrip())


def _changed(
    a: Application,
    site: Site,
    name: str | None,
    origins: list[str] | None,
    area: str | None,
    theme: list[str] | None,
    limit: list[str] | None,
    contact_text: str | None,
    contact_url: str | None,
) -> Site:
    """The site with what was given. Raises UsageError for what cannot be."""
    changes: dict[str, Any] = {}
    if name is not None:
        changes["name"] = site_name(name)
    if origins is not None:
        if not origins:
            raise UsageError("A site needs an origin.", "Give it with --origin https://www.example.org.")
        changes["origins"] = tuple(dict.fromkeys(origin(o) for o in origins))
    if area is not None:
        changes["area"] = _area(a, area) if area.strip() else None
    if theme is not None:
        changes["theme"] = read_theme(pairs(theme, "--theme"))
    if limit is not None:
        changes["limits"] = read_limits(pairs(limit, "--limit"))
    made = replace(site, **changes)
    if contact_text is None and contact_url is None:
        return made
    text, url = contact(
        site.contact if contact_text is None else contact_text,
        site.contact_url if contact_url is None else contact_url,
    )
    return replace(made, contact=text, contact_url=url)


def _area(a: Application, text: str) -> str:
    found = find_area(text, a.catalogue.profile(a.settings.collection))
    if found is None:
        raise UsageError(f"There is no area {text[:60]!r} in this collection.", "Give an area's id (such as A09).")
    return found.id


def _switch(id: str, *, on: bool, comment: str, as_json: bool) -> None:
    a = application()
    a.office.sites.switch(id, on=on, comment=comment)
    _show(a.office.sites.site(id), as_json)


def as_dict(site: Site) -> dict[str, Any]:
    """A site as JSON."""
    given = asdict(site)
    return {"id": given.pop("site_id"), **given}


def _show(site: Site, as_json: bool) -> None:
    if as_json:
        print_json(as_dict(site))
        return
    for name, value in as_dict(site).items():
        if isinstance(value, dict):
            value = ", ".join(f"{k}={v}" for k, v in value.items())
        elif isinstance(value, list | tuple):
            value = " ".join(value)
        print(f"{name}: {'' if value is None else value}".rstrip())
