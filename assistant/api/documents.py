"""The routes for programs that check: versions held, their exact texts and their passages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import PlainTextResponse

from assistant.api.schemas import HeldPassage, HeldVersion, HeldVersions, problem_responses
from assistant.api.services import Services, held_versions
from vectorstore.errors import NotFoundError
from vectorstore.model import Version

_TEXT_DOC: dict[int | str, dict[str, Any]] = {
    200: {"description": "The stored text that offsets count in", "content": {"text/plain; charset=utf-8": {}}}
}


def held_version(services: Services, document_id: str, version_id: str) -> Version:
    """A version of that document. Raises NotFoundError, also for a version of another document."""
    version = services.catalogue.version(version_id)
    if version.document_id != document_id:
        raise NotFoundError("That document has no such version.", "/v1/documents lists what is held.")
    return version


def documents_router(services: Services) -> APIRouter:
    """Routes under /v1/documents."""
    router = APIRouter(prefix="/v1/documents", tags=["Documents"])

    @router.get("", summary="The versions held", responses=problem_responses(422, 503))
    def listing(
        as_of: Annotated[
            date | None, Query(description="`in_force` is computed on this date; today if left out")
        ] = None,
        collection: Annotated[str | None, Query(max_length=64)] = None,
        area: Annotated[str | None, Query(max_length=100, description="An area's id, such as A06")] = None,
        document_id: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=10_000)] = 1_000,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> HeldVersions:
        """All editions that are held, those that have ended too, by document and start."""
        name = collection or services.settings.collection
        on = as_of or services.settings.current_date()
        found = [v for v in held_versions(services.catalogue, name, document_id) if area is None or v.area == area]
        page = [HeldVersion.of(v, on) for v in found[offset : offset + limit]]
        return HeldVersions(collection=name, as_of=on, total=len(found), versions=page)

    @router.get(
        "/{document_id:path}/versions/{version_id}/text",
        summary="The exact text of a version",
        response_class=PlainTextResponse,
        responses=_TEXT_DOC | problem_responses(404, 422, 503),
    )
    def text(document_id: str, version_id: str) -> Response:
        """The stored text, character for character: `text[start:end]` of a citation is its quotation."""
        held_version(services, document_id, version_id)
        return PlainTextResponse(services.catalogue.text(version_id))

    @router.get(
        "/{document_id:path}/versions/{version_id}/passages/{passage_id}",
        summary="One passage of a version",
        responses=problem_responses(404, 422, 503),
    )
    def passage(document_id: str, version_id: str, passage_id: str) -> HeldPassage:
        """A passage with its place in the text and, for a brief, the pages it rests on."""
        found, version = services.catalogue.passage(passage_id)
        if (version.document_id, version.version_id) != (document_id, version_id):
            raise NotFoundError("That version has no such passage.", "/v1/documents lists what is held.")
        return HeldPassage.of(found, version)

    return router
