"""The starter corpus keeps the rules of docs/corpus-format.md, and its registry and particulars fit it."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ingestion.metadata import Metadata, read_metadata
from ingestion.parsing.markdown import parse_markdown
from ingestion.parsing.model import Block, BlockKind, ParsedDocument
from ingestion.registry import load_profile, load_sources
from tests.fakes.real_areas import rendered
from vectorstore.model import Evidence, Kind, Source, Status
from vectorstore.profile import CollectionProfile, Premise
from vectorstore.text import sentence_spans
from vectorstore.validity import Edition, resolve_windows

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "ingestion" / "corpus"
KEYS = {"document", "version", "title", "publisher", "kind", "compiled_on", "valid_from", "status", "topic"}
OPTIONAL = {"valid_to", "supersedes", "area", "checked_on", "published", "url", "licence", "note"}
TOPICS = frozenset(
    "overview law duties guidance designation milestones lsif sdf history areas glossary scope".split()
)
LONGEST_SENTENCE = 45

LOCATOR = re.compile(r"^(?:s\.|p\.)\s?\S.*$")
STALE = re.compile(r"\b(?:now|currently|recently|nowadays|at present|last year|next year)\b", re.IGNORECASE)
VAGUE = re.compile(r"^(?:It|This|They|These|Those|The above)\b(?! (?:Act|LSIP)\b)")
FOREIGN = re.compile(
    r"\b(?:\w*(?:organiz|recogniz|prioritiz|utiliz|summariz|decarboniz|moderniz|digitiz|standardiz|emphasiz|apologiz"
    r"|specializ|characteriz)\w*|analyz(?:e|ed|es|ing)|labor|centers?|behaviors?|colors?|favors?"
    r"|fulfill|enrollment|catalog|licenses|defense|jewelry|traveled|modeling|programs)\b",
    re.IGNORECASE,
)
PROPER = ("World Health Organization",)


@cache
def documents() -> dict[str, tuple[ParsedDocument, Metadata]]:
    """Every document of the corpus by its path, read as ingestion reads it."""
    found = {}
    for path in sorted(CORPUS.rglob("*.md")):
        name = path.relative_to(CORPUS).as_posix()
        parsed = parse_markdown(path.read_bytes(), name)
        found[name] = (parsed, read_metadata({"title": parsed.title, **parsed.meta}, name))
    return found


@cache
def registry() -> dict[str, Source]:
    sources = load_sources(CORPUS)
    assert sources
    return sources


@cache
def profile() -> CollectionProfile:
    found = load_profile(CORPUS)
    assert found
    return found.model_copy(update={"areas": rendered().areas})


@cache
def editions() -> dict[str, list[tuple[str, Metadata]]]:
    grouped: dict[str, list[tuple[str, Metadata]]] = defaultdict(list)
    for name, (_, meta) in documents().items():
        grouped[meta.document].append((name, meta))
    return {d: sorted(g, key=lambda item: item[1].valid_from or date.min) for d, g in grouped.items()}


def texts() -> list[tuple[str, Block]]:
    return [(name, b) for name, (parsed, _) in documents().items() for b in parsed.blocks]


def sentences() -> list[tuple[str, str]]:
    """Sentences of paragraphs and lists; tables are rows of facts, not prose."""
    return [
        (name, b.text[start:end])
        for name, b in texts()
        if b.kind in {BlockKind.PARAGRAPH, BlockKind.LIST}
        for start, end in sentence_spans(b.text)
    ]


def host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def test_there_is_a_corpus() -> None:
    assert len(documents()) > 100
    assert len(registry()) > 200


# front matter


def test_front_matter_is_complete() -> None:
    wrong = {
        name: sorted((KEYS - set(parsed.meta)) | (set(parsed.meta) - KEYS - OPTIONAL))
        for name, (parsed, _) in documents().items()
        if not set(parsed.meta) >= KEYS or set(parsed.meta) - KEYS - OPTIONAL
    }
    assert wrong == {}


def test_every_document_is_a_brief_of_ours() -> None:
    strange = [n for n, (_, m) in documents().items() if m.kind is not Kind.BRIEF or m.publisher != "LSIP Assistant"]
    assert strange == []


def test_ids_titles_and_topics_have_their_form() -> None:
    assert [n for n, (_, m) in documents().items() if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", m.document)] == []
    assert [n for n, (p, _) in documents().items() if p.meta["topic"] not in TOPICS] == []
    assert [n for n, (_, m) in documents().items() if not m.version.strip()] == []
    tops = {n: [b.level for b in p.blocks if b.kind is BlockKind.HEADING] for n, (p, _) in documents().items()}
    assert [n for n, levels in tops.items() if levels[:1] != [1] or levels.count(1) != 1] == []


def test_dates_are_in_order() -> None:
    late = [n for n, (_, m) in documents().items() if m.compiled_on is None or m.compiled_on > date(2027, 12, 31)]
    assert late == []
    wrong = [n for n, (_, m) in documents().items() if m.valid_from and m.valid_to and m.valid_to < m.valid_from]
    assert wrong == []
    future = [
        n for n, (_, m) in documents().items() if m.valid_from and m.compiled_on and m.valid_from > m.compiled_on
    ]
    assert future == []
    checked = [
        n for n, (_, m) in documents().items() if m.checked_on and m.compiled_on and m.checked_on < m.compiled_on
    ]
    assert checked == []


def test_status_says_what_the_dates_say() -> None:
    ended = {Status.SUPERSEDED, Status.CLOSED, Status.WITHDRAWN}
    assert [n for n, (_, m) in documents().items() if (m.status in ended) is not (m.valid_to is not None)] == []
    unfollowed = [
        group[-1][0]
        for group in editions().values()
        if group[-1][1].status is Status.SUPERSEDED
        and not any(group[-1][1].document in m.supersedes for _, m in documents().values())
    ]
    assert unfollowed == []


def test_versions_of_a_document_have_their_own_labels() -> None:
    assert [d for d, group in editions().items() if len({m.version for _, m in group}) != len(group)] == []


def test_versions_of_a_document_do_not_overlap() -> None:
    overlapping = [
        (older, newer)
        for group in editions().values()
        for (older, a), (newer, b) in pairwise(group)
        if a.valid_to is None or b.valid_from is None or a.valid_to >= b.valid_from
    ]
    assert overlapping == []


def test_superseded_documents_exist_and_windows_stay_as_written() -> None:
    known = set(editions())
    assert [n for n, (_, m) in documents().items() if not set(m.supersedes) <= known - {m.document}] == []
    stated = [
        Edition(n, m.document, m.status, m.valid_from, m.valid_to, m.published, n, m.supersedes)
        for n, (_, m) in documents().items()
    ]
    resolved = resolve_windows(stated)
    after = [resolved[e.version_id] for e in stated]
    moved = [
        a.path for b, a in zip(stated, after, strict=True) if (a.valid_from, a.valid_to) != (b.valid_from, b.valid_to)
    ]
    assert moved == []


def test_areas_are_known() -> None:
    areas = {a.id for a in profile().areas}
    assert [(n, m.area) for n, (_, m) in documents().items() if m.area is not None and m.area not in areas] == []


# text


def test_every_text_has_its_source_line() -> None:
    """A sentence that ends with a colon shares the source line of the list or table it introduces."""
    bare = []
    for name, (parsed, _) in documents().items():
        for block, after in pairwise([*parsed.blocks, None]):
            if block is None or block.kind is BlockKind.HEADING or block.grounds:
                continue
            listed = after is not None and after.kind in {BlockKind.LIST, BlockKind.TABLE} and after.grounds
            if not (block.kind is BlockKind.PARAGRAPH and block.text.endswith(":") and listed):
                bare.append((name, block.text[:80]))
    assert bare == []


def test_source_lines_name_known_sources() -> None:
    grounded = [(name, b.grounds) for name, b in texts() if b.grounds]
    assert [(n, i) for n, g in grounded for i, _ in g.references if i not in registry()] == []
    assert [(n, g.evidence) for n, g in grounded if g.evidence not in set(Evidence)] == []
    assert [(n, loc) for n, g in grounded for _, loc in g.references if loc and not LOCATOR.match(loc)] == []


def test_no_source_line_is_left_in_a_text() -> None:
    assert [(n, b.text[:80]) for n, b in texts() if re.search(r"\((?:Rests on|Not held\. Looked)", b.text)] == []


def test_what_is_read_second_hand_is_not_called_primary() -> None:
    """A paragraph resting only on somebody's notes cannot have primary evidence."""
    notes = {i for i, s in registry().items() if "GenMinds" in s.publisher}
    wrong = [
        (n, b.text[:80])
        for n, b in texts()
        if b.grounds and b.grounds.evidence == "primary" and {i for i, _ in b.grounds.references} <= notes
    ]
    assert wrong == []


