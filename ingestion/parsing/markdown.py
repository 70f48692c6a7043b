"""Markdown with front matter: blocks by heading, list and table; source lines of briefs read and taken out."""

from __future__ import annotations

import re
from typing import Any

import frontmatter
import yaml
from markdown_it import MarkdownIt

from ingestion.parsing.model import Block, BlockKind, Grounds, ParsedDocument, Problem
from ingestion.parsing.plain import decode
from vectorstore.errors import BadFileError
from vectorstore.unseen import hides_text, seen

_GROUNDS = re.compile(
    r"^\((?:Rests on: (?P<refs>.+?)\. Evidence: (?P<evidence>primary|secondary|third_party|inference)"
    r"|Not held\. Looked in: (?P<looked>.+?))\.\)$"
)
_KINDS = {
    "paragraph_open": BlockKind.PARAGRAPH,
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "table_open": BlockKind.TABLE,
    "blockquote_open": BlockKind.PARAGRAPH,
    "fence": BlockKind.PARAGRAPH,
    "code_block": BlockKind.PARAGRAPH,
}
_TABLE_RULE = re.compile(r"^[\s|:-]+$")
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(
    r"<(?P<name>script|style|template|(?:span|div|p|font|small|b|i|em)(?=\s[^<>]*(?:\bhidden\b|display\s*:\s*none"
    r"|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0\b|color\s*:\s*(?:white|transparent|#fff))))\b[^<>]*>"
    r".*?</(?P=name)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|div|em|font|h[1-6]|i|img|p|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE
)


class _WithoutAliases(yaml.SafeLoader):
    """YAML in which nothing refers to something else: a few lines of references can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


class _Handler(frontmatter.YAMLHandler):  # type: ignore[misc]
    """Front matter between two lines of ---."""

    def load(self, fm: str, **_options: object) -> Any:
        return yaml.load(fm, Loader=_WithoutAliases)  # noqa: S506 (a safe loader)


_HANDLER = _Handler()


def parse_markdown(data: bytes, name: str) -> ParsedDocument:
    """Read one Markdown file. Source lines count only where the front matter says `kind: brief`.

    Raises BadFileError for front matter that is not YAML, and for a file without text.
    """
    text = decode(data, name)
    meta, body, problems = _front_matter(seen(text), name)
    if hides_text(text):
        problems.append(Problem("hidden characters were taken out", "look at what the file holds besides its words"))
    body = _HIDDEN.sub("", _COMMENT.sub("", body))
    blocks = _blocks(body, briefs=meta.get("kind") == "brief")
    if not blocks:
        raise BadFileError(f"{name} holds no text.", "Put the document's text below the front matter.")
    headings = [b for b in blocks if b.kind is BlockKind.HEADING]
    title = str(meta.get("title") or (headings[0].text if headings else name))
    return ParsedDocument(title=title, blocks=tuple(blocks), meta=meta, problems=tuple(problems))


def _front_matter(text: str, name: str) -> tuple[dict[str, Any], str, list[Problem]]:
    try:
        post = frontmatter.loads(text, handler=_HANDLER)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadFileError(
            f"{name} has front matter that is not YAML.",
            "Between the two lines of ---, write `key: value` lines; put values with a colon in quotes.",
        ) from error
    if text.lstrip().startswith("---\n") and not post.metadata and "\n---" in text[4:]:
        return {}, text, [Problem("the front matter is empty or not a mapping", "write `key: value` lines")]
    return {str(k): v for k, v in post.metadata.items()}, post.content, []


def _blocks(body: str, *, briefs: bool) -> list[Block]:
    lines = body.split("\n")
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    blocks: list[Block] = []
    for position, token in enumerate(tokens):
        if token.level != 0 or token.map is None:
            continue
        start, end = token.map
        if token.type == "heading_open":
            text = _inline(tokens[position + 1].content)
            if text:
                blocks.append(Block(BlockKind.HEADING, text, level=int(token.tag[1])))
        elif token.type in _KINDS:
            raw = [line for line in lines[start:end] if line.strip()]
            grounds = None
            if briefs and raw:
                grounds = parse_grounds(raw[-1].strip())
                raw = raw[:-1] if grounds else raw
                if grounds and not raw and blocks and blocks[-1].grounds is None:
                    last = blocks.pop()
                    blocks.append(Block(last.kind, last.text, last.level, last.page, grounds))
                    continue
            blocks.extend(_block(_KINDS[token.type], raw, grounds))
    return blocks


def _block(kind: BlockKind, raw: list[str], grounds: Grounds | None) -> list[Block]:
    if kind is BlockKind.LIST:
        text = "\n".join(_list_lines(raw))
    elif kind is BlockKind.TABLE:
        text = "\n".join(_inline(line.strip()) for line in raw if not _TABLE_RULE.match(line))
    else:
        text = " ".join(_inline(line.strip().lstrip("> ")) for line in raw if not line.startswith("```"))
    return [Block(kind, text.strip(), grounds=grounds)] if text.strip() else []


def _list_lines(raw: list[str]) -> list[str]:
    items: list[str] = []
    for line in raw:
        item = re.match(r"^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$", line)
        if item:
            items.append(f"{item[1]}. {_inline(item[2])}" if item[1] else f"- {_inline(item[2])}")
        elif items:
            items[-1] += " " + _inline(line.strip())
    return items


def _inline(text: str) -> str:
    """Text as a reader sees it: links and images by their words, emphasis marks gone."""
    for _ in range(2):  # an image may stand inside a link
        text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _EMPHASIS.sub(lambda m: m[2] or m[3], text)
    return re.sub(r"\s+", " ", text.replace("`", "")).strip()


def parse_grounds(line: str) -> Grounds | None:
    """A source line of a brief (docs/corpus-format.md), or None for any other line."""
    found = _GROUNDS.match(line)
    if not found:
        return None
    references = []
    for part in (found["refs"] or found["looked"]).split(";"):
        source, _, locator = part.strip().partition(",")
        references.append((source.strip(), locator.strip()))
    return Grounds(tuple(references), found["evidence"] or "inference", gap=found["looked"] is not None)
