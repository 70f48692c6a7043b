"""The error tree. Every error says what happened and what to do next; front doors print those two lines only."""

from __future__ import annotations


class LsipError(Exception):
    """Root of all errors meant for a person.

    `message` says what happened, `remedy` what to do next. Neither holds a secret, a path of another
    user's machine or the text of an underlying exception.
    """

    code = "error"

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


class UsageError(LsipError):
    """The caller asked for something that cannot be: a bad date, area, collection or setting (exit code 2)."""

    code = "usage"


class UnknownCollectionError(UsageError):
    """A collection that was never ingested."""

    code = "unknown_collection"


class SettingsError(UsageError):
    """A setting is missing, malformed or out of bounds."""

    code = "settings"


class NotFoundError(LsipError):
    """A document, version, passage or answer that is not held."""

    code = "not_found"


class ForbiddenError(LsipError):
    """Something of another person, which is not given to this caller."""

    code = "forbidden"


class ConflictError(LsipError):
    """What is asked for cannot be done while something else is going on."""

    code = "in_progress"


class PendingError(ConflictError):
    """A conversation whose last question is still being answered."""

    code = "pending"


class KeyReusedError(UsageError):
    """An idempotency key that was used before, with another request."""

    code = "idempotency_key"


class BadFileError(LsipError):
    """A file that cannot be read; the run goes on without it."""

    code = "bad_file"


class KnowledgeError(LsipError):
    """The stored knowledge cannot be used as it is."""

    code = "knowledge"


class IndexMismatchError(KnowledgeError):
    """Vectors on disk were made by another model or dimension than the one configured."""

    code = "index_mismatch"


class BusyError(LsipError):
    """Another run holds the knowledge, or too many questions wait."""

    code = "busy"


class ModelError(LsipError):
    """An embedding or chat model cannot be loaded or does not answer."""

    code = "model"


class UnknownCallerError(LsipError):
    """A key or session that is not known, has run out, or is missing where one is needed."""

    code = "unknown_caller"


class NotAdmittedError(LsipError):
    """A caller that is known, or cannot be, and may not do this."""

    code = "not_admitted"


class LimitedError(LsipError):
    """Asked too often; `seconds` says when to come back."""

    code = "limited"

    def __init__(self, message: str, remedy: str, seconds: int) -> None:
        super().__init__(message, remedy)
        self.seconds = seconds


class ClosedError(LsipError):
    """An operator has switched this way in off."""

    code = "closed"
