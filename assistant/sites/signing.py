"""Signed text: small values that a browser keeps for the service and cannot change."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

LONGEST_TOKEN = 1000  # characters that are looked at


class Signer:
    """Signs values for one purpose; what was signed for another is not read."""

    def __init__(self, secret: str, purpose: str) -> None:
        options = {"digest_method": sha256, "key_derivation": "hmac"}
        self._serializer = URLSafeSerializer(secret, salt=purpose, signer_kwargs=options)

    def sign(self, value: Any) -> str:
        """`value`, which JSON can hold, as text for a header or a cookie."""
        return str(self._serializer.dumps(value))

    def read(self, text: str) -> Any:
        """The value that was signed; None if the text is not ours."""
        if len(text) > LONGEST_TOKEN:
            return None
        try:
            return self._serializer.loads(text)
        except (BadData, ValueError):
            return None
