"""The areas engine over the corpus's own tables and the packaged postcodes, without a database or a model."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from assistant.areas.engine import AreasEngine
from ingestion.facts.rendering import Rendered, render
from ingestion.facts.tables import Tables, load_tables
from ingestion.places import compile_places
from ingestion.registry import load_profile, load_sources
from tests.fakes.seen import FactsOnly, Seen
from vectorstore.catalogue import Catalogue
from vectorstore.snapshot import Snapshot
from vectorstore.text import content_stems

CORPUS = Path(__file__).resolve().parents[2] / "ingestion" / "corpus"


@cache
def rendered() -> Rendered:
    """What the corpus's tables give."""
    made = render(CORPUS, load_sources(CORPUS) or {})
    assert made is not None
    return made


@cache
def tables() -> Tables:
    loaded = load_tables(CORPUS)
    assert loaded is not None
    return loaded


@cache
def corpus_words() -> frozenset[str]:
    """The stems of all words of the corpus, as the keyword index would hold them."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(CORPUS.rglob("*.md"))]
    said = [b.text for d in rendered().documents for b in d.blocks]
    return frozenset(s for text in (*texts, *said) for s in content_stems(text))


def real_engine(folder: Path) -> AreasEngine:
    """The engine, its postcodes and towns compiled into `folder` (some fifteen seconds the first time)."""
    profile = load_profile(CORPUS)
    assert profile is not None
    digest = compile_places(folder, rendered().localities)
    seen = cast(Snapshot, Seen("lsip", 1, profile, {"places": digest}))

    def is_word(word: str) -> bool:
        return not content_stems(word) or bool(set(content_stems(word)) & corpus_words())

    return AreasEngine(cast(Catalogue, FactsOnly(rendered().facts)), lambda: seen, folder, is_word)
