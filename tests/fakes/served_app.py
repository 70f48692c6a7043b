"""An application served over real HTTP on the loopback, in a thread."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI


@dataclass(frozen=True)
class Server:
    """A running server; `stop` tells it to end as a signal would, without waiting."""

    url: str
    uvicorn: uvicorn.Server
    thread: threading.Thread

    def stop(self) -> None:
        self.uvicorn.should_exit = True


@contextmanager
def served(app: FastAPI) -> Iterator[Server]:
    """Serve `app` until the end, and wait for it."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", server, thread)
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()
