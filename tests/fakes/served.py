"""`lsip serve` as a process of its own on the loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


class Served:
    """A service that runs. `url` has no slash at its end."""

    def __init__(self, data: Path, **settings: str) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("LSIP_")}
        self.environment = {**kept, "LSIP_DATA_DIR": str(data), "COLUMNS": "200", **_named(settings)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli.app", "serve", "--port", "0"],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        lines = []
        for line in self.process.stderr:
            lines.append(line)
            if found := ADDRESS.search(line):
                self.url = found[0]
                return
        raise AssertionError("".join(lines))

    def lsip(self, *arguments: str) -> str:
        """What a command of the operator prints, in the same environment."""
        done = subprocess.run(
            [sys.executable, "-m", "assistant.cli.app", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serving(self) -> list[psutil.Process]:
        """The processes that serve, of several; without what multiprocessing keeps beside them."""
        found = []
        for process in psutil.Process(self.process.pid).children():
            with suppress(psutil.Error):  # one that ends while it is looked at
                if "spawn_main" in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def ask_to_stop(self) -> None:
        """SIGTERM, as an operator's system sends it."""
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> tuple[int, str]:
        """The exit code and what was logged, once the process has gone."""
        _, logged = self.process.communicate(timeout=120)
        return self.process.returncode, logged


def _named(settings: dict[str, str]) -> dict[str, str]:
    return {f"LSIP_{name.upper()}": value for name, value in settings.items()}


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Served]:
    """The service until the block ends."""
    service = Served(data, **settings)
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.process.kill()
        service.process.communicate()
