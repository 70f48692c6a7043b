"""The widget's world on loopback: the service's side with the built file and a scripted API, and pages that host it.

The first word of a question names the state it gets: `three`, `partly`, `busy`, `slow` and so on. The two sides
listen on ports of their own, so that the browser's rules on other origins hold.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.widget_file import widget_bytes, widget_path
from tests.fakes.widget_answers import answered, answers
from tests.fakes.widget_pages import page

CONTACT = {"text": "Skills team, Dorset Chamber", "url": "https://chamber.example/contact"}
SITE = {
    "id": "dorset",
    "name": "Dorset Chamber",
    "area": {"id": "A34", "name": "Dorset"},
    "contact": CONTACT,
    "theme": {},
    "suggestions": ["three Who leads the plan for Dorset?", "three Is the fund still open?"],
    "max_question": 500,
}
EVENTS = [
    {
        "id": "e-window",
        "title": "Window of LSIF stage 1",
        "start": "2023-05-24",
        "end": "2023-06-20",
        "state": "past",
        "when": "24 May to 20 June 2023",
    },
    {
        "id": "e-review",
        "title": "Review of the plans",
        "start": "2027-01-01",
        "end": "2027-03-31",
        "state": "upcoming",
        "when": "early 2027",
    },
]
YES_NO = [{"value": "yes", "label": "yes"}, {"value": "no", "label": "no"}]
KINDS = ("further education college", "sixth-form college", "university", "school", "training provider")
FACTS = [
    {
        "fact": "kind",
        "question": "What kind of body is it?",
        "help": "Choose the nearest.",
        "type": "choice",
        "unit": "",
        "values": [{"value": k.replace(" ", "_"), "label": k} for k in KINDS],
    },
    {
        "fact": "technical",
        "question": "Does it give technical training?",
        "help": "",
        "type": "yes_no",
        "unit": "",
        "values": YES_NO,
    },
    {"fact": "sum", "question": "What is the sum?", "help": "", "type": "number", "unit": "GBP", "values": []},
]
CHECK = {
    "id": "lsip-duties",
    "title": "LSIP duties of providers",
    "question": "Do the duties of section 1 reach a body?",
    "about": "The rules are those of the Skills and Post-16 Education Act 2022.",
    "facts": FACTS,
}
PROBLEMS = {"busy": 503, "limited": 429, "failed": 500, "pending": 409, "invalid": 422, "refused": 403}


@dataclass
class World:
    """What the tests steer and look at."""

    api: str = ""
    host: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    votes: list[dict[str, Any]] = field(default_factory=list)
    site: dict[str, Any] = field(default_factory=lambda: dict(SITE))
    reply: dict[str, Any] | None = None
    sessions: int = 201
    expired: bool = False
    foreign: bool = False
    go: threading.Event = field(default_factory=threading.Event)
    kept: list[dict[str, Any]] = field(default_factory=list)

    def reset(self) -> None:
        self.requests.clear()
        self.bodies.clear()
        self.votes.clear()
        self.kept.clear()
        self.site = dict(SITE)
        self.reply = None
        self.sessions = 201
        self.expired = False
        self.foreign = False
        self.go.clear()


def problem(status: int, detail: str = "Scripted.", **headers: str) -> JSONResponse:
    body = {"type": "about:blank", "title": "Scripted", "status": status, "detail": detail, "remedy": ""}
    return JSONResponse(body, status, headers=headers, media_type="application/problem+json")


def service(world: World) -> Starlette:
    """The service's side."""
    held = {name: answer.model_dump(mode="json") for name, answer in answers().items()}

    async def script(_request: Request) -> Response:
        headers = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-store"}
        return Response(widget_bytes(), media_type="text/javascript", headers=headers)

    async def session(request: Request) -> Response:
        if world.sessions != 201:
            return problem(world.sessions)
        body = {"token": "t-1", "expires_at": "2099-01-01T00:00:00Z", "site": world.site}
        return JSONResponse(body, 201)

    async def ask(request: Request) -> Response:
        body = await request.json()
        world.bodies.append(body)
        word = body["question"].split()[0] if body["question"].split() else ""
        if world.expired:
            world.expired = False
            return problem(401)
        if world.foreign and body.get("conversation_id"):
            return problem(403)
        if word in PROBLEMS:
            wait = {"Retry-After": "20"} if word in {"busy", "limited"} else {}
            return problem(PROBLEMS[word], "The question is too long by 3 characters.", **wait)
        reply = world.reply or held.get(word) or answered(1).model_dump(mode="json")
        world.kept.append({"question": body["question"], "answer": reply})
        if "text/event-stream" not in request.headers.get("accept", ""):
            return JSONResponse(reply)
        return StreamingResponse(stream(word, reply), media_type="text/event-stream")

    async def stream(word: str, reply: dict[str, Any]) -> AsyncIterator[str]:
        yield event("accepted", {"conversation_id": "c-1", "answer_id": "a-1"})
        yield ": keepalive\n\n"
        yield event("step", {"step": "retrieve"})
        for block in reply["blocks"]:
            for said in block.get("statements", []):
                yield event("sentence", said)
        if word == "broken":
            return
        if word == "slow":
            while not world.go.is_set():
                await asyncio.sleep(0.02)
        yield event("done", reply)

    async def answer(request: Request) -> Response:
        if world.go.is_set():
            return JSONResponse(held["three"])
        return JSONResponse({"answer_id": "a-1", "state": "pending"}, 202, headers={"Retry-After": "1"})

    async def vote(request: Request) -> Response:
        body = await request.json()
        if "@" in body["comment"]:
            return problem(422, "The comment seems to hold personal data. Please leave it out.")
        world.votes.append(body)
        return JSONResponse({"answer_id": "a-1", **body})

    async def conversation(request: Request) -> Response:
        if request.method == "DELETE":
            world.kept.clear()
            return Response(status_code=204)
        turns = [{"answer_id": "a-1", "created": "2026-11-25T10:00:00Z", **kept} for kept in world.kept]
        return JSONResponse({"conversation_id": "c-1", "created": "", "answers": turns, "next": None})

    async def areas(request: Request) -> Response:
        place = request.query_params["q"]
        found: dict[str, Any] = {"status": "unknown", "areas": [], "choices": [], "notes": []}
        if place == "BH1 1AA":
            found |= {"status": "found", "areas": [{"id": "A34", "name": "Dorset"}]}
        elif place == "Newport":
            choices = [{"label": "Newport in Wales", "area": None}, {"label": "Newport in Essex", "area": "A22"}]
            found |= {"status": "ambiguous", "choices": choices}
        return JSONResponse(found)

    async def timeline(_request: Request) -> Response:
        return JSONResponse({"events": EVENTS})

    async def checks(_request: Request) -> Response:
        return JSONResponse({"checks": [CHECK]})

    async def check(request: Request) -> Response:
        facts = (await request.json())["facts"]
        if facts.get("sum") == "much":
            return problem(422, "The sum is not a number.")
        return JSONResponse(report(facts))

    routes = [
        Route("/widget/{version}/lsip.js", script),
        Route("/v1/widget/sessions", session, methods=["POST"]),
        Route("/v1/questions", ask, methods=["POST"]),
        Route("/v1/answers/{id}", answer),
        Route("/v1/answers/{id}/feedback", vote, methods=["PUT"]),
        Route("/v1/conversations/{id}", conversation, methods=["GET", "DELETE"]),
        Route("/v1/areas", areas),
        Route("/v1/timeline", timeline),
        Route("/v1/checks", checks),
        Route("/v1/checks/{id}", check, methods=["POST"]),
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origin_regex=r"http://127\.0\.0\.1:\d+",
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Accept", "Idempotency-Key"],
        expose_headers=["Retry-After"],
    )
    return Starlette(routes=routes, middleware=[cors])


