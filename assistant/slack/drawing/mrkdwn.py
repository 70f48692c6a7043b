"""Escaping for the two languages that Slack parses: mrkdwn (`text`), and Markdown (markdown blocks, streams).

In both, `<` opens what pings people and hides where a link leads; written as `&lt;` Slack shows it and parses it no
more. mrkdwn has no way to escape its own marks (https://docs.slack.dev/messaging/formatting-message-text), so words
of others go into it only as fallback text; else they stand in rich text or plain text, which parse nothing.
Markdown takes a backslash (https://docs.slack.dev/reference/block-kit/blocks/markdown-block).
"""

from __future__ import annotations

import re

from assistant.presenting.addresses import parted
from vectorstore.unseen import seen

_MARKS = re.compile(r"[\\`*_\[\]~]")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_BEGINS = re.compile(r"^([-+#=|])|^(\d{1,9})([.)])(?=\s|$)")  # what makes a list, heading, rule or table of a line
_ENCODED = {"(": "%28", ")": "%29", "|": "%7C", "<": "%3C", ">": "%3E", "[": "%5B", "]": "%5D"}
_TOKEN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
SHOWN_ADDRESS = 60
NAME = 120


def bare(text: str) -> str:
    """`text` on one line, without characters that no reader sees."""
    return " ".join(seen(text).split())


def cut(text: str, most: int) -> str:
    """`text` of at most `most` characters, ended at a word and with an ellipsis if it was longer."""
    if len(text) <= most:
        return text
    kept = text[: max(most - 1, 0)]
    words = kept.rpartition(" ")[0]
    return (words if len(words) > most // 3 else kept).rstrip(" ,;:") + "…"


def short(name: str) -> str:
    """A name of a body, place or text, on one line and no longer than a name should be."""
    return cut(bare(name), NAME)


def mrkdwn(text: str) -> str:
    """`text` as words in mrkdwn: nothing in it mentions anyone or becomes a link by brackets. Keeps line breaks."""
    return seen(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markdown(text: str) -> str:
    """`text` as words on one line of Slack's Markdown; only its plain web addresses become links."""
    pieces = (_link(piece) if is_address else _words(piece) for piece, is_address in parted(bare(text)))
    return _BEGINS.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", "".join(pieces))


def heard(text: str) -> str:
    """What a person wrote, out of what Slack delivers: links by their words, no mentions, entities as signs."""
    words = _TOKEN.sub(lambda m: m[2] or ("" if m[1][0] in "@#!" else m[1]), text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def destination(url: str) -> str:
    """`url` so that neither language takes a character of it for the end of the link."""
    return "".join(_ENCODED.get(c, c) for c in url)


def shown_address(url: str) -> str:
    """An address as the words of its link: without its scheme, and short enough for a telephone."""
    return cut(re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/"), SHOWN_ADDRESS)


def _words(text: str) -> str:
    escaped = _MARKS.sub(lambda m: "\\" + m[0], _ENTITY.sub("&amp;", text))
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def _link(url: str) -> str:
    return f"[{_words(shown_address(url))}]({destination(url)})"
