"""The house as a whole: its rooms, the size of its modules, and nothing in it that ties it to one machine."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("assistant", "ingestion", "prompts", "vectorstore")
PLACES = """assistant ingestion prompts vectorstore tests docs docs/adr docs/nomenclature.md pyproject.toml
constraints.txt Makefile .ci/run .env.example README.md LICENSE NOTICE""".split()
LONGEST = 400
MEDIAN = 100

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("pytorch", "org/whl"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
        ("registry", "yarnpkg", "com"),
    )
]
REGISTRY = re.compile("|".join(re.escape(host) for host in HOSTS), re.IGNORECASE)
MACHINE_PATH = re.compile(
    r"(?<![\w/.:~*-])/(?:work|root|opt/(?:wheels|pypi)|(?:home|Users)/(?!some(?:one|body)|user|you|name)\w+)(?![\w.-])"
)


def tracked() -> list[Path]:
    """The files that git holds or would hold, as text can be read of them."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    done = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return sorted({ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()})


def readable(path: Path) -> str:
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", errors="replace")


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {found.group()}"
        for path in tracked()
        for number, line in enumerate(readable(path).splitlines(), start=1)
        if (found := pattern.search(line))
    ]


def modules() -> list[Path]:
    return sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", PLACES)
def test_every_room_is_there(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_a_package(room: str) -> None:
    folders = {p.parent for p in (ROOT / room).rglob("*.py")}
    assert [f for f in folders if f.name != "versions" and not (f / "__init__.py").is_file()] == []


def test_no_module_is_long() -> None:
    assert [f"{p.relative_to(ROOT)}: {line_count(p)}" for p in modules() if line_count(p) > LONGEST] == []


def test_modules_are_small_on_the_whole(record_testsuite_property: Callable[[str, object], None]) -> None:
    sizes = [n for p in modules() if (n := line_count(p))]
    median = statistics.median(sizes)
    record_testsuite_property("median_lines", median)
    print(f"{len(sizes)} modules, median {median:.0f} lines, longest {max(sizes)}")
    assert median < MEDIAN


def test_no_file_names_a_package_registry() -> None:
    assert hits(REGISTRY) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert hits(MACHINE_PATH) == []


def test_the_patterns_find_what_they_are_for() -> None:
    base = "/".join(("", "work", "main"))
    assert MACHINE_PATH.search(f"see {base}") and MACHINE_PATH.search(f'"{base}/x"')
    assert not MACHINE_PATH.search("https://example.org/what-we-do" + base)
    assert REGISTRY.search(f"https://files.{HOSTS[1]}/x")


def test_constraints_are_plain_pins() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!]+", line)] == []
    assert "torch==2.13.0" in lines
    assert not [line for line in lines if line.startswith("lsip")]


def test_make_help_names_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    described = set(re.findall(r"^([a-z]+):.*## \S", text, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == described
    assert described >= {"run", "test", "check", "ask", "soak", "bench", "ingest", "clean", "help"}


def test_ci_runs_as_a_program() -> None:
    path = ROOT / ".ci" / "run"
    assert path.stat().st_mode & 0o111
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("bash") and "set -euo pipefail" in lines


NO_NETWORK = """
import importlib, pkgutil, sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        raise RuntimeError(f"{event} {arguments[1:]}")

sys.addaudithook(refuse)
bad, seen = [], 0
for room in sys.argv[1:]:
    for found in pkgutil.walk_packages(importlib.import_module(room).__path__, room + "."):
        if ".migrations" in found.name:
            continue
        seen += 1
        try:
            importlib.import_module(found.name)
        except Exception as error:
            bad.append(f"{found.name}: {error!r}")
print("\\n".join(bad), end="")
sys.exit(0 if seen > 40 and not bad else 1)
"""


def test_importing_any_module_of_ours_reaches_no_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, *ROOMS], cwd=ROOT, capture_output=True, text=True, timeout=180
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr[-2000:]
