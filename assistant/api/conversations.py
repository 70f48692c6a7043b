"""The routes of conversations: their turns, all of it to take away, and their deletion."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse

from assistant.api.callers import Caller, caller_of
from assistant.api.schemas import problem_responses
from assistant.api.services import Services
from assistant.api.stored import ID_PATTERN, ConversationId, ConversationPage, ExportedConversation
from prompts import message
from vectorstore.errors import PendingError

_DELETED: dict[int | str, dict[str, Any]] = {204: {"description": "The conversation and its text are gone"}}


def conversations_router(services: Services) -> APIRouter:
    """Routes under /v1/conversations."""
    router = APIRouter(prefix="/v1/conversations/{conversation_id}", tags=["Conversations"])

    @router.get(
        "",
        summary="The turns of a conversation",
        response_model=ConversationPage,
        responses=problem_responses(403, 404, 422, 500, 503),
    )
    def turns(
        conversation_id: ConversationId,
        caller: Annotated[Caller, Depends(caller_of)],
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
        after: Annotated[str | None, Query(pattern=ID_PATTERN, description="`next` of the page before")] = None,
    ) -> Response:
        """Questions and answers, oldest first. A conversation opened in a session is given to that session only."""
        return JSONResponse(services.records.talks.page(conversation_id, caller.person, limit, after))

    @router.get(
        "/export",
        summary="All that is stored of a conversation",
        response_model=ExportedConversation,
        responses=problem_responses(403, 404, 422, 500, 503),
    )
    def export(conversation_id: ConversationId, caller: Annotated[Caller, Depends(caller_of)]) -> Response:
        """A JSON file with every question, answer, receipt and vote."""
        told = services.records.talks.export(conversation_id, caller.person)
        name = f'attachment; filename="conversation-{conversation_id}.json"'
        return JSONResponse(told, headers={"Content-Disposition": name})

    @router.delete(
        "",
        summary="Delete a conversation",
        status_code=204,
        response_class=Response,
        responses=_DELETED | problem_responses(403, 404, 409, 422, 500, 503),
    )
    def delete(conversation_id: ConversationId, caller: Annotated[Caller, Depends(caller_of)]) -> Response:
        """Delete its questions, answers, receipts and votes for good; counts without text stay."""
        services.records.talks.allow(conversation_id, caller.person)
        if services.records.claims.busy(conversation_id):
            raise PendingError(message("pending"), message("pending_remedy"))
        services.records.talks.delete(conversation_id, caller.person)
        return Response(status_code=204)

    return router