def test_headings_are_there_and_unique_beside_each_other() -> None:
    wrong = []
    for name, (parsed, _) in documents().items():
        path: list[str] = []
        seen: set[tuple[str, ...]] = set()
        for block in parsed.blocks:
            if block.kind is BlockKind.HEADING:
                path = [*path[: block.level - 1], block.text]
                if tuple(path) in seen:
                    wrong.append((name, block.text))
                seen.add(tuple(path))
    assert wrong == []


def test_no_word_goes_stale() -> None:
    titled = [(n, m.title) for n, (_, m) in documents().items()]
    stale = [(n, found.group(), t[:90]) for n, t in [*sentences(), *titled] if (found := STALE.search(t))]
    assert stale == []


def test_sentences_are_short() -> None:
    long = [(n, len(t.split()), t[:90]) for n, t in sentences() if len(t.split()) > LONGEST_SENTENCE]
    assert long == []


def test_subjects_are_named() -> None:
    assert [(n, t[:90]) for n, t in sentences() if VAGUE.match(t)] == []


def test_spelling_is_british() -> None:
    foreign: list[tuple[str, str]] = []
    for name, block in texts():
        text = block.text
        for proper in PROPER:
            text = text.replace(proper, "")
        foreign.extend((name, found.group()) for found in FOREIGN.finditer(text))
    assert foreign == []


