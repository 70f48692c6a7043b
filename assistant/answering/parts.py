"""The question inside the words: background apart from what is asked, and several questions apart from each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.text import content_stems, sentence_spans

_ASKS = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|am|was|were|do|does|did|can|could|must|should|shall"
    r"|has|have|had|will|would|may|tell me|explain|list|give me)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:,|;|:)?\s+(?:and|plus|also|&)\s+(?:also\s+)?(?=(?:about |roughly )?"
    r"(?:what|which|who|whom|when|by when|until when|where|why|how|is it|are they|does it|do they|did it|will they"
    r"|can they)\b)"
    r"|\?\s+(?=\w)",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:in (?:plain|simple) (?:english|terms|words)|in a nutshell|in short|in brief|briefly|simply put|please"
    r"|(?:can|could|would) you (?:please )?(?:tell|explain|say|show)(?: (?:to )?(?:me|us))?"
    r"|i(?:'d| would) like to know|do you (?:happen to )?know|tell me|just wondering)\b[, ]*",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"^\W*(?:since|as|seeing (?:as|that)|given(?: that)?|now(?: that)?|because|considering)\b.{8,140}?,\s*"
    r"(?:so |then )?"
    r"(?=(?:what|which|who|when|where|why|how|is|are|do|does|did|can|could|should|must|will|has|have)\b)",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r"^\W*(?:(?:i|we)\b(?:'m|'re|’m|’re)?|our\b|(?:[\w&'’-]+\s+){1,6}here\b|(?:[\w'’-]+\s+){1,5}(?:firm|employer|company|business)\b)"
    r"[^,?!.;:–]{0,80}(?:[,.;:]| [-–])\s+(?:so )?"
    r"(?=(?:what|which|who|whom|whose|when|where|why|how|is|are|do|does|did|can|could|should|must|will|has|have)\b)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?:by|until) when\b|when\b", re.IGNORECASE)
MAX_PARTS = 3


def focus(text: str) -> str:
    """What is asked, without sentences that only tell the background; all of `text` if no sentence asks."""
    sentences = [text[a:b] for a, b in sentence_spans(text)]
    if len(sentences) < 2:
        return text
    asking = [s for s in sentences if s.rstrip().endswith("?")]
    if not asking:
        asking = [s for s in sentences if _ASKS.match(s.strip())]
    return " ".join(asking) if asking and content_stems(" ".join(asking)) else text


def parts(text: str) -> list[str]:
    """The separate questions in `text`, at most three; one for most."""
    pieces = [p.strip(" ,;") for p in _JOINED.split(text) if p and p.strip(" ,;?")]
    pieces = [p for p in pieces if content_stems(p) or _SHORT.match(p)]
    if len(pieces) < 2 or any(len(p.split()) < 3 and not _SHORT.match(p) for p in pieces):
        return [text]
    return pieces[:MAX_PARTS]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: as the person put it, and with the words it needs to stand alone."""

    own: str
    standalone: str


def asked(text: str) -> list[Asked]:
    """Each separate question of `text`. One that points back takes along what it points to."""
    text = _MANNER.sub("", text).strip() or text
    text = _without_preface(text)
    found = parts(focus(text))
    if len(found) == 1:
        own = _BECAUSE.sub("", found[0])
        standalone = text if _points_back(own) else found[0]
        return [Asked(own if len(content_stems(own)) > 1 else standalone, standalone)]
    first, *others = found
    return [Asked(first, first), *(Asked(p, f"{first}: {p}" if _points_back(p) else p) for p in others)]


def _without_preface(text: str) -> str:
    """`text` without words that only say who asks ("Leeds builder here, ..."), if enough of a question is left."""
    rest = _PREFACE.sub("", text)
    return rest if len(content_stems(rest)) > 1 and not _points_back(rest) else text


def _points_back(text: str) -> bool:
    return len(content_stems(text)) < 3 or bool(
        re.search(r"\b(?:it|its|they|them|their|that|this|those|these)\b", text, re.IGNORECASE)
    )
