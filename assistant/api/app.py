"""The HTTP service, put together. Nothing is opened before a request needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assistant.api.areas import areas_pages_router, areas_router
from assistant.api.asking import Desk
from assistant.api.changes import changes_pages_router, changes_router
from assistant.api.checks import checks_pages_router, checks_router
from assistant.api.documents import documents_router
from assistant.api.errors import install_error_handlers
from assistant.api.health import health_router
from assistant.api.openapi import DESCRIPTION, TAGS, complete_openapi
from assistant.api.pages import pages_router
from assistant.api.pool import Pool
from assistant.api.questions import questions_router
from assistant.api.security import BodyLimit, SecurityHeaders
from assistant.api.services import Services
from assistant.api.templating import STATIC, Templates
from assistant.api.timeline import timeline_pages_router, timeline_router
from assistant.api.widget import widget_router


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
        description=DESCRIPTION,
        openapi_tags=TAGS,
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
    app.include_router(changes_router(services))
    app.include_router(documents_router(services))
    app.include_router(areas_router(services))
    app.include_router(timeline_router(services))
    app.include_router(checks_router(services))
    app.include_router(health_router(services))
    app.include_router(changes_pages_router(services, templates))
    app.include_router(pages_router(services, desk, templates))
    app.include_router(timeline_pages_router(services, templates))
    app.include_router(checks_pages_router(services, templates))
    app.include_router(areas_pages_router(services, templates))
    app.include_router(widget_router(templates))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    complete_openapi(app)
    return app
