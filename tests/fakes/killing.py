"""Runs that are killed at a moment of one's choosing, and two states of a folder to tell apart."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
FILES = 24


def settings(data: Path, model: str) -> dict[str, str]:
    """The environment of a process over `data`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LSIP_")}
    return {**kept, "LSIP_DATA_DIR": str(data), "LSIP_EMBEDDING_MODEL": model, "LSIP_TODAY": "2026-11-23"}


class Worker:
    """A process that has imported everything and runs ingestions in children of its own."""

    def __init__(self, data: Path, model: str = "hashing") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.ingest_worker", str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=settings(data, model),
            cwd=ROOT,
            text=True,
        )
        assert self._line() == "ready"

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def run(self, folder: Path, collection: str = "k", *, kill_after: float | None = None) -> tuple[int, float]:
        """Ingest `folder`, killed after so many seconds: the wait status (9: killed) and how long it took."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{folder} {collection}\n")
        self._process.stdin.flush()
        child = int(self._line())
        started = time.perf_counter()
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):  # it was done before
                os.kill(child, signal.SIGKILL)
        status = int(self._line())
        return status, time.perf_counter() - started


def set_state(folder: Path, state: str, files: int = FILES) -> set[str]:
    """Bring `folder` to state A or B; returns the texts it then holds.

    Between the states a third of the files change, a third stay, and a third is there in one state only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts: set[str] = set()
    for number in range(files):
        path = folder / f"widget{number}.md"
        if number % 3 == 0:
            body = f"Widget {number} is in state {state}."
        elif number % 3 == 1:
            body = f"Widget {number} is in a state that stays."
        elif (number % 2 == 0) == (state == "A"):
            body = f"Widget {number} is in the state that only {state} has."
        else:
            path.unlink(missing_ok=True)
            continue
        extra = f"Widget {number} has a state of its own below."
        path.write_text(f"# Widget {number}\n\n{body}\n\n## Below\n\n{extra}\n")
        texts |= {body, extra}
    return texts