def report(facts: dict[str, str]) -> dict[str, Any]:
    """What a check says: yes for a college, else that more must be known."""
    sources = [c.model_dump(mode="json") for c in answered(3).citations]
    college = facts.get("kind") == "further_education_college"
    reason = {"text": "A further education college is a relevant provider.", "citation": 1}
    return {
        "title": CHECK["title"],
        "outcome": "eligible" if college else "not_enough_information",
        "said": "The duties reach the body." if college else "That cannot be said yet.",
        "as_of": "2026-11-25",
        "missing": [] if college else FACTS[1:2],
        "reasons": [reason] if college else [],
        "turns_on": [] if college else [{"text": "An English university is a relevant provider.", "citation": 3}],
        "closed": None,
        "next": "Ask Dorset Chamber (https://chamber.example/lsip).",
        "citations": sources,
    }


def event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def hosts(world: World) -> Starlette:
    """The side of the sites that carry the widget."""

    async def show(request: Request) -> Response:
        html, headers = page(request.path_params["name"], world.api, widget_path(), dict(request.query_params))
        return HTMLResponse(html, headers=headers)

    async def nothing(_request: Request) -> Response:
        return Response(status_code=204)

    return Starlette(routes=[Route("/favicon.ico", nothing), Route("/{name}", show)])


class Recorded:
    """Notes each request of one side."""

    def __init__(self, app: Starlette, world: World) -> None:
        self._app = app
        self._world = world

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] != "OPTIONS":
            self._world.requests.append((scope["method"], scope["path"]))
        await self._app(scope, receive, send)


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """The address of `app`, served in a thread of its own until the end."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the world could not be served")
        thread.join(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)


@contextmanager
def world() -> Iterator[World]:
    """Both sides, listening."""
    made = World()
    with listening(Recorded(service(made), made)) as api, listening(hosts(made)) as host:
        made.api, made.host = api, host
        yield made
