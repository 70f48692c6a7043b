"""One spelling of a place's name, so that "Bishop's Stortford" and "bishops stortford" meet."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile(r"['’‘`´]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def key(name: str) -> str:
    """`name` in small letters, without accents, apostrophes or hyphens; "&" is "and", "Saint" is "st".

    A leading "the" is dropped, so that "the Wirral" is "wirral".
    """
    bare = _APOSTROPHES.sub("", name)
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    words = _NO_WORD.sub(" ", bare.lower().replace("&", " and ")).split()
    words = ["st" if w == "saint" else w for w in words]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
