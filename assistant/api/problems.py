"""Errors as RFC 9457 problem documents: what happened and what to do, never the text of a foreign exception."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.api.pool import RETRY_AFTER
from assistant.logs import request_id
from prompts import message
from vectorstore.errors import (
    BusyError,
    ClosedError,
    ConflictError,
    ForbiddenError,
    KnowledgeError,
    LimitedError,
    LsipError,
    NotAdmittedError,
    NotFoundError,
    UnknownCallerError,
    UsageError,
)

MEDIA_TYPE = "application/problem+json"
CLOSED_RETRY = 300  # seconds to wait before a door that is switched off is tried again

_STATUS: tuple[tuple[type[LsipError], int, str], ...] = (
    (UsageError, 422, "The request cannot be met as it is"),
    (ForbiddenError, 403, "Not allowed"),
    (NotFoundError, 404, "Not found"),
    (ConflictError, 409, "In progress"),
    (BusyError, 503, "Busy"),
    (KnowledgeError, 503, "The knowledge cannot be used"),
    (UnknownCallerError, 401, "Not known"),
    (NotAdmittedError, 403, "Not admitted"),
    (LimitedError, 429, "Too often"),
    (ClosedError, 503, "Switched off"),
)
_HTTP: dict[int, tuple[str, str, str]] = {
    400: ("Bad request", "The request cannot be read.", "Check it against /openapi.json."),
    404: ("Not found", "There is nothing at this address.", "Start at / or read /openapi.json."),
    405: ("Method not allowed", "This address does not take that method.", "Read /openapi.json for what it takes."),
    413: ("Too large", "The request is larger than this service reads.", "Send a shorter question and less history."),
}
_RETRY = {409: 1, 503: RETRY_AFTER}  # seconds


class Invalid(BaseModel):
    """One field that is wrong."""

    field: str = Field(examples=["body.question"])
    message: str = Field(examples=["Field required"])


class Problem(BaseModel):
    """An error, as RFC 9457 has it, with what to do about it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:lsip:problem:usage",
                    "title": "The request cannot be met as it is",
                    "status": 422,
                    "detail": "There is no area 'Atlantis' in this collection.",
                    "remedy": "Give an area's id (such as A06) or its name.",
                }
            ]
        }
    )

    type: str = Field(description="Names the kind of problem; about:blank where the status says it all")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What happened")
    remedy: str = Field(description="What to do next")
    errors: list[Invalid] | None = Field(None, description="The fields that are wrong, for an invalid request")
    answer_id: str | None = Field(None, description="The stored answer that failed, if there is one")
    request_id: str | None = Field(
        default_factory=lambda: request_id.get() or None, description="What the operator finds the request by"
    )
    retry_after: int | None = Field(None, description="Seconds after which to try again, if that may help")

    def headers(self) -> dict[str, str]:
        """When to come back, and how to say who one is."""
        made = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return {**made, "WWW-Authenticate": "Bearer"} if self.status == 401 else made

    def response(self) -> JSONResponse:
        """The problem as a response; one that passes tells when to come back."""
        return JSONResponse(
            self.model_dump(exclude_none=True),
            status_code=self.status,
            media_type=MEDIA_TYPE,
            headers=self.headers(),
        )


def of_error(error: LsipError) -> Problem:
    """The problem that one of our own errors is."""
    for kind, status, title in _STATUS:
        if isinstance(error, kind):
            name = f"urn:lsip:problem:{error.code}"
            return Problem(
                type=name,
                title=title,
                status=status,
                detail=error.message,
                remedy=error.remedy,
                retry_after=_retry_after(error, status),
            )
    return failed()


def _retry_after(error: LsipError, status: int) -> int | None:
    """A switch is not turned back in seconds; a limit knows its time."""
    if isinstance(error, LimitedError):
        return error.seconds
    if isinstance(error, ClosedError):
        return CLOSED_RETRY
    return _RETRY.get(status)


def of_status(status: int) -> Problem:
    """The problem that an HTTP status is."""
    title, detail, remedy = _HTTP.get(status, ("The request failed", "The request failed.", "Read /openapi.json."))
    return Problem(type="about:blank", title=title, status=status, detail=detail, remedy=remedy)


def of_invalid(errors: list[Any]) -> Problem:
    """The problem of a request whose fields are wrong; what was sent is not repeated."""
    found = [Invalid(field=".".join(str(p) for p in e["loc"]), message=str(e["msg"])) for e in errors]
    return Problem(
        type="urn:lsip:problem:invalid",
        title="The request is not valid",
        status=422,
        detail="; ".join(f"{e.field}: {e.message}" for e in found[:5]) + ".",
        remedy="Correct the fields named and send it again; /openapi.json describes them.",
        errors=found,
    )


def busy() -> Problem:
    """Too many questions wait."""
    return of_error(BusyError(message("busy"), f"Try again in {RETRY_AFTER} seconds."))


def failed(answer_id: str | None = None) -> Problem:
    """Something of ours went wrong; the log has it."""
    return Problem(
        type="urn:lsip:problem:failed",
        title="Something went wrong",
        status=500,
        detail="The request could not be completed because of a fault on our side.",
        remedy="Try again; if it happens again, tell the operator, who finds the cause in the log.",
        answer_id=answer_id,
    )
