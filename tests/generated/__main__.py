"""Writes the generated pages of docs/: `python -m tests.generated`, with LSIP_DATA_DIR holding the starter corpus."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

from assistant.cli.app import main as lsip
from tests.generated import checks_page, examples_page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def run(*arguments: str) -> tuple[int, str]:
    """One command: its exit code and what it printed, on either stream."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        code = lsip(list(arguments))
    return code, out.getvalue()


def main() -> None:
    """Write both pages."""
    os.environ.update(LSIP_TODAY=examples_page.TODAY, COLUMNS=examples_page.WIDTH, NO_COLOR="1")
    (DOCS / "checks.md").write_text(checks_page.page(), encoding="utf-8")
    (DOCS / "examples.md").write_text(examples_page.page(run), encoding="utf-8")


if __name__ == "__main__":
    main()
