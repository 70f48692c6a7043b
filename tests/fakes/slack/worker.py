"""Replicas of the service with its Slack app, forked on command, so that a kill lands in work and not in imports.

`python -m tests.fakes.slack.worker LEASE`; the environment has the settings. The parent listens on the loopback, says
where, and forks a replica that serves on that socket for each line of input; it answers with the process id of it.
What arrives while none runs waits on the socket, as before a load balancer.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback

import uvicorn

import assistant.cli.app  # noqa: F401  (a replica imports nothing more)
from assistant.composition import Application
from assistant.settings import load_settings
from tests.fakes.slack.serving import Times, service_of


def serve(listener: socket.socket, lease: float) -> None:
    """One replica, until it is told to stop."""
    app = Application(load_settings())
    app.retriever(app.settings.collection).snapshot()
    service = service_of(app, Times(lease, poll=min(lease / 8, 2.0), renew=lease / 4))
    config = uvicorn.Config(
        service, log_level="warning", access_log=False, timeout_graceful_shutdown=app.settings.shutdown_grace
    )
    uvicorn.Server(config).run(sockets=[listener])


def main() -> None:
    lease = float(sys.argv[1])
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the replicas
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            code = 70
            try:
                serve(listener, lease)
                code = 0
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(child, flush=True)


if __name__ == "__main__":
    main()