def test_nothing_in_a_text_is_hidden() -> None:
    hidden = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|<[a-z/]")
    assert [(n, b.text[:80]) for n, b in texts() if hidden.search(b.text)] == []


def test_links_in_a_text_are_to_hosts_of_the_list() -> None:
    links = [(n, link) for n, b in texts() for link in re.findall(r"https?://[^\s,;)|]+", b.text)]
    assert links
    assert [(n, link) for n, link in links if host(link.rstrip(".")) not in profile().link_hosts] == []


# registry


def test_sources_are_complete() -> None:
    assert [i for i, s in registry().items() if not (s.title and s.publisher and s.type)] == []
    dated = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\b")
    assert [(i, s.published) for i, s in registry().items() if s.published and not dated.match(s.published)] == []


def test_links_of_the_registry_are_to_hosts_of_the_list() -> None:
    linked = {i: s.url for i, s in registry().items() if s.url}
    assert {i: u for i, u in linked.items() if urlsplit(u).scheme not in {"https", "http"}} == {}
    assert {i: u for i, u in linked.items() if host(u) not in profile().link_hosts} == {}


def test_the_list_of_hosts_holds_only_hosts_that_are_needed() -> None:
    hosts = profile().link_hosts
    own = {host(s.url) for s in registry().values() if s.url}
    assert list(hosts) == sorted(set(hosts))
    assert [h for h in hosts if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", h)] == []
    copies = {host(s.read_via) for s in registry().values() if s.read_via}
    areas = {host(a.url) for a in profile().areas}
    assert sorted(set(hosts) & (copies - own)) == []
    assert sorted(set(hosts) - own - areas) == []


# particulars


def test_areas_of_the_profile_are_whole() -> None:
    areas = profile().areas
    current = [a for a in areas if a.valid_to is None]
    assert sorted(a.id for a in current) == [f"A{n:02d}" for n in range(1, 40)]
    assert len({a.name for a in current}) == len(current)
    assert [a.id for a in current if not a.erb or host(a.url) not in profile().link_hosts] == []
    names = [n.casefold() for a in current for n in a.names]
    assert sorted(n for n in set(names) if names.count(n) > 1) == []


@pytest.mark.parametrize("premise", profile().premises, ids=lambda p: p.id)
def test_a_premise_points_at_a_text(premise: Premise) -> None:
    re.compile(premise.pattern, re.IGNORECASE)
    re.compile(premise.unless, re.IGNORECASE)
    held = editions().get(premise.document, [])
    assert held, premise.document
    headings = [b.text for n, _ in held for b in documents()[n][0].blocks if b.kind is BlockKind.HEADING]
    assert [h for h in headings if premise.section in h], premise.section
    last = held[-1][1].valid_to
    assert last is None or premise.from_date is None or premise.from_date <= last


def test_what_lies_outside_has_its_document() -> None:
    outside = profile().outside
    assert outside.document in editions()
    places = [p.casefold() for names in outside.places.values() for p in names]
    assert sorted(p for p in set(places) if places.count(p) > 1) == []
    assert set(places) & {n.casefold() for a in profile().areas for n in (a.name, *a.names)} == set()


def test_the_rest_of_the_profile_is_usable() -> None:
    assert profile().subject and profile().ask
    for step in profile().next_steps:
        re.compile(step.pattern, re.IGNORECASE)
        assert step.text.strip()
    assert len({p.id for p in profile().premises}) == len(profile().premises)
    assert [t for t in profile().scope_terms if t != t.lower() or not t.strip()] == []
