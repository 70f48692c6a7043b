"""What the assistant needs of a chat model: messages in, text with its token usage out, piece by piece."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Protocol

from vectorstore.errors import ModelError


class Reason(StrEnum):
    """Why a configured model did not write an answer. Stored with the answer; never shown as prose."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    REJECTED = "rejected"  # the server refused the request: key, model name, size
    AT_CAPACITY = "at_capacity"
    DAILY_LIMIT = "daily_limit"
    EMPTY = "empty"
    GARBLED = "garbled"
    TOO_LONG = "too_long"
    DECLINED = "declined"  # the model says that it cannot answer
    UNVERIFIED = "unverified"  # too few of its statements passed the verifier
    BROKEN = "broken"  # anything else


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a request."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that one call took, by the provider's count."""

    read: int = 0
    written: int = 0

    @property
    def total(self) -> int:
        return self.read + self.written


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the reply, or the usage that ends it, or both. An empty one only says that the call goes on."""

    text: str = ""
    usage: Usage | None = None


class ModelFailure(ModelError):  # noqa: N818 - a failure that is expected and answered by extraction
    """A call that gave no reply. `reason` is kept with the answer; the text of the cause is not."""

    def __init__(self, reason: Reason) -> None:
        super().__init__("The chat model gave no reply.", "The answer by extraction stands.")
        self.reason = reason


class ChatModel(Protocol):
    """A chat model. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """The model's name as readers see it in `composer`."""
        ...

    def stream(
        self, messages: Sequence[ChatMessage], schema: Mapping[str, Any] | None = None, *, spent: float = 0.0
    ) -> Generator[Piece, None, None]:
        """The reply, piece by piece. Closing the iterator ends the call.

        `schema` is a JSON Schema that the reply should follow where the provider can be held to one; nobody may
        rely on it. `spent` are seconds of the deadline that earlier calls for the same answer took.
        Raises ModelFailure.
        """
        ...


def whole(pieces: Iterator[Piece], longest: int) -> str:
    """The text of a reply as one. Raises ModelFailure past `longest` characters, and what the iterator raises."""
    text = ""
    for piece in pieces:
        text += piece.text
        if len(text) > longest:
            raise ModelFailure(Reason.TOO_LONG)
    return text
