"""Templates: escaped by default, no name left undefined, style sheets whose addresses change with their content."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.api.links import REL, linkify
from assistant.presenting.paths import ask_path, text_path, version_path
from assistant.presenting.wording import human, place
from prompts import messages
from vectorstore.addresses import web_address

HERE = Path(__file__).parent
STATIC = HERE / "static"


class Templates:
    """Renders the pages."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(human=human, linkify=linkify, web=web_address, upper_first=_upper_first)
        self._environment.globals.update(
            ask_path=ask_path,
            version_path=version_path,
            text_path=text_path,
            place=place,
            rel=REL,
            messages=messages(),
            stylesheet=_sheet("style.css"),
            demo_stylesheet=_sheet("demo.css"),
        )

    def page(
        self, name: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: Any
    ) -> HTMLResponse:
        """The page `name` filled with `values`; never kept by a cache, since a date or a run may change it."""
        html = self._environment.get_template(name).render(**values)
        return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store", **(headers or {})})


def _sheet(name: str) -> str:
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
