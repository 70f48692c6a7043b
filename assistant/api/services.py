"""What the HTTP service needs of the rest, as protocols: the composition root satisfies `Services` as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from assistant.answering.model import Answer, Message, Question
from vectorstore.model import Passage, Version
from vectorstore.profile import CollectionProfile


class Asker(Protocol):
    """Answers questions; blocking, and safe to call from several threads."""

    def ask(self, question: Question) -> Answer: ...


class Library(Protocol):
    """Reads what is held. Raises UnknownCollectionError, NotFoundError, KnowledgeError."""

    def manifest(self, collection: str) -> dict[str, Any]: ...
    def profile(self, collection: str) -> CollectionProfile: ...
    def versions(self, collection: str, *, document_id: str | None = None) -> list[Version]: ...
    def version(self, version_id: str) -> Version: ...
    def text(self, version_id: str) -> str: ...
    def passages_of(self, version_id: str) -> list[Passage]: ...
    def passage(self, passage_id: str) -> tuple[Passage, Version]: ...
    def check(self) -> None: ...


class Answers(Protocol):
    """Gives stored answers, their receipts and the turns of a conversation."""

    def answer(self, answer_id: str) -> dict[str, Any]: ...
    def receipt(self, answer_id: str) -> dict[str, Any]: ...
    def history(self, conversation_id: str) -> tuple[Message, ...]: ...


class ServiceSettings(Protocol):
    """The settings the service reads."""

    @property
    def collection(self) -> str: ...
    @property
    def workers(self) -> int: ...
    @property
    def queue(self) -> int: ...
    def current_date(self) -> date: ...


class Services(Protocol):
    """All of it in one object. Its parts may be built when first read; none is read before a request needs it."""

    @property
    def assistant(self) -> Asker: ...
    @property
    def catalogue(self) -> Library: ...
    @property
    def store(self) -> Answers: ...
    @property
    def settings(self) -> ServiceSettings: ...


def held_versions(library: Library, collection: str, document_id: str | None = None) -> Sequence[Version]:
    """Live versions of a collection. Raises UnknownCollectionError where `Library.versions` would give nothing."""
    library.manifest(collection)
    return library.versions(collection, document_id=document_id)
