"""`lsip keys`: keys for other servers."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.cli.common import AsJson, application, print_json, stderr
from assistant.sites.model import ApiKey

app = typer.Typer(help="Keys for other servers, sent as `Authorization: Bearer lsk_...`.")

Comment = Annotated[str, typer.Option("--comment", help="Why; kept in the audit.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """Make a key. The key is shown now and never again."""
    key, row = application().office.keys.add(name, comment)
    if as_json:
        print_json({**as_dict(row), "key": key})
        return
    print(key)
    stderr.print(f"Key {row.key_id} for {row.name}. Keep it now: only its digest is stored.", markup=False)


@app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """List the keys, without the keys themselves."""
    held = application().office.keys.keys()
    if as_json:
        print_json({"keys": [as_dict(k) for k in held]})
        return
    table = Table(title=f"{len(held)} keys")
    for heading in ("id", "name", "made", "revoked"):
        table.add_column(heading, overflow="fold")
    for k in held:
        table.add_row(k.key_id, k.name, f"{k.created:%Y-%m-%d}", f"{k.revoked:%Y-%m-%d}" if k.revoked else "")
    Console(markup=False).print(table)


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The key's id, from `lsip keys list`.")],
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """Take a key back; services hear of it within two seconds."""
    application().office.keys.revoke(key_id, comment)
    if as_json:
        print_json({"revoked": key_id})


def as_dict(key: ApiKey) -> dict[str, Any]:
    """A key as JSON."""
    return {
        "id": key.key_id,
        "name": key.name,
        "created": key.created.isoformat(),
        "revoked": key.revoked.isoformat() if key.revoked else None,
    }
