"""Characters that no reader sees: they hide orders from people, and part the words that a search looks for."""

from __future__ import annotations

import re

# Control characters but line breaks and tabs; format characters (zero width, direction, tags); noncharacters and
# half characters; fillers and variation selectors. Private use stays: fonts of PDF files draw bullets with it.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BREAK = re.compile("\r\n?")
_SPACE = re.compile("[\x0b\x0c\x1c-\x1f\x85]")


def seen(text: str) -> str:
    """`text` as a reader sees it: its characters as written, without those that show nothing."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _SPACE.sub(" ", _BREAK.sub("\n", text)))


def hides_text(text: str) -> bool:
    """Whether `text` holds tag or direction characters, which ordinary writing in Latin script never needs."""
    return bool(_HIDING.search(text))


_HIDING = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e01ef]")
