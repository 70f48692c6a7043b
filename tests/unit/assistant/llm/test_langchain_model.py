"""The LangChain adapter on the wire, against a server that behaves and misbehaves."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from assistant.answering.model import Question
from assistant.answering.proposals import REPLY_SCHEMA
from assistant.llm.langchain_model import LangChainModel, ModelOptions, check_installed, provider_of
from assistant.llm.loop import LoopThread
from assistant.llm.protocol import ChatMessage, ModelFailure, Reason, Usage
from tests.fakes import model_world as w
from tests.fakes.model_server import KEY, ModelServer, serving
from tests.fakes.scripted_model import BEHAVIOURS, Asked, Behaviour
from vectorstore.errors import ModelError

BROKEN = [b for b in BEHAVIOURS.values() if b.wire]
NOTHING = json.dumps({"passages": []})


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with serving() as made:
        yield made


def model(server: ModelServer, name: str, seconds: float = 20.0, retries: int = 0) -> LangChainModel:
    return LangChainModel(ModelOptions(name, server.url, KEY, seconds, retries))


def ask(chat: LangChainModel, text: str = NOTHING) -> tuple[str, Usage | None]:
    pieces = list(chat.stream([ChatMessage("system", "Be brief."), ChatMessage("user", text)], REPLY_SCHEMA))
    return "".join(p.text for p in pieces), next((p.usage for p in pieces if p.usage), None)


def test_text_and_usage_come_through(server: ModelServer) -> None:
    text, usage = ask(model(server, "refusal"))
    assert text == BEHAVIOURS["refusal"].script(Asked({}))
    assert usage == Usage(120, 34)
    sent = server.requests[-1]
    assert [m["role"] for m in sent["messages"]] == ["system", "user"]
    assert (sent["model"], sent["temperature"], sent["stream"]) == ("refusal", 0, True)
    assert sent["response_format"]["json_schema"]["schema"] == REPLY_SCHEMA
    assert server.keys[-1] == f"Bearer {KEY}"


def test_an_answer_is_written_over_the_wire(server: ModelServer) -> None:
    chat = model(server, "well")
    answer = w.assistant(chat).ask(Question(question=w.QUESTION))
    assert answer.composer == "well"
    assert answer.writing is not None and answer.writing.kept == 2


@pytest.mark.parametrize("behaviour", BROKEN, ids=lambda b: b.name)
def test_extraction_stands_when_the_wire_fails(
    server: ModelServer, behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slow = behaviour.fallback is Reason.TIMEOUT
    answer = w.assistant(model(server, behaviour.name, 1.0 if slow else 20.0)).ask(Question(question=w.QUESTION))
    assert answer.writing is not None
    assert (answer.composer, answer.writing.fallback) == ("extractive", behaviour.fallback)
    assert answer.plain == f"{w.CLOSED} {w.LEADS}"
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("assistant")]
    assert KEY not in " ".join([*ours, answer.model_dump_json(), repr(ModelOptions("m", key=KEY))])


def test_a_failed_call_is_tried_again_as_often_as_set(server: ModelServer) -> None:
    before = len(server.requests)
    with pytest.raises(ModelFailure):
        ask(model(server, "status-500", retries=1))
    assert len(server.requests) - before == 2


def test_a_server_without_a_response_format_is_asked_without_one(server: ModelServer) -> None:
    server.refuses_schema = True
    try:
        chat = model(server, "refusal")
        assert ask(chat)[0] == ask(chat)[0]
    finally:
        server.refuses_schema = False
    assert ["response_format" in r for r in server.requests[-3:]] == [True, False, False]


def test_leaving_ends_the_call(server: ModelServer) -> None:
    server.gone.clear()
    loop = LoopThread()
    stream = loop.iterate(_endless(server), 600.0)
    assert next(stream) == 0
    stream.close()
    assert server.gone.wait(20)


async def _endless(server: ModelServer) -> AsyncIterator[int]:
    try:
        yield 0
        await asyncio.sleep(600)
    finally:
        server.gone.set()


def test_time_that_was_spent_before_counts(server: ModelServer) -> None:
    chat = model(server, "slow-drip", 600.0)
    with pytest.raises(ModelFailure) as caught:
        list(chat.stream([ChatMessage("user", NOTHING)], spent=599.5))
    assert caught.value.reason is Reason.TIMEOUT


@pytest.mark.parametrize(
    ("named", "url", "read"),
    [
        ("openai:gpt-4o-mini", "", ("openai", "gpt-4o-mini")),
        ("gpt-4o-mini", "", ("", "gpt-4o-mini")),
        ("smollm2", "http://127.0.0.1:1/v1", ("openai", "smollm2")),
        ("llama3:8b", "http://127.0.0.1:1/v1", ("openai", "llama3:8b")),
        ("openai:smollm2", "http://127.0.0.1:1/v1", ("openai", "smollm2")),
        ("ollama:llama3:8b", "", ("ollama", "llama3:8b")),
    ],
)
def test_provider_and_name(named: str, url: str, read: tuple[str, str]) -> None:
    assert provider_of(ModelOptions(named, url)) == read


def test_a_missing_package_is_named_with_the_remedy() -> None:
    with pytest.raises(ModelError) as caught:
        check_installed(ModelOptions("mistralai:mistral-small"))
    assert "langchain_mistralai" in caught.value.message
    assert "pip install 'lsip-assistant[mistralai]'" in caught.value.remedy
    check_installed(ModelOptions("openai:gpt-4o-mini"))


def test_a_name_that_means_nothing_is_told(server: ModelServer) -> None:
    with pytest.raises(ModelError) as caught:
        list(LangChainModel(ModelOptions("nonsense")).stream([ChatMessage("user", "x")]))
    assert "LSIP_MODEL" in caught.value.message
