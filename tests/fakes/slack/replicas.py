"""Replicas of the service as processes of their own: begun, killed without warning, begun again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.fakes.served import ROOT
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.world import settings_for
from tests.fakes.slow_service import TODAY, orchard

LEASE = 2.0  # seconds; two minutes in earnest


class Replicas:
    """`events` is the address that all of them answer at."""

    def __init__(self, data: Path, server: SlackServer, lease: float = LEASE, **more: object) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("LSIP_")}
        given = {
            "data_dir": data,
            "embedding_model": "hashing",
            "today": TODAY,
            "collection": "orchard",
            **settings_for(server, **more),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.slack.worker", str(lease)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**kept, **{f"LSIP_{name.upper()}": str(value) for name, value in given.items()}},
            cwd=ROOT,
            text=True,
        )
        self.url = self._line()
        self.events = f"{self.url}/slack/events"
        self.running: list[int] = []

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the replicas' parent has ended"
        return line

    def begin(self) -> int:
        """One more replica. What is sent to it waits until it is there."""
        assert self._process.stdin is not None
        self._process.stdin.write("begin\n")
        self._process.stdin.flush()
        self.running.append(int(self._line()))
        return self.running[-1]

    def ready(self) -> None:
        """Wait until one of them answers."""
        assert httpx.get(f"{self.url}/healthz", timeout=60).status_code == 200

    def freeze(self, replica: int) -> None:
        """As a machine that is suspended: it lives, and does not know that time goes by."""
        os.kill(replica, signal.SIGSTOP)

    def thaw(self, replica: int) -> None:
        os.kill(replica, signal.SIGCONT)

    def kill(self, replica: int) -> None:
        """As the machine does when it has no memory left: nothing is put in order."""
        self._signal(replica, signal.SIGKILL)

    def stop(self, replica: int) -> None:
        """As an operator does, and wait until it has ended."""
        self._signal(replica, signal.SIGTERM)

    def _signal(self, replica: int, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(replica, number)
        end = time.monotonic() + 60
        while _lives(replica):
            assert time.monotonic() < end, "the replica does not end"
            time.sleep(0.005)
        self.running.remove(replica)

    def close(self) -> None:
        for replica in list(self.running):
            self.kill(replica)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def prepared(folder: Path) -> Path:
    """A data directory that holds the orchard."""
    app, _ = orchard(folder)
    app.catalogue.engine.dispose()
    return folder / "data"


@contextmanager
def replicas(data: Path, server: SlackServer, **more: object) -> Iterator[Replicas]:
    """None runs at first; none runs at the end."""
    made = Replicas(data, server, **more)  # type: ignore[arg-type]
    try:
        yield made
    finally:
        made.close()
