"""Sessions of the widget: a site and an allowed origin in, a short-lived token and what the widget shows out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api.gate import bearer, not_admitted, own_origin
from assistant.api.schemas import problem_responses
from assistant.api.services import Services
from assistant.sites.model import Site
from assistant.sites.suggestions import suggestions
from assistant.sites.visitors import admitted


class SessionRequest(BaseModel):
    """Which site the widget stands on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"site": "dorset"}]})

    site: str = Field(min_length=1, max_length=64, description="The site's public id")


class SiteArea(BaseModel):
    """An area by id and name."""

    id: str = Field(examples=["A09"])
    name: str


class Contact(BaseModel):
    """Where a person can be reached."""

    text: str
    url: str | None


class SiteShown(BaseModel):
    """What the widget shows of its site."""

    id: str
    name: str
    area: SiteArea | None
    contact: Contact | None
    theme: dict[str, str] = Field(
        description="Values of the widget's custom properties", examples=[{"accent": "#12564f"}]
    )
    suggestions: list[str] = Field(description="Up to four questions to begin with")
    max_question: int = Field(description="Longest question, in characters")


class SessionGiven(BaseModel):
    """A token to be sent as `Authorization: Bearer`; to be renewed here before it runs out."""

    token: str
    expires_at: datetime
    site: SiteShown


def widget_sessions_router(services: Services) -> APIRouter:
    """POST /v1/widget/sessions."""
    router = APIRouter(prefix="/v1/widget", tags=["Widget"])

    @router.post(
        "/sessions",
        status_code=201,
        summary="Open or renew a session of the widget",
        response_model=SessionGiven,
        responses=problem_responses(403, 422, 503),
    )
    async def open_session(request: Request, wanted: SessionRequest) -> Response:
        """A token for a site, from one of its origins. A token holds for 15 minutes; sent here again, its session
        goes on, for 8 hours in all. Nothing is stored, and no cookie is set.
        """
        visitors = services.visitors
        origin = request.headers.get("origin", "")
        board = await visitors.switchboard.board()
        site = admitted(board, wanted.site, origin, own_origin(request))
        if site is None:
            raise not_admitted()
        renewed = visitors.sessions.of(bearer(request))
        token, session = visitors.sessions.open(site.site_id, origin, renewed)
        given = {
            "token": token,
            "expires_at": datetime.fromtimestamp(session.expires, UTC).isoformat(),
            "site": await run_in_threadpool(shown, site),
        }
        return JSONResponse(given, status_code=201, headers={"Cache-Control": "no-store"})

    def shown(site: Site) -> dict[str, Any]:
        settings = services.settings
        profile = services.catalogue.profile(settings.collection)
        area = next((a for a in profile.areas if a.id == site.area), None)
        return SiteShown(
            id=site.site_id,
            name=site.name,
            area=SiteArea(id=area.id, name=area.name) if area else None,
            contact=Contact(text=site.contact, url=site.contact_url or None) if site.contact else None,
            theme=site.theme,
            suggestions=suggestions(profile, area, settings.current_date()),
            max_question=settings.max_question,
        ).model_dump()

    return router
