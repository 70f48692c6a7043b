"""What becomes of an error: a problem document for programs, a page in the same look for readers."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant.api import problems
from assistant.api.gate import headers_of
from assistant.api.observing import REQUEST_ID
from assistant.api.problems import Problem
from assistant.api.security import HEADERS, BodyTooLargeError
from assistant.api.templating import Templates
from assistant.logs import request_id
from vectorstore.errors import LsipError

_FOR_PROGRAMS = ("/v1/", "/healthz", "/readyz", "/metrics", "/openapi.json")
_REMEDIES = {
    400: "Go back and try again.",
    401: "Sign in first.",
    404: "Ask a question, or look through the documents.",
    405: "Go back and follow one of the links.",
}


def responder(templates: Templates) -> Callable[[Request, Problem], Response]:
    """What makes the response of a problem: a document, or a page for who reads pages."""

    def answer(request: Request, problem: Problem) -> Response:
        path = request.url.path
        if (path + "/").startswith(_FOR_PROGRAMS) or "text/html" not in request.headers.get("accept", ""):
            return problem.response()
        remedy = _REMEDIES.get(problem.status, problem.remedy) if problem.type == "about:blank" else problem.remedy
        again = f"{path}?{request.url.query}" if request.url.query else path
        return templates.page(
            "error.html",
            status=problem.status,
            headers=problem.headers(),
            problem=problem,
            remedy=remedy,
            again=again if problem.status >= 500 and not path.startswith("//") else None,
        )

    return answer


def install_error_handlers(app: FastAPI, answer: Callable[[Request, Problem], Response]) -> None:
    """Every error leaves through one of these."""

    @app.exception_handler(LsipError)
    async def ours(request: Request, error: LsipError) -> Response:
        return answer(request, problems.of_error(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(request, problems.of_invalid(list(error.errors())))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        # an exception of ours inside body parsing arrives wrapped
        wrapped = isinstance(error.__cause__, BodyTooLargeError)
        response = answer(request, problems.of_status(413 if wrapped else error.status_code))
        if error.headers and "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response

    @app.exception_handler(Exception)
    async def other(request: Request, _error: Exception) -> Response:
        response = answer(request, problems.failed())
        response.headers.update({**HEADERS, **headers_of(request)})  # this handler runs outside the middleware
        response.headers[REQUEST_ID] = request_id.get()
        return response
