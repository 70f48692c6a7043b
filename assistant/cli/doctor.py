"""`lsip doctor`: is everything here that is needed, and does it fit together?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import Any

import typer
from rich.console import Console

from assistant.cli.common import AsJson, application, print_json
from assistant.composition import Application
from vectorstore.errors import LsipError


def doctor(as_json: AsJson = False) -> None:
    """Check settings, data directory, database, model, indexes and knowledge; say what to do about each fault."""
    app = application()
    checks: list[tuple[str, Callable[[Application], str]]] = [
        ("python", lambda a: sys.version.split()[0]),
        ("data directory", _data_dir),
        ("database", _database),
        ("embedding model", lambda a: f"{a.embedder.model_key}, {a.embedder.dimension} dimensions"),
        ("chat model", _chat_model),
        ("knowledge", _knowledge),
        ("indexes", _indexes),
    ]
    results: list[dict[str, Any]] = []
    for name, check in checks:
        try:
            results.append({"check": name, "ok": True, "detail": check(app), "remedy": None})
        except LsipError as error:
            results.append({"check": name, "ok": False, "detail": error.message, "remedy": error.remedy})
        except OSError:
            results.append(
                {"check": name, "ok": False, "detail": "cannot be read or written", "remedy": "Check rights."}
            )
    if as_json:
        print_json({"ok": all(r["ok"] for r in results), "checks": results})
    else:
        console = Console(highlight=False)
        for r in results:
            console.print(f"{'ok ' if r['ok'] else 'NOT OK'} {r['check']}: {r['detail']}", markup=False)
            if r["remedy"]:
                console.print(f"    {r['remedy']}", markup=False)
    raise typer.Exit(0 if all(r["ok"] for r in results) else 1)


def _data_dir(app: Application) -> str:
    folder = app.settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".doctor"
    probe.write_text("x", encoding="ascii")
    probe.unlink()
    return f"{folder.resolve()}, {shutil.disk_usage(folder).free / 1e9:.0f} GB free"


def _database(app: Application) -> str:
    app.catalogue.check()
    return app.catalogue.engine.dialect.name


def _chat_model(app: Application) -> str:
    return app.settings.model if app.model_options() else "none: answers by extraction"


def _knowledge(app: Application) -> str:
    lines = []
    for name in app.catalogue.collections() or [app.settings.collection]:
        app.catalogue.manifest(name)
        passages = app.catalogue.passage_count(name)
        lines.append(f"{name}: {passages} passages, generation {app.catalogue.generation(name)}")
    return "; ".join(lines)


def _indexes(app: Application) -> str:
    name = app.settings.collection
    snapshot = app.retriever(name).snapshot()
    vectors = app.locations.vectors(snapshot.manifest["vectors"]).count()
    words = app.locations.keywords(name).count()
    return f"{vectors} vectors, {words} passages by their words"
