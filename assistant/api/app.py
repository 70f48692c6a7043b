"""The HTTP service, put together. Nothing is opened before a request needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from assistant.api.answer_pages import answer_pages_router
from assistant.api.answers import answers_router
from assistant.api.areas import areas_pages_router, areas_router
from assistant.api.asking import Desk
from assistant.api.changes import changes_pages_router, changes_router
from assistant.api.checks import checks_pages_router, checks_router
from assistant.api.conversations import conversations_router
from assistant.api.documents import documents_router
from assistant.api.errors import install_error_handlers, responder
from assistant.api.gate import Gate
from assistant.api.health import health_router
from assistant.api.metrics import Metrics, metrics_router
from assistant.api.observing import Observing
from assistant.api.openapi import DESCRIPTION, TAGS, complete_openapi
from assistant.api.pages import pages_router
from assistant.api.pool import Pool
from assistant.api.questions import questions_router
from assistant.api.security import BodyLimit, SecurityHeaders
from assistant.api.services import Services
from assistant.api.slack_door import SlackDoor, slack_routes
from assistant.api.staff import install_staff
from assistant.api.stopping import on_stop
from assistant.api.templating import STATIC, Templates
from assistant.api.timeline import timeline_pages_router, timeline_router
from assistant.api.widget import widget_router
from assistant.api.widget_sessions import widget_sessions_router
from assistant.conversations.housekeeping import every_day, tidy


def create_app(services: Services, slack: SlackDoor | None = None) -> FastAPI:
    """The service over `services`, as which the composition root may stand; `slack` starts and ends with it."""
    pool = Pool(services.settings.workers, services.settings.queue)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with every_day(lambda: tidy(services)):
            if slack is not None:
                await slack.start()
            with on_stop(pool.turn_away, services.settings.shutdown_grace):
                yield
        if slack is not None:
            await slack.stop()
        await run_in_threadpool(pool.close)
        await services.visitors.close()

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
    metrics = Metrics(lambda: pool.taken)
    desk = Desk(services, pool, metrics)
    if slack is not None:
        slack.observe(metrics.answered)
    templates = Templates()
    answer = responder(templates)
    app.state.pool = pool
    app.add_middleware(BodyLimit)
    app.add_middleware(Gate, visitors=services.visitors, respond=answer)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observing, metrics=metrics)
    install_error_handlers(app, answer)
    app.include_router(questions_router(services, desk))
    app.include_router(answers_router(services, metrics))
    app.include_router(conversations_router(services))
    app.include_router(changes_router(services))
    app.include_router(documents_router(services))
    app.include_router(areas_router(services))
    app.include_router(timeline_router(services))
    app.include_router(checks_router(services))
    app.include_router(widget_sessions_router(services))
    app.include_router(health_router(services))
    app.include_router(metrics_router(metrics))
    app.include_router(changes_pages_router(services, templates))
    app.include_router(pages_router(services, desk, templates))
    app.include_router(answer_pages_router(services, templates))
    app.include_router(timeline_pages_router(services, templates))
    app.include_router(checks_pages_router(services, templates))
    app.include_router(areas_pages_router(services, templates))
    install_staff(app, services, templates)
    app.include_router(widget_router(services, templates))
    app.router.routes.extend(slack_routes(slack) if slack is not None else [])
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    complete_openapi(app)
    return app
