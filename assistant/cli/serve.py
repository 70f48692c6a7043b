"""`lsip serve`: the HTTP service and its pages, in one process or several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.common import application, stderr
from assistant.composition import Application
from vectorstore.errors import LsipError, UsageError

if TYPE_CHECKING:
    from assistant.slack.app import SlackApp

LAST_WORDS = 5  # seconds for answers that are ready to be sent when the service stops
HEALTHY_WITHIN = 60  # seconds in which a process of several must answer the first one
SHARED_NUMBERS = "PROMETHEUS_MULTIPROC_DIR"  # where prometheus_client adds up the numbers of several processes


def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port; 0 picks a free one.")] = None,
    processes: Annotated[
        int | None, typer.Option("--processes", min=1, max=64, help="Processes that share the port.")
    ] = None,
) -> None:
    """Serve the API and the plain pages until stopped."""
    import uvicorn

    app = application()
    settings = app.settings
    count = processes or settings.processes
    at_host = host or settings.host
    at_port = settings.port if port is None else port
    service = _prepared(app) if count == 1 else None
    listener = _listen(at_host, at_port)
    shown = f"http://{at_host}:{listener.getsockname()[1]}/"
    stderr.print(f"LSIP Assistant answers at [bold]{shown}[/bold] (stop with Ctrl-C)", highlight=False)
    options: dict[str, Any] = {
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "forwarded_allow_ips": settings.proxies,
        "timeout_graceful_shutdown": settings.shutdown_grace + settings.model_timeout + LAST_WORDS,
    }
    if service is not None:
        uvicorn.Server(uvicorn.Config(service, **options)).run(sockets=[listener])
    else:
        _run_several(uvicorn.Config("assistant.cli.serve:service", factory=True, workers=count, **options), listener)


def service() -> Callable[..., Any]:
    """The service of one process of several, by this environment's settings. Ends when the first process has gone."""
    from uvicorn.config import STARTUP_FAILURE

    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        return _prepared(application())
    except LsipError as error:
        stderr.print(f"{error.message} {error.remedy}", markup=False, highlight=False)
        sys.exit(STARTUP_FAILURE)


def _prepared(app: Application) -> Callable[..., Any]:
    """The service, with all that the first question would else wait for."""
    from assistant.api.app import create_app

    app.prepare()
    return create_app(app, _slack(app))


def _run_several(config: Any, listener: socket.socket) -> None:
    from uvicorn.supervisors import Multiprocess

    with tempfile.TemporaryDirectory(prefix="lsip-numbers-") as folder:
        os.environ[SHARED_NUMBERS] = folder
        config.timeout_worker_healthcheck = HEALTHY_WITHIN
        several = Multiprocess(config, sockets=[listener])
        several.run()
    if any(p.exitcode not in (0, -signal.SIGTERM, -signal.SIGINT) for p in several.processes):
        raise typer.Exit(1)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


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
