"""The LangChain adapter: any model that `init_chat_model` knows, or any OpenAI-compatible server."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from threading import Lock
from time import monotonic
from typing import Any

from assistant.llm.loop import shared_loop
from assistant.llm.protocol import ChatMessage, ChatModel, ModelFailure, Piece, Reason, Usage
from vectorstore.errors import ModelError

log = logging.getLogger(__name__)

EXTRA = "model"
PACKAGES = {  # provider -> the package of its LangChain integration; `model` holds that of openai
    "openai": "langchain_openai",
    "azure_openai": "langchain_openai",
    "anthropic": "langchain_anthropic",
    "google_genai": "langchain_google_genai",
    "mistralai": "langchain_mistralai",
    "ollama": "langchain_ollama",
}
_NOT_THE_SCHEMA = 400, 404, 415, 422, 501  # statuses by which servers refuse a response format


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How a model is called. `url` empty: the provider's own address. `seconds` bound one call and its retries."""

    model: str
    url: str = ""
    key: str = field(default="", repr=False)
    seconds: float = 30.0
    retries: int = 1
    max_tokens: int = 1200


def provider_of(options: ModelOptions) -> tuple[str, str]:
    """Provider (empty: for LangChain to infer) and model name. With a URL, a name alone is OpenAI's API."""
    provider, colon, name = options.model.partition(":")
    if colon and provider in PACKAGES:
        return provider, name
    return ("openai", options.model) if options.url else ("", options.model)


def check_installed(options: ModelOptions) -> None:
    """Raises ModelError, with the command that mends it, if the packages for the model are missing."""
    provider, _ = provider_of(options)
    wanted = ["langchain", *([PACKAGES[provider]] if provider else [])]
    missing = [package for package in wanted if find_spec(package) is None]
    if missing:
        extra = provider if provider in {"anthropic", "google_genai", "mistralai", "ollama"} else EXTRA
        raise ModelError(
            f"LSIP_MODEL names a chat model, but the package {missing[0]} is not installed.",
            f"Install it with: pip install 'lsip-assistant[{extra.replace('_', '-')}]', or unset LSIP_MODEL.",
        )


class LangChainModel(ChatModel):
    """One model of one provider. LangChain is imported and the client made with the first call."""

    def __init__(self, options: ModelOptions) -> None:
        self._options = options
        self._loop = shared_loop()
        self._lock = Lock()
        self._client: Any = None
        self._takes_schema = provider_of(options)[0] == "openai"

    @property
    def name(self) -> str:
        return self._options.model

    def stream(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, Any] | None = None, *, spent: float = 0.0
    ) -> Generator[Piece, None, None]:
        """See ChatModel. A server that refuses the response format is asked without one, now and from then on."""
        started = monotonic() - spent
        client = self.connected()
        with_schema = schema if self._takes_schema else None
        try:
            left = self._options.seconds - (monotonic() - started)
            for piece in self._loop.iterate(_pieces(client, messages, with_schema), left):
                yield piece or Piece()
        except TimeoutError:
            raise ModelFailure(Reason.TIMEOUT) from None
        except Exception as error:
            if with_schema is not None and getattr(error, "status_code", None) in _NOT_THE_SCHEMA:
                self._takes_schema = False
                yield from self.stream(messages, spent=monotonic() - started)
                return
            reason = _reason(error)
            log.warning("the chat model failed: %s (%s)", reason, type(error).__name__)
            raise ModelFailure(reason) from None

    def connected(self) -> Any:
        """The client of the provider, made once. Raises ModelError if a package is missing or LSIP_MODEL is wrong."""
        with self._lock:
            if self._client is None:
                check_installed(self._options)
                self._client = _make(self._options)
            return self._client


def _make(options: ModelOptions) -> Any:
    from langchain.chat_models import init_chat_model

    provider, name = provider_of(options)
    arguments: dict[str, Any] = {
        "timeout": options.seconds,
        "max_retries": options.retries,
        "max_tokens": options.max_tokens,
        "temperature": 0,
    }
    if options.url:
        arguments["base_url"] = options.url
    if options.key or options.url:
        arguments["api_key"] = options.key or "none"  # a server on the same machine asks for no key, its client does
    if provider in {"openai", "azure_openai"}:
        arguments |= {"stream_usage": True, "use_responses_api": False}
    try:
        return init_chat_model(name, model_provider=provider or None, **arguments)
    except ImportError:
        raise ModelError(
            f"The packages for the model {options.model!r} are not installed.",
            "docs/model.md names the extra for each provider.",
        ) from None
    except ValueError:
        raise ModelError(
            f"LSIP_MODEL {options.model!r} is not understood.",
            "Write provider:model, such as openai:gpt-4o-mini, or set LSIP_MODEL_URL for a server of your own.",
        ) from None


async def _pieces(
    client: Any, messages: Sequence[ChatMessage], schema: Mapping[str, Any] | None
) -> AsyncIterator[Piece]:
    """The stream of LangChain as pieces.

    The response format goes as the wire has it. `with_structured_output` gives a finished object or an exception:
    neither streams, nor leaves a broken reply to our own reader.
    """
    from langsmith.run_helpers import tracing_context

    options: dict[str, Any] = {}
    if schema is not None:
        wanted = {"type": "json_schema", "json_schema": {"name": "reply", "schema": dict(schema)}}
        options["extra_body"] = {"response_format": wanted}
    turns = [(m.role, m.text) for m in messages]
    with tracing_context(enabled=False):  # what readers ask goes to the model only, whatever the environment traces
        async for chunk in client.astream(turns, **options):
            used = chunk.usage_metadata
            yield Piece(chunk.text, Usage(used["input_tokens"], used["output_tokens"]) if used else None)


def _reason(error: Exception) -> Reason:
    """What went wrong, from the status that providers' errors carry, or from their names."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        if status == 429:
            return Reason.RATE_LIMITED
        return Reason.SERVER_ERROR if status >= 500 else Reason.REJECTED
    for named, reason in _BY_NAME:
        if any(named in kind.__name__ for kind in type(error).__mro__):
            return reason
    return Reason.BROKEN


_BY_NAME: tuple[tuple[str, Reason], ...] = (
    ("Timeout", Reason.TIMEOUT),
    ("Connection", Reason.UNREACHABLE),
    ("Transport", Reason.UNREACHABLE),
    ("JSONDecode", Reason.GARBLED),
    ("ValueError", Reason.GARBLED),  # "no generation chunks": what came was no reply
)
