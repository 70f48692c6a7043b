"""Which parts of a passage are orders to a language model or code: they are never chosen as an answer."""

from __future__ import annotations

import re
from functools import lru_cache

from vectorstore.orders import addresses_model

_BLOCK = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
_CODE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|meta|base)\b|\bon(?:error|load|click|mouseover|focus)\s*=\s*[\"'\w]"
    r"|\b(?:java|vb)script\s*:|\bdata\s*:\s*text/html",
    re.IGNORECASE,
)


_DATA = re.compile(r"[{\[]\s*\"[\w -]+\"\s*:")


def is_data(sentence: str) -> bool:
    """Whether a sentence holds data as programs exchange it, which may pass for a finding of an engine's."""
    return _DATA.search(sentence) is not None


def hostile(text: str, at: int = 0) -> bool:
    """Whether the paragraph or list at `at` in a passage's `text` gives orders to a model or holds code.

    The whole paragraph counts: what follows "ignore your instructions" is what the model is to say instead.
    """
    return any(start <= at < end for start, end in _stretches(text))


@lru_cache(maxsize=4_096)
def _stretches(text: str) -> tuple[tuple[int, int], ...]:
    """The paragraphs of `text` that are hostile."""
    blocks = [m.span() for m in _BLOCK.finditer(text)]
    return tuple((a, b) for a, b in blocks if addresses_model(text[a:b]) or _CODE.search(text[a:b]))
