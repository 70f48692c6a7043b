"""The routes of stored answers: the answer, its receipt, and what people say of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse

from assistant.api.callers import Caller, caller_of
from assistant.api.metrics import Metrics
from assistant.api.schemas import Receipt, problem_responses
from assistant.api.services import Services
from assistant.api.stored import PENDING_DOC, AnswerId, PendingAnswer, StoredAnswer, VoteGiven, VoteKept
from assistant.conversations.feedback import Vote

_ANSWER_DOC: dict[int | str, dict[str, Any]] = {200: {"description": "The answer as it was given"}}


def answers_router(services: Services, metrics: Metrics) -> APIRouter:
    """Routes under /v1/answers."""
    router = APIRouter(prefix="/v1/answers/{answer_id}", tags=["Questions"])

    @router.get(
        "",
        summary="A stored answer",
        response_model=StoredAnswer,
        responses=_ANSWER_DOC | PENDING_DOC | problem_responses(404, 422, 500, 503),
    )
    def stored(answer_id: AnswerId) -> Response:
        """The answer as it was given. `affected` says why it may no longer be right, once its sources change.

        202 while it is being made: its id is known from the `accepted` event on.
        """
        if services.records.claims.pending(answer_id):  # looked at first: it is freed once the answer is stored
            waiting = PendingAnswer(answer_id=answer_id).model_dump(exclude_none=True)
            return JSONResponse(waiting, status_code=202, headers={"Retry-After": "1"})
        return JSONResponse(services.store.answer(answer_id))

    @router.get(
        "/receipt",
        summary="The receipt of a stored answer",
        response_model=Receipt,
        responses=problem_responses(404, 422, 500, 503),
    )
    def receipt(answer_id: AnswerId) -> Response:
        """What made the answer, and where each quotation stands, so that anyone can check it again."""
        return JSONResponse(services.store.receipt(answer_id))

    @router.get("/feedback", summary="Your vote on an answer", responses=problem_responses(404, 422, 500, 503))
    def vote(answer_id: AnswerId, caller: Annotated[Caller, Depends(caller_of)]) -> VoteKept:
        """The vote of this session, or of the conversation where there is no session."""
        return _kept(answer_id, services.records.feedback.get(answer_id, caller.person))

    @router.put("/feedback", summary="Vote on an answer", responses=problem_responses(400, 404, 413, 422, 500, 503))
    def put_vote(answer_id: AnswerId, given: VoteGiven, caller: Annotated[Caller, Depends(caller_of)]) -> VoteKept:
        """One vote an answer and person: a new one takes the place of the old, and null takes it back."""
        feedback = services.records.feedback
        metrics.voted(given.vote)
        if given.vote is None:
            feedback.take_back(answer_id, caller.person)
            return VoteKept(answer_id=answer_id, vote=None, reasons=[], comment="")
        vote = Vote(given.vote, tuple(given.reasons), given.comment)
        return _kept(answer_id, feedback.put(answer_id, caller.person, vote))

    return router


def _kept(answer_id: str, vote: Vote) -> VoteKept:
    values = {"vote": vote.vote, "reasons": list(vote.reasons), "comment": vote.comment}
    return VoteKept.model_validate({"answer_id": answer_id, **values})
