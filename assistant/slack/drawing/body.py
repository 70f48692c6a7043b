"""The statements of an answer as Slack's Markdown, in blocks that Slack takes whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.guard import said
from assistant.answering.model import Answer, BulletList, Paragraph, Statement
from assistant.slack.drawing.kit import Block
from assistant.slack.drawing.mrkdwn import cut, markdown

BLOCK = 2_800  # characters of one block of the body: what still reads well before Slack folds it away
BODY = 4_400  # of the whole body; with sources, notes and controls a message stays below `limits.MESSAGE_CHARACTERS`
_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Body:
    """The body as drawn, and how many of all statements it holds."""

    blocks: list[Block]
    shown: int
    held: int


def spoken(statement: Statement) -> str:
    """One streamed statement: a paragraph of its own, with its marks, since lists are known only at the end."""
    return marked(statement) + _PARAGRAPH


def marked(statement: Statement) -> str:
    """A statement on one line with its marks.

    The marks are plain `[1]`: a link around them is shown raw wherever a client parses the brackets otherwise, and
    the sources stand right below.
    """
    marks = "".join(f" [{n}]" for n in statement.citations)
    text, room = markdown(statement.text), BLOCK - len(marks)
    length = len(statement.text)
    while len(text) > room:  # signs that are escaped count twice or more: shortened until the escaped text fits
        length = length * room // len(text)
        text = markdown(cut(statement.text, length))
    return text + marks


def body(answer: Answer) -> Body:
    """The statements as markdown blocks; none beyond the length that a message may have."""
    chunks: list[str] = []
    shown = used = 0
    for glue, statement in _glued(answer):
        text = marked(statement)
        if used + len(glue) + len(text) > BODY:
            break
        if chunks and len(chunks[-1]) + len(glue) + len(text) <= BLOCK:
            chunks[-1] += glue + text
        else:
            chunks.append(glue.lstrip("\n") + text if glue.strip() else text)
        shown, used = shown + 1, used + len(glue) + len(text)
    return Body([{"type": "markdown", "text": c} for c in chunks], shown, len(said(answer)))


def stands(answer: Answer, streamed: Sequence[Statement]) -> bool:
    """Whether what was streamed may stay as the body: the same statements in order, no list among them, none cut."""
    lists = any(isinstance(b, BulletList) for b in answer.blocks)
    return not lists and list(streamed) == said(answer) and body(answer).shown == len(streamed)


def _glued(answer: Answer) -> Iterator[tuple[str, Statement]]:
    """Each statement with what parts it from the one before."""
    for block in answer.blocks:
        if isinstance(block, Paragraph):
            for n, statement in enumerate(block.statements):
                yield (" " if n else _PARAGRAPH), statement
        elif isinstance(block, BulletList):
            if block.lead is not None:
                yield _PARAGRAPH, block.lead
            for n, statement in enumerate(block.items):
                yield (_PARAGRAPH + "- " if n == 0 and block.lead is None else "\n- "), statement
