"""The passages of the corpus in other sizes: each sentence alone, or neighbours of one heading merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from vectorstore.model import Passage, Version
from vectorstore.text import sentence_spans

Held = tuple[Passage, Version]
AS_CUT, SENTENCE = "as cut", "sentence"

_WORD = re.compile(r"\S+")


def recut(held: Sequence[Held], size: str) -> list[Held]:
    """`held`, given in reading order, as it would be at `size`: "as cut", "sentence", or "60 words"."""
    if size == AS_CUT:
        return list(held)
    if size == SENTENCE:
        return [(replace(p, text=p.text[start:end]), v) for p, v in held for start, end in sentence_spans(p.text)]
    return list(_merged(held, int(size.removesuffix(" words"))))


def _merged(held: Sequence[Held], most: int) -> Iterator[Held]:
    """Neighbours of one version and heading together, as long as they have at most `most` words; none is cut."""
    for _, group in groupby(held, key=lambda h: (h[1].version_id, h[0].heading)):
        texts: list[str] = []
        first: Held | None = None
        for passage, version in group:
            if first and word_count("\n".join((*texts, passage.text))) > most:
                yield replace(first[0], text="\n".join(texts)), first[1]
                texts, first = [], None
            first = first or (passage, version)
            texts.append(passage.text)
        if first:
            yield replace(first[0], text="\n".join(texts)), first[1]


def word_count(text: str) -> int:
    """The words of `text`, parted by white space."""
    return len(_WORD.findall(text))


def first_words(text: str, most: int) -> str:
    """`text` up to the end of its word number `most`."""
    end = 0
    for n, word in enumerate(_WORD.finditer(text), start=1):
        if n > most:
            break
        end = word.end()
    return text[:end]
