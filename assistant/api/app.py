"""The HTTP service, put together. Nothing is opened before a request needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.api.areas import areas_pages_router, areas_router
from assistant.api.asking import Desk
from assistant.api.documents import documents_router
from assistant.api.errors import install_error_handlers
from assistant.api.health import health_router
from assistant.api.pages import pages_router
from assistant.api.pool import Pool
from assistant.api.problems import Problem
from assistant.api.questions import questions_router
from assistant.api.schemas import ANSWER_EXAMPLE
from assistant.api.security import BodyLimit, SecurityHeaders
from assistant.api.services import Services
from assistant.api.templating import STATIC, Templates

_DESCRIPTION = """Cited answers on England's Local Skills Improvement Plans, as of any date.

Every statement of an answer has a quotation that is held word for word; its place can be checked under
`/v1/documents`. Errors are problem documents (RFC 9457). Dates are ISO 8601, inclusive, Europe/London.
"""
_TAGS = [
    {"name": "Questions", "description": "Ask, and fetch stored answers and their receipts."},
    {"name": "Documents", "description": "What is held: versions, their exact texts and passages."},
    {"name": "Areas", "description": "Which LSIP area and which body cover a place, on any date."},
    {"name": "Health", "description": "For whoever runs the service."},
]


def create_app(services: Services) -> FastAPI:
    """The service over `services`; the composition root can be handed over as it is."""
    pool = Pool(services.settings.workers, services.settings.queue)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        pool.close()

    app = FastAPI(
        title="LSIP Assistant",
        version="1",
        summary="Cited answers on England's Local Skills Improvement Plans",
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    desk = Desk(services, pool)
    templates = Templates()
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    install_error_handlers(app, templates)
    app.include_router(questions_router(services, desk))
    app.include_router(documents_router(services))
    app.include_router(areas_router(services))
    app.include_router(health_router(services))
    app.include_router(pages_router(services, desk, templates))
    app.include_router(areas_pages_router(services, templates))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    _complete_openapi(app)
    return app


def _complete_openapi(app: FastAPI) -> None:
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
