"""What the OpenAPI document says beside its routes."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from assistant.api.problems import Problem
from assistant.api.schemas import ANSWER_EXAMPLE, problem_responses

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
    {"name": "Widget", "description": "Sessions for sites that carry the widget, from their own origins only."},
    {"name": "Health", "description": "For whoever runs the service."},
]


_LIMITS = {
    "RateLimit-Limit": "What the tightest limit admits in its window",
    "RateLimit-Remaining": "What is left of it",
    "RateLimit-Reset": "Seconds until more is free",
    "RateLimit-Policy": "The limit and its window in seconds, as 15;w=60",
}
_SCHEMES = {
    "Key": "A server's key, `lsk_...`, from the operator",
    "Session": "A token of `POST /v1/widget/sessions`, from the origin it was given to",
}


def _tell_of_the_gate(document: dict[str, Any]) -> None:
    """What stands before every route for programs: who may come, how often, and what refuses them."""
    schemes = {n: {"type": "http", "scheme": "bearer", "description": d} for n, d in _SCHEMES.items()}
    document["components"]["securitySchemes"] = schemes
    shown = {name: {"description": d, "schema": {"type": "string"}} for name, d in _LIMITS.items()}
    for path, operations in document["paths"].items():
        if not path.startswith("/v1/"):
            continue
        for operation in operations.values():
            operation["security"] = [{}, *({name: []} for name in _SCHEMES)]
            responses = operation["responses"]
            for status, response in problem_responses(400, 401, 403, 413, 429, 503).items():
                responses.setdefault(str(status), response)
            responses["429"]["headers"] = {**shown, "Retry-After": {"schema": {"type": "integer"}}}


def complete_openapi(app: FastAPI) -> None:
    """Add what the framework leaves out: the schema of problems, which no route returns, and nulls in the example."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(schema.pop("$defs", {}))
        schemas["Problem"] = schema
        _tell_of_the_gate(document)
        for path, method in (("/v1/questions", "post"), ("/v1/answers/{answer_id}", "get")):
            media = document["paths"][path][method]["responses"]["200"]["content"]["application/json"]
            media["example"] = ANSWER_EXAMPLE
        return document

    app.openapi = openapi  # type: ignore[method-assign]
