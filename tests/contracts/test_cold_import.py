"""The command line starts without the heavy libraries: they are loaded when they are first needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "transformers", "sentence_transformers", "chromadb", "onnx", "onnxscript", "scipy", "sklearn")
LOOK = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""


@pytest.mark.parametrize("module", ["assistant.cli.app", "assistant.composition", "assistant.settings"])
def test_importing_stays_light(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, module, *HEAVY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == []


def test_help_stays_light() -> None:
    code = (
        "import sys\nfrom assistant.cli.app import main\nassert main(['--help']) == 0\n"
        "print('loaded:', *sorted(set(sys.argv[1:]) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.splitlines()[-1].split() == ["loaded:"]
