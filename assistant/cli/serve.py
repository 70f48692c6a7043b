"""`lsip serve`: the HTTP service and its pages."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.common import application, stderr
from assistant.composition import Application
from vectorstore.errors import UsageError

if TYPE_CHECKING:
    from assistant.slack.app import SlackApp

LAST_WORDS = 5  # seconds for answers that are ready to be sent when the service stops


def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port; 0 picks a free one.")] = None,
) -> None:
    """Serve the API and the plain pages until stopped."""
    import uvicorn
    from threadpoolctl import threadpool_limits

    from assistant.api.app import create_app

    app = application()
    app.prepare_model()
    app.retriever(app.settings.collection).snapshot()
    threadpool_limits(
        1, "blas"
    )  # the matrices of a question are small: threads of their own wait more than they work
    door = _slack(app)
    at_host = host or app.settings.host
    at_port = app.settings.port if port is None else port
    listener = _listen(at_host, at_port)
    shown = f"http://{at_host}:{listener.getsockname()[1]}/"
    stderr.print(f"LSIP Assistant answers at [bold]{shown}[/bold] (stop with Ctrl-C)", highlight=False)
    service, grace = create_app(app, door), app.settings.shutdown_grace
    config = uvicorn.Config(
        service,
        log_level="warning",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=app.settings.proxies,
        timeout_graceful_shutdown=grace + app.settings.model_timeout + LAST_WORDS,
    )

    class Server(uvicorn.Server):
        """Stops in order: no new connections, what was begun is finished, what waits too long is told so."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            timer = asyncio.get_running_loop().call_later(grace, service.state.pool.turn_away)
            try:
                await super().shutdown(sockets)
            finally:
                timer.cancel()

    Server(config).run(sockets=[listener])


def _slack(app: Application) -> SlackApp | None:
    """The Slack app, where it is said how to tell Slack's requests from others'."""
    if not app.settings.slack_signing_secret.get_secret_value():
        return None
    from assistant.slack.app import build

    return build(app, app.slack)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # whoever comes once the address is told waits, and is not refused
    except OSError:
        listener.close()
        raise UsageError(
            f"Nothing can listen on {host} port {port}.",
            "Another program holds the port, or set LSIP_PORT (0 picks one).",
        ) from None
    return listener
