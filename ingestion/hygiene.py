"""What a document may not carry into the catalogue, whatever its format, and what its operator should be told.

Kept are the words that a reader of the document sees. Links and images are reduced to their words, as the Markdown
parser does; characters that show nothing are dropped. What reads as an order to a language model stays, since a
document may be about such things, and is told: answers never choose it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ingestion.parsing.model import Block, ParsedDocument, Problem
from vectorstore.orders import addresses_model
from vectorstore.unseen import hides_text, seen

_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?:[^()\n]|\([^()\n]*\))*\)")
_SHOWN = 3  # examples named in a problem
_LONGEST = 80  # characters of an example


def cleaned(document: ParsedDocument) -> ParsedDocument:
    """`document` with its words only, and a problem for each thing that its operator should look at."""
    blocks = [_block(b) for b in document.blocks]
    problems = list(document.problems)
    texts = [document.title, *(b.text for b in document.blocks), *_strings(document.meta)]
    if any(hides_text(t) for t in texts):
        problems.append(Problem("hidden characters were taken out", "look at what the file holds besides its words"))
    found = [b.text for b in blocks if addresses_model(b.text)]
    if addresses_model(document.title):
        found.insert(0, document.title)
    if found:
        shown = "; ".join(f"{t[:_LONGEST]!r}" for t in found[:_SHOWN])
        problems.append(
            Problem(
                f"text speaks to a language model rather than to a reader: {shown}",
                "check where the document comes from; answers will not quote that text",
            )
        )
    return replace(
        document,
        title=bare(document.title) or document.title,
        blocks=tuple(b for b in blocks if b.text),
        meta={key: value if key == "document" else _value(value) for key, value in document.meta.items()},
        problems=tuple(problems),
    )


def bare(text: str) -> str:
    """The words of `text`: no hidden characters, links and images by what they say."""
    text = seen(text)
    if "](" not in text:
        return text
    for _ in range(3):  # an image may stand inside a link
        text = _LINK.sub(r"\1", text)
    return text


def _block(block: Block) -> Block:
    text = bare(block.text)
    return block if text == block.text else replace(block, text=text.strip())


def _value(value: Any) -> Any:
    return bare(value) if isinstance(value, str) else value


def _strings(meta: dict[str, Any]) -> list[str]:
    return [v for v in meta.values() if isinstance(v, str)]
