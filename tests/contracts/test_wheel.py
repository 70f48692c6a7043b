"""What is shipped works away from the checkout: the wheel carries its data and answers from a bare folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = (
    "prompts/*.yaml",
    "prompts/*.md",
    "ingestion/corpus/**/*",
    "assistant/api/templates/*",
    "assistant/api/static/*",
    "assistant/evaluation/*.html",
)
MIGRATIONS = ("vectorstore/migrations/**/*.py",)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)],
        capture_output=True,
        text=True,
        cwd=target,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = target.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--no-index",
            "--target",
            str(target),
            str(wheel),
        ],
        capture_output=True,
        text=True,
        cwd=target,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return target


def run(installed: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`lsip ARGUMENTS` of the installed wheel, in an empty folder, with nothing of the checkout in reach."""
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("LSIP_")}
    environment |= {
        "PYTHONPATH": str(installed),
        "LSIP_DATA_DIR": str(home / "data"),
        "LSIP_EMBEDDING_MODEL": "hashing",
        "LSIP_TODAY": "2026-11-23",
    }
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli.app", *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
    )


def test_the_wheel_carries_all_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for pattern in (*EVERYTHING, *MIGRATIONS)
        for path in ROOT.glob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(wanted) > 100
    assert sorted(wanted - names) == []


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        roots = {name.partition("/")[0] for name in archive.namelist()}
        files = archive.namelist()
    assert {r for r in roots if not r.endswith(".dist-info")} == {"assistant", "ingestion", "prompts", "vectorstore"}
    assert [f for f in files if f.endswith((".sqlite3", ".pyc", ".env", ".onnx"))] == []
    assert {Path(f).name for f in files if ".dist-info/licenses/" in f} == {"LICENSE", "NOTICE"}


def test_every_module_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import assistant, ingestion, prompts, vectorstore; print(assistant.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(installed)


def test_the_wheel_helps_ingests_and_answers(installed: Path, tmp_path: Path) -> None:
    helped = run(installed, tmp_path, "--help")
    assert helped.returncode == 0, helped.stderr
    for command in ("ask", "ingest", "serve", "doctor"):
        assert re.search(rf"\b{command}\b", helped.stdout)

    ingested = run(installed, tmp_path, "ingest", "--json")
    assert ingested.returncode == 0, ingested.stderr
    report = json.loads(ingested.stdout)
    assert len(report["files"]) > 100
    assert {f["status"] for f in report["files"]} == {"new"}

    again = run(installed, tmp_path, "ingest", "--json")
    assert {f["status"] for f in json.loads(again.stdout)["files"]} == {"unchanged"}

    asked = run(installed, tmp_path, "ask", "--json", "How many LSIP areas are there in England?")
    assert asked.returncode == 0, asked.stdout + asked.stderr
    answer = json.loads(asked.stdout)
    assert answer["status"] in {"answered", "answered_partly"}
    assert "39" in answer["plain"] and answer["citations"]
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
