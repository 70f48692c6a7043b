"""Sealed text: what must be kept for a while and must not be readable in the database's files or its backups."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import cached_property
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vectorstore.errors import KnowledgeError


class Seal:
    """Seals and opens JSON for one purpose. What was sealed for another purpose or with another secret stays shut."""

    def __init__(self, secret: Callable[[], str], purpose: str) -> None:
        self._secret = secret
        self._purpose = purpose

    @cached_property
    def _fernet(self) -> Fernet:
        key = HKDF(SHA256(), length=32, salt=None, info=f"lsip slack {self._purpose}".encode())
        return Fernet(base64.urlsafe_b64encode(key.derive(self._secret().encode())))

    def close(self, value: dict[str, Any]) -> str:
        return self._fernet.encrypt(json.dumps(value).encode()).decode("ascii")

    def open(self, sealed: str) -> dict[str, Any]:
        """Raises KnowledgeError if it was sealed with another secret, or is damaged."""
        try:
            return dict(json.loads(self._fernet.decrypt(sealed.encode())))
        except (InvalidToken, ValueError) as error:
            raise KnowledgeError(
                "What was kept of Slack cannot be opened: the secret has changed.",
                "Set LSIP_SECRET_KEY to what it was, or install the Slack app again.",
            ) from error
