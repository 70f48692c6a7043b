"""What the OpenAPI document says beside its routes."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from assistant.api.problems import Problem
from assistant.api.schemas import ANSWER_EXAMPLE

DESCRIPTION = """Cited answers on England's Local Skills Improvement Plans, as of any date.

Every statement of an answer has a quotation that is held word for word; its place can be checked under
`/v1/documents`. Errors are problem documents (RFC 9457). Dates are ISO 8601, inclusive, Europe/London.
"""
TAGS = [
    {"name": "Questions", "description": "Ask, fetch stored answers and their receipts, and vote on them."},
    {"name": "Conversations", "description": "Earlier turns, to read, to take away and to delete."},
    {"name": "Documents", "description": "What is held: versions, their exact texts and passages."},
    {"name": "Areas", "description": "Which LSIP area and which body cover a place, on any date."},
    {"name": "Timeline", "description": "Dated events: past, open, ahead, or expected and not confirmed."},
    {"name": "Checks", "description": "Duties and eligibility by decision tables, as of any date. Nothing is kept."},
    {"name": "Health", "description": "For whoever runs the service."},
]


def complete_openapi(app: FastAPI) -> None:
    """Add what the framework leaves out: the schema of problems, which no route returns, and nulls in the example."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(schema.pop("$defs", {}))
        schemas["Problem"] = schema
        for path, method in (("/v1/questions", "post"), ("/v1/answers/{answer_id}", "get")):
            media = document["paths"][path][method]["responses"]["200"]["content"]["application/json"]
            media["example"] = ANSWER_EXAMPLE
        return document

    app.openapi = openapi  # type: ignore[method-assign]
