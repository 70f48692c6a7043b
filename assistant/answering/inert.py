"""Words without links, images, tags or hidden characters: what a door may show wherever it shows it."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.model import Citation, Related
from prompts import message
from vectorstore.addresses import host_of
from vectorstore.profile import CollectionProfile
from vectorstore.unseen import seen

_NAMES = (
    "a|abbr|applet|area|audio|b|base|body|br|button|center|code|details|div|em|embed|font|form|frame|h[1-6]|head|hr"
    "|html|i|iframe|img|input|ins|label|li|link|marquee|math|meta|noscript|object|ol|option|p|pre|script|select|small"
    "|span|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|th|title|tr|u|ul|video"
)
_CODE = re.compile(r"<(script|style|iframe|object|svg|template)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rf"<[/!]?\s*(?:{_NAMES})\b[^<>]*(?:>|$)|<!--.*?(?:-->|$)|<!\[CDATA\[", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?:[^()]|\([^()]*\))*\)")
_BY_NAME = re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]|!\[([^\[\]]*)\](?!\()|\[([^\[\]]+)\]:(?=\s*\S+[:/])")
_PIPED = re.compile(r"<(?:https?|mailto):[^\s|<>]*\|([^<>]*)>|<(?:[!@#])(\w+)(?:\|[^<>]*)?>|<(https?://[^\s<>]*)>")
_ADDRESS = re.compile(
    r"(?<![\w/])(?:(?:https?|ftp|file|wss?|blob|vbscript|hxxps?)\s?:\s?//\S*|javascript\s?:\s?\S*"
    r"|data\s?:\s?[a-z]+/[a-z+.-]+[;,]\S*|//[\w-]+(?:\.[\w-]+)+\S*|www\.[\w-]+\.\S+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[.,;:!?'\"”’)\]]+$")
_CUES = ("<", "[", "](", ":", "//", "www.")


def inert(text: str, profile: CollectionProfile, instead: str | None = None) -> str:
    """`text` as bare words: link and image marks reduced to their words, tags dropped, hidden characters gone.

    Addresses stay only where the collection's list allows their host (any web address where it has no list); else
    `instead` stands for them, by default the words that say an address was left out.
    """
    text = seen(text)
    if not any(cue in text.lower() for cue in _CUES):
        return text
    return _inert(text, profile.link_hosts, message("address_left_out") if instead is None else instead)


@lru_cache(maxsize=4_096)
def _inert(text: str, hosts: tuple[str, ...], instead: str) -> str:
    before = text
    for _ in range(3):  # marks inside marks; what is still left then is dropped sign by sign
        text = _TAG.sub(" ", _CODE.sub(" ", text))
        text = _PIPED.sub(lambda m: m[1] or m[2] or m[3] or "", text)
        text = _BY_NAME.sub(lambda m: m[1] or m[2] or m[3] or "", _LINK.sub(r"\1", text))
    text = re.sub(r"\]\(|!\[", " ", text)
    text = _ADDRESS.sub(lambda m: _kept(m[0], hosts, instead), text)
    if text == before:
        return text
    return re.sub(r" +([.,;:?!])", r"\1", re.sub(r"[ \t]+", " ", text)).strip()


def _kept(found: str, hosts: tuple[str, ...], instead: str) -> str:
    end = _TRAILING.search(found)
    tail = end[0] if end else ""
    if ")" in tail and found.count("(") >= found.count(")"):  # the bracket belongs to the address
        tail = tail[tail.rindex(")") + 1 :]
    address = found[: len(found) - len(tail)]
    host = host_of(address if not address.lower().startswith("www.") else f"https://{address}")
    if host is None or (hosts and host not in hosts):
        return f"{instead}{tail}"
    return found


def inert_citation(citation: Citation, profile: CollectionProfile) -> Citation:
    """`citation` with its names as bare words, and its address only where an answer may link to it.

    The quotation stays as it is stored, character for character: doors show it as text and never as markup.
    """
    return citation.model_copy(
        update={
            "title": inert(citation.title, profile, ""),
            "publisher": inert(citation.publisher, profile, ""),
            "section": inert(citation.section, profile, "") if citation.section else citation.section,
            "url": allowed(citation.url, profile),
        }
    )


def inert_related(related: Related, profile: CollectionProfile) -> Related:
    """`related` in the same way."""
    return Related(
        title=inert(related.title, profile, ""),
        url=allowed(related.url, profile),
        section=inert(related.section, profile, "") if related.section else related.section,
    )


def allowed(url: str | None, profile: CollectionProfile) -> str | None:
    """`url` if an answer may link to it."""
    host = host_of(url)
    return url if host is not None and (not profile.link_hosts or host in profile.link_hosts) else None
