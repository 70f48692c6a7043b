"""From a cold process to a printed answer, and the memory and start-up of the service."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median

import psutil

RUNS = 5


def run(folder: Path) -> dict[str, object]:
    """Medians of several processes, each started afresh."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as on a user's machine
    env = {**kept, "LSIP_DATA_DIR": str(folder)}
    lsip = [sys.executable, "-m", "assistant.cli.app"]
    subprocess.run([*lsip, "ingest"], env=env, check=True, capture_output=True)
    _seconds([*lsip, "ask", "How many LSIP areas are there?"], env)  # compiles what was never imported
    cold = [_seconds([*lsip, "ask", "How many LSIP areas are there?"], env) for _ in range(RUNS)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    server = subprocess.Popen([*lsip, "serve", "--port", str(port)], env=env, stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(f"{base}/readyz")
        ready = time.perf_counter() - started
        for _ in range(50):
            urllib.request.urlopen(f"{base}/?q=Is+the+LSIF+still+open%3F", timeout=30).read()
        memory = psutil.Process(server.pid).memory_info().rss / 1e6
    finally:
        server.terminate()
        server.wait(timeout=30)
    return {
        "lsip ask, cold, s": median(cold),
        "service ready, s": ready,
        "service memory after 50 answers, MB": memory,
    }


def _seconds(command: list[str], env: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return time.perf_counter() - started


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service did not become ready")
