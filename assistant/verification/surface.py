"""The look of a sentence: plain words only, no link, markup, data, mark, page or word of the prompt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assistant.verification.grounds import Rules

LONGEST, SHORTEST = 400, 12
SHINGLE = 7  # words in a row that give a prompt away

_SITES = "com|org|net|uk|io|eu|co|gov|ai|info|example|test"
_FORBIDDEN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("link", rf"\b\w+://|\bwww\.|\b(?:javascript|data|mailto):|\b[\w-]+(?:\.[\w-]+)*\.(?:{_SITES})\b"),
        ("link", r"[^\W\d_]{2,}\.[^\W\d_]{2,}|\b\d{1,3}(?:\.\d{1,3}){3}\b"),
        ("address", r"\S@\S"),
        ("markup", r"[<>`*_#|~{}\\]|\]\s*\(|!\[|&[a-z#0-9]+;"),
        ("mark", r"[\[\]]"),
        ("page", r"\bpages?\s+(?:\d|[ivx]+\b)|\bpp?\.\s?\d"),
        ("id", r"\b(?=[0-9a-f]*\d)[0-9a-f]{10,}\b|\b(?:footnote|passage|token)s?\b"),
        ("the model itself", r"\b(?:I|I'm|me|my|myself)\b|\bas an? (?:ai|assistant|language model)\b"),
        (
            "the prompt",
            r"\b(?:system|developer) (?:prompt|message)\b|\b(?:these|my|previous) (?:instructions|rules)\b",
        ),
        ("question", r"\?"),
        ("data", r"[\"']\s*:|="),
        ("signs", r"([^\w\s])\1{3}"),
    )
)
_STOPS = str.maketrans("\u3002\uff61\u06d4\u2024\ufe52", ".....")  # full stops that a browser may take for a dot


def faults(sentence: str, rules: Rules) -> Iterator[str]:
    """What in the look of `sentence` may not be."""
    if not SHORTEST <= len(sentence) <= LONGEST:
        yield "length"
    if "\n" in sentence or any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"} for c in sentence):
        yield "unseen characters"
    plain = unicodedata.normalize("NFKC", sentence).translate(_STOPS)
    yield from dict.fromkeys(name for name, pattern in _FORBIDDEN if pattern.search(plain))
    if any(_repeats(sentence, secret) for secret in rules.secrets):
        yield "words of the prompt"


def _repeats(sentence: str, secret: str) -> bool:
    """Whether `sentence` has the token, or several words in a row of the text, that `secret` is."""
    mine, theirs = _words(sentence), _words(secret)
    if len(theirs) == 1:
        return theirs[0] in mine
    joined = f" {' '.join(theirs)} "
    return any(f" {' '.join(mine[n : n + SHINGLE])} " in joined for n in range(len(mine) - SHINGLE + 1))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
