"""The tables of facts fit together, every source is in the registry, and prose says nothing else than the data."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from ingestion.facts.consistency import problems
from ingestion.facts.tables import Tables, load_tables
from ingestion.parsing.markdown import parse_markdown
from ingestion.registry import load_sources
from tests.fakes.real_areas import CORPUS, rendered, tables
from vectorstore.errors import BadFileError
from vectorstore.places.names import key
from vectorstore.text import sentence_spans

_MONEY = re.compile(r"£[\d,.]*\d(?: (?:million|billion))?")
_AWARDED = re.compile(
    r"(?:\baward(?:ed)?\b(?: (?:was|of|is|from the LSIF was))?|\bLSIF award (?:was|of|is))"
    r" (?:just (?:over|under) )?(£[\d,.]*\d(?: (?:million|billion))?)"
)
_REDRAWN = re.compile(
    r"\b(?:areas?|boundar\w+)\b[^.]*?\b(?:redrawn|merged|split)\b(?:(?! on )[^.])* on (\d{1,2} \w+ \d{4})",
    re.IGNORECASE,
)
_ERB = r"(?:ERB|Employer Representative Body(?: \(ERB\))?)"
_BODY = r"(?P<body>[A-Z][\w&' ]+?(?:Chamber|Chambers)(?: of Commerce)?)"
_LEADS = (
    re.compile(rf"{_ERB} for (?:the )?(?P<area>[A-Z][^,.;]+?) is (?P<body>[A-Z][^,.;]+)"),
    re.compile(rf"{_BODY} (?:leads|is the ERB for) (?:the )?(?P<area>[A-Z][\w ,&-]+)"),
)


def sentences() -> list[tuple[str, str]]:
    """Every sentence of the prose, with its file."""
    found: list[tuple[str, str]] = []
    for path in sorted(CORPUS.rglob("*.md")):
        for block in parse_markdown(path.read_bytes(), path.name).blocks:
            found.extend((path.name, block.text[a:b]) for a, b in sentence_spans(block.text))
    return found


def test_the_tables_fit_together() -> None:
    assert list(problems(tables(), load_sources(CORPUS) or {})) == []


def test_there_is_all_of_england() -> None:
    current = [a for a in tables().areas if a.valid_to is None]
    assert len(current) == 39
    assert len(tables().areas) - len(current) == 8
    assert len(tables().councils) == 296
    assert {a.area for a in tables().awards} | {p for a in tables().areas for p in a.predecessors} >= {
        a.id for a in current if not a.predecessors
    }


def contradiction(tables_: Tables) -> str:
    return next(iter(problems(tables_, load_sources(CORPUS) or {})), "")


def test_contradictions_are_found() -> None:
    good = tables()
    lone = replace(good, erbs=good.erbs[1:])
    assert good.erbs[0].area in contradiction(lone)
    stray = good.councils[0].model_copy(update={"area": "A99"})
    assert "A99" in contradiction(replace(good, councils=(stray, *good.councils[1:])))
    moved = good.councils[0].model_copy(update={"area": "A30"})
    assert "predecessor" in contradiction(replace(good, councils=(moved, *good.councils[1:])))
    late = good.erbs[0].model_copy(update={"valid_to": date(2026, 1, 1)})
    assert "whole time" in contradiction(replace(good, erbs=(late, *good.erbs[1:])))
    rootless = good.awards[0].model_copy(update={"sources": ("NOWHERE",)})
    assert "NOWHERE" in contradiction(replace(good, awards=(rootless, *good.awards[1:])))
    twice = replace(good, areas=(*good.areas, good.areas[0]))
    assert "twice" in contradiction(twice)


@pytest.mark.parametrize(
    ("table", "line", "named"),
    [
        ("areas", "A1,Name,,Region,,,,,D02,primary", "'id'"),
        ("areas", "A01,Name,,Region,someday,,,,D02,primary", "'valid_from'"),
        ("areas", "A01,Name,,Region,,,,,,primary", "'sources'"),
        ("areas", "A01,Name,,Region,,,,,D02,certain", "'evidence'"),
    ],
)
def test_a_wrong_row_names_its_place(tmp_path: Path, table: str, line: str, named: str) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    header = "id,name,former_name,region,valid_from,valid_to,predecessors,code,sources,evidence"
    (folder / f"{table}.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadFileError, match=f"{table}.csv:2.*{named}"):
        load_tables(tmp_path)


def test_a_misspelt_column_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "areas.csv").write_text("id,nmae\nA01,North East\n", encoding="utf-8")
    with pytest.raises(BadFileError):
        load_tables(tmp_path)


def test_a_corpus_without_tables_has_no_facts(tmp_path: Path) -> None:
    assert load_tables(tmp_path) is None


def test_rendered_versions_of_a_document_do_not_overlap() -> None:
    windows: dict[str, list[tuple[date, date]]] = {}
    for document in rendered().documents:
        start = document.meta["valid_from"] or date.min
        windows.setdefault(str(document.meta["document"]), []).append((start, document.meta["valid_to"] or date.max))
    for name, held in windows.items():
        held.sort()
        assert all(a[1] < b[0] for a, b in pairwise(held)), name


def test_every_fact_with_a_text_is_said_by_its_document_while_it_holds() -> None:
    texts: dict[str, list[tuple[date, date, str]]] = {}
    for d in rendered().documents:
        body = "\n\n".join(b.text for b in d.blocks)
        start, end = d.meta["valid_from"] or date.min, d.meta["valid_to"] or date.max
        texts.setdefault(str(d.meta["document"]), []).append((start, end, body))
    for fact in rendered().facts:
        if fact.text:
            for on in (fact.valid_from or date(2026, 11, 24), fact.valid_to or date(2026, 11, 24)):
                assert any(a <= on <= b and fact.text in body for a, b, body in texts[fact.document]), fact.fact_id


def test_ids_of_facts_are_their_own() -> None:
    ids = [f.fact_id for f in rendered().facts]
    assert len(set(ids)) == len(ids)


# prose against data


def bodies(area: str) -> set[str]:
    return {key(r.name) for r in tables().erbs if r.area == area and r.name}


def areas_by_name() -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for a in tables().areas:
        for name in filter(None, (a.name, a.former_name)):
            named.setdefault(key(name), set()).add(a.id)
    return named


def wrong_bodies(text: str) -> list[str]:
    """Bodies that a sentence says lead an area and that the data does not name for it on any date."""
    wrong: list[str] = []
    named = areas_by_name()
    for pattern in _LEADS:
        for found in pattern.finditer(text):
            ids = named.get(key(found["area"].strip()))
            known = set().union(*(bodies(i) for i in ids or ()))
            said = key(re.sub(r"^(?:the|The) ", "", found["body"].strip()))
            if ids and not any(said.startswith(k[:14]) or k.startswith(said[:14]) for k in known):
                wrong.append(found["body"])
    return wrong


def wrong_sums(text: str) -> list[str]:
    """Sums that a sentence gives as the LSIF award of an area and that the data does not hold for it."""
    wrong: list[str] = []
    for award in tables().awards:
        if not award.amount or award.of.lower() not in text.lower():
            continue
        allowed = set(_MONEY.findall(f"{award.amount_words} {award.note}"))
        beside = [a for a in tables().awards if a is not award and a.of.lower() in text.lower()]
        allowed |= {s for a in beside for s in _MONEY.findall(a.amount_words)}
        wrong.extend(s for s in _AWARDED.findall(text) if s not in allowed)
    return wrong


def wrong_dates(text: str) -> list[str]:
    """Days other than that of the data on which a sentence says that areas were redrawn."""
    return [found[1] for found in _REDRAWN.finditer(text) if found[1] != "1 October 2025"]


def test_prose_says_nothing_else_than_the_data() -> None:
    said = sentences()
    assert len(said) > 1_000
    for check in (wrong_bodies, wrong_sums, wrong_dates):
        assert [(file, wrong, text) for file, text in said if (wrong := check(text))] == []


def test_the_comparison_with_the_data_can_fail() -> None:
    assert wrong_bodies("The ERB for Dorset is Essex Chambers of Commerce.") == ["Essex Chambers of Commerce"]
    assert wrong_bodies("The Hampshire Chamber leads Surrey.") != []
    assert wrong_bodies("The ERB for Surrey is Surrey Chambers of Commerce.") == []
    assert wrong_sums("The Lancashire LSIF award was £4.6 million.") == ["£4.6 million"]
    assert wrong_sums("Kent and Medway was awarded £6 million from the LSIF.") == ["£6 million"]
    assert wrong_sums("The Lancashire LSIF award was £4.5 million.") == []
    assert wrong_dates("The areas were redrawn on 1 October 2024.") == ["1 October 2024"]
    assert wrong_dates("The areas were redrawn on 1 October 2025.") == []


def test_prose_counts_areas_as_the_data_does() -> None:
    now = len([a for a in tables().areas if a.valid_to is None])
    then = len([a for a in tables().areas if not a.predecessors])
    pattern = re.compile(r"\bEngland has (\d+)(?: Local Skills Improvement Plan \(LSIP\))? (?:LSIP )?areas\b")
    stated = [(file, found[1], text) for file, text in sentences() for found in pattern.finditer(text)]
    assert [s for s in stated if int(s[1]) not in (now, then)] == []
    assert {a.valid_from for a in tables().areas if a.predecessors} == {date(2025, 10, 1)}


def test_the_tables_are_plain_csv() -> None:
    for path in sorted((CORPUS / "facts").glob("*.csv")):
        raw = path.read_bytes()
        assert b"\r" not in raw, path.name
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))
        assert {len(r) for r in rows} == {len(rows[0])}, path.name
