"""`lsip slack`: the Slack app in Socket Mode, its manifest, and the workspaces it is used in."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from assistant.cli.common import application, stderr
from assistant.cli.slack_admin import workspaces
from assistant.composition import Application
from assistant.conversations.housekeeping import every_day, tidy
from vectorstore.errors import UsageError

app = typer.Typer(
    help="The Slack app: run it in Socket Mode (without a command), print its manifest, look after workspaces.",
    invoke_without_command=True,
    no_args_is_help=False,
)


app.add_typer(workspaces)


@app.callback()
def slack(context: typer.Context) -> None:
    """Serve the Slack app in Socket Mode until stopped: no public address is needed."""
    if context.invoked_subcommand is not None:
        return
    a = application()
    a.prepare()
    asyncio.run(_serve(a))


@app.command()
def manifest(
    url: Annotated[str, typer.Option("--url", help="Public address of the service; else LSIP_PUBLIC_URL.")] = "",
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode: no public address.")] = False,
    oauth: Annotated[bool, typer.Option("--oauth", help="For installs by OAuth in several workspaces.")] = False,
    follow_ups: Annotated[
        bool,
        typer.Option(
            "--follow-ups/--no-follow-ups", help="Whether replies in threads are answered without a mention."
        ),
    ] = True,
    name: Annotated[str, typer.Option("--name", help="The app's name in Slack.")] = "",
) -> None:
    """Print the manifest that Slack makes the app from, as JSON."""
    from assistant.slack.manifest import tailored

    address = url or application().settings.public_url
    if socket and oauth:
        raise UsageError("Installs by OAuth need a public address.", "Leave --socket or --oauth out.")
    if not socket and not address.startswith("https://"):
        raise UsageError(
            "Slack calls only addresses that begin with https://.",
            "Give --url https://..., set LSIP_PUBLIC_URL, or use --socket.",
        )
    made = tailored(url=address, socket=socket, oauth=oauth, follow_ups=follow_ups, name=name)
    print(json.dumps(made, ensure_ascii=False, indent=2))


async def _serve(a: Application) -> None:
    from assistant.slack.app import build
    from assistant.slack.socket import run

    made = build(a, a.slack)
    token = a.settings.slack_app_token.get_secret_value()

    def connected() -> None:
        stderr.print("The Slack app is connected (stop with Ctrl-C)", highlight=False)

    try:
        async with every_day(lambda: tidy(a)):
            await run(made, token, connected)
    finally:
        await a.visitors.close()
