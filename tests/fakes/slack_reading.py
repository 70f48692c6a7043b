"""Reads what was drawn for Slack as Slack would: its words, its links, whom it would ping, its own markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from vectorstore.addresses import web_address

# the tokens of a body: paragraphs and lists of words, links and nothing else
_PLAIN = {
    "paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close", "list_item_open",
    "list_item_close", "text", "softbreak", "link_open", "link_close", "text_special",
}  # fmt: skip
_LANGUAGE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_TOKEN = re.compile(r"<[^<>]*>?")


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a payload, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


def pinged(payload: dict[str, Any]) -> list[str]:
    """Whatever of a payload Slack would parse as a mention, a broadcast or a hidden link."""
    found = _TOKEN.findall(str(payload.get("text", ""))) + _TOKEN.findall(str(payload.get("markdown_text", "")))
    for part in parts(payload.get("blocks", [])):
        if part.get("type") in ("mrkdwn", "markdown"):
            found += _TOKEN.findall(part["text"])
        if part.get("type") in ("user", "usergroup", "channel", "broadcast"):
            found.append(str(part))
    return found


def links(payload: dict[str, Any]) -> list[str]:
    """The addresses that a payload leads to, from rich text, buttons and Markdown."""
    found = [p["url"] for p in parts(payload) if "url" in p]
    for text in _markdown(payload):
        for token in _LANGUAGE.parse(text):
            found += [str(t.attrs["href"]) for t in token.children or () if t.type == "link_open"]
    return found


def wrong_links(payload: dict[str, Any]) -> list[str]:
    """Addresses that a reader must not be sent to."""
    return [u for u in links(payload) if web_address(u) is None and not u.startswith("mailto:")]


def markup(payload: dict[str, Any]) -> list[str]:
    """What Markdown would make of the words of a body beyond paragraphs, lists and links: markup of others."""
    found: list[str] = []
    for text in _markdown(payload):
        for token in _LANGUAGE.parse(text):
            found += [t.type for t in (token, *(token.children or ())) if t.type not in _PLAIN]
    return found


def read(text: str) -> str:
    """The words that a reader of Markdown sees."""
    said = []
    for token in _LANGUAGE.parse(text):
        if token.type == "inline":
            said.append("".join(" " if t.type == "softbreak" else t.content for t in token.children or ()))
    return "\n".join(said)


def built(payload: dict[str, Any]) -> None:
    """Builds a payload with Slack's own models, which raise SlackObjectFormationError for what they know as wrong."""
    if payload.get("type") in ("modal", "home"):
        View(**payload).to_dict()
    else:
        for block in Block.parse_all(payload.get("blocks", [])):
            block.to_dict()


def _markdown(payload: dict[str, Any]) -> list[str]:
    texts = [p["text"] for p in parts(payload.get("blocks", [])) if p.get("type") == "markdown"]
    return [*texts, *([payload["markdown_text"]] if "markdown_text" in payload else [])]
