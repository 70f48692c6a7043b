"""A server on the loopback that speaks the OpenAI wire, and misbehaves as the model's name says."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from tests.fakes.scripted_model import BEHAVIOURS, PARROT, Asked

KEY = "canary-key"


class ModelServer(ThreadingHTTPServer):
    """`url` is what LSIP_MODEL_URL would be; `requests` are bodies that came, `gone` is set when a reader left."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.stopping = Event()
        self.gone = Event()
        self.refuses_schema = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Readers that go away are part of the play."""


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers.get("authorization"))
        behaviour = {**BEHAVIOURS, PARROT.name: PARROT}[body["model"]]
        if self.server.refuses_schema and "response_format" in body:
            self._json(400, {"error": {"message": "response_format is not supported"}})
            return
        match behaviour.wire:
            case "timeout":
                self.server.stopping.wait(20)
            case "slow-drip":
                self._drip()
            case "status-429":
                self._json(429, {"error": {"message": "slow down"}})
            case "status-500":
                self._json(500, {"error": {"message": "no"}})
            case "status-401":
                self._json(401, {"error": {"message": f"bad key {KEY}"}})
            case "reset":
                self._reset()
            case "content-type":
                self._page()
            case wire:
                text = behaviour.script(Asked(json.loads(body["messages"][-1]["content"])))
                self._stream(text, broken=wire == "half-way")

    def _head(self, content_type: str) -> None:
        self.send_response(200)
        self.send_header("content-type", content_type)
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def _json(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _page(self) -> None:
        self._head("text/html")
        self.wfile.write(b"<html><body>The fund is open.</body></html>")

    def _drip(self) -> None:
        self._head("text/event-stream")
        with suppress(OSError):
            while not self.server.stopping.wait(0.05):
                self.wfile.write(b": wait\n\n")
                self.wfile.flush()
        self.server.gone.set()

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _stream(self, text: str, *, broken: bool) -> None:
        self._head("text/event-stream")
        pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
        for number, piece in enumerate(pieces):
            if broken and number == len(pieces) // 2:
                self.wfile.flush()
                self._reset()
                return
            self._event(_chunk({"content": piece}))
        self._event(_chunk({}, finish="stop"))
        self._event({**_chunk({}), "choices": [], "usage": _usage(120, 34)})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, value: object) -> None:
        self.wfile.write(f"data: {json.dumps(value)}\n\n".encode())
        self.wfile.flush()


def _chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}


def _usage(read: int, written: int) -> dict[str, int]:
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


@contextmanager
def serving() -> Iterator[ModelServer]:
    """The server, in threads of its own, until the block ends."""
    server = ModelServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
