"""Every known question of the starter corpus is for a sentence that stands in its document, and is a question."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from ingestion.parsing.markdown import parse_markdown
from ingestion.questions import load_questions
from tests.contracts.test_corpus import CORPUS
from tests.fakes.real_areas import rendered
from vectorstore.known_questions import KnownQuestion

LONGEST = 200  # characters


@cache
def questions() -> list[KnownQuestion]:
    return load_questions(CORPUS)


def words(text: str) -> str:
    return " ".join(text.split())


def held() -> dict[str, str]:
    """The words of all editions of each document."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(CORPUS.rglob("*.md")):
        parsed = parse_markdown(path.read_bytes(), path.name)
        found[str(parsed.meta["document"])] += [b.text for b in parsed.blocks]
    for document in rendered().documents:
        found[str(document.meta["document"])] += [b.text for b in document.blocks]
    return {document: words(" ".join(texts)) for document, texts in found.items()}


def test_every_sentence_stands_in_its_document() -> None:
    texts = held()
    lost = {(q.document, q.sentence) for q in questions() if words(q.sentence) not in texts.get(q.document, "")}
    assert not lost


def test_every_question_is_one_line_and_asked_once_of_a_sentence() -> None:
    rows = questions()
    assert len(rows) > 10_000
    assert not [q for q in rows if "\n" in q.question or not 8 <= len(q.question) <= LONGEST]
    assert len({(q.document, q.sentence, q.question.lower()) for q in rows}) == len(rows)
