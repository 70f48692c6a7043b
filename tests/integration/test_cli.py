"""The command line from end to end over the starter collection: what it prints and how it exits."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import Shell, Starter

pytestmark = pytest.mark.timeout(600)
ANSWER = """status text plain blocks confidence interpreted_question as_of area choices related findings citations
conversation_id answer_id composer timings""".split()
CITATION = """n kind title publisher url section page quote document_id version_id passage_id start end status
in_force valid_from valid_to superseded_by compiled_on checked_on evidence rests_on""".split()
PASSAGE = """rank score text document_id version_id passage_id path title section page start end in_force""".split()
WHO = "Who leads the LSIP in Lancashire?"


def lines(path: Path, *values: Any) -> str:
    path.write_text("".join(json.dumps(v, ensure_ascii=False) + "\n" for v in values), encoding="utf-8")
    return str(path)


# ask


def test_ask_prints_the_answer_and_its_sources(lsip: Shell) -> None:
    assert lsip("ask", WHO) == 0
    assert "[1]" in lsip.out
    assert "Sources (as of 23 November 2026)" in lsip.out


def test_ask_as_json_has_the_fields_of_the_contract(lsip: Shell) -> None:
    assert lsip("ask", WHO, "--json") == 0
    answer = lsip.json()
    assert set(ANSWER) <= set(answer)
    assert answer["area"] == {
        "id": "A06",
        "name": "Lancashire",
        "erb": {
            "name": "North and Western Lancashire Chamber of Commerce",
            "url": "https://www.lancashirelsip.co.uk",
        },
    }
    assert answer["as_of"] == "2026-11-23"
    for c in answer["citations"]:
        assert set(CITATION) <= set(c)
        assert all(set(r) == {"title", "publisher", "url", "section", "page"} for r in c["rests_on"])
    assert {b["type"] for b in answer["blocks"]} <= {"paragraph", "list", "note", "next_step"}
    assert all(isinstance(ms, float) for ms in answer["timings"].values())


def test_as_of_replaces_today(lsip: Shell) -> None:
    counts = {}
    for on in ("2024-03-01", "2026-11-23"):
        assert lsip("ask", "How many LSIP areas are there?", "--as-of", on, "--json") == 0
        counts[on] = lsip.json()["plain"]
        assert lsip.json()["as_of"] == on
    assert "38" in counts["2024-03-01"]
    assert "39" in counts["2026-11-23"]
    assert "39" not in counts["2024-03-01"]


def test_ask_of_another_subject_exits_1(lsip: Shell) -> None:
    assert lsip("ask", "When does the next train leave for Leeds?", "--json") == 1
    answer = lsip.json()
    assert (answer["status"], answer["citations"]) == ("out_of_scope", [])


def test_ask_in_an_empty_way_is_asked_back(lsip: Shell) -> None:
    assert lsip("ask", "???", "--json") == 0
    assert lsip.json()["status"] == "clarify"


def test_ask_of_a_place_outside(lsip: Shell) -> None:
    assert lsip("ask", "Does an LSIP apply in Aberdeen?", "--json") == 0
    answer = lsip.json()
    assert answer["status"] == "answered"
    assert "England" in answer["plain"]


def test_a_batch_is_answered_in_order_with_ids(lsip: Shell, tmp_path: Path) -> None:
    follow = {
        "id": "follow",
        "question": "And who approved it?",
        "history": [{"role": "user", "text": WHO}, {"role": "assistant", "text": "The chamber."}],
    }
    batch = lines(
        tmp_path / "b.jsonl",
        {"id": 7, "question": "How many LSIP areas are there?", "as_of": "2024-03-01"},
        {"id": "x", "question": "When does the next train leave for Leeds?"},
        {"question": "Who leads the\u2028plan?", "area": "A06", "id": None},
        follow,
        {"id": "empty", "question": ""},
    )
    assert lsip("ask", "--batch", batch) == 0
    answers = lsip.lines()
    assert [a["id"] for a in answers] == [7, "x", None, "follow", "empty"]
    assert answers[0]["as_of"] == "2024-03-01"
    assert "38" in answers[0]["plain"]
    assert answers[1]["status"] == "out_of_scope"
    assert answers[2]["area"]["id"] == "A06"
    assert "Lancashire" in answers[3]["interpreted_question"]
    assert answers[4]["status"] == "clarify"
    assert all(set(ANSWER) <= set(a) for a in answers)


def test_a_batch_may_come_by_the_pipe_and_takes_the_options_as_defaults(
    lsip: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = '{"id": 1, "question": "How many areas are there?"}\n\n{"id": 2, "question": "What is an LSIP?"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(asked))
    assert lsip("ask", "--batch", "-", "--as-of", "2024-03-01", "--json") == 0
    assert [(a["id"], a["as_of"]) for a in lsip.lines()] == [(1, "2024-03-01"), (2, "2024-03-01")]


# search


def test_search_as_json(lsip: Shell, at_starter: Starter) -> None:
    assert lsip("search", "duties of colleges", "--json") == 0
    passages = lsip.json()["passages"]
    assert len(passages) == 10
    for p in passages:
        assert set(PASSAGE) <= set(p)
        assert p["in_force"] is True
        assert at_starter.app.catalogue.text(p["version_id"])[p["start"] : p["end"]] == p["text"]
    assert [p["rank"] for p in passages] == list(range(1, 11))
    scores = [p["score"] for p in passages]
    assert scores == sorted(scores, reverse=True)


def test_search_up_to_200(lsip: Shell) -> None:
    assert lsip("search", "local skills improvement plan", "--limit", "200", "--json") == 0
    passages = lsip.json()["passages"]
    assert len(passages) == 200
    assert len({p["passage_id"] for p in passages}) == 200


def test_search_by_document_shows_each_once(lsip: Shell) -> None:
    assert lsip("search", "local skills improvement plan", "--by-document", "--limit", "30", "--json") == 0
    documents = [p["document_id"] for p in lsip.json()["passages"]]
    assert len(documents) == len(set(documents)) == 30


def test_search_of_an_area_leaves_other_areas_out(lsip: Shell, at_starter: Starter) -> None:
    assert lsip("search", "priorities of the plan", "--area", "Cumbria", "--limit", "50", "--json") == 0
    areas = {at_starter.app.catalogue.version(p["version_id"]).area for p in lsip.json()["passages"]}
    assert areas <= {None, "A04"}
    assert "A04" in areas


def test_search_as_of_a_date_finds_what_was_in_force(lsip: Shell) -> None:
    versions = {}
    for on in ("2023-01-10", "2026-11-23"):
        assert lsip("search", "who approves a plan", "--as-of", on, "--json", "--limit", "50") == 0
        versions[on] = {p["version_id"] for p in lsip.json()["passages"]}
    assert versions["2023-01-10"] != versions["2026-11-23"]


def test_search_for_people(lsip: Shell) -> None:
    assert lsip("search", "duties of colleges", "--limit", "2") == 0
    assert lsip.out.startswith("1. ")


def test_search_in_a_batch(lsip: Shell, tmp_path: Path) -> None:
    batch = lines(
        tmp_path / "b.jsonl",
        {"id": "a", "query": "duties of colleges"},
        {"id": "b", "query": "priorities", "limit": 2, "area": "A04", "as_of": "2026-01-01"},
        {"id": "c", "query": " "},
    )
    assert lsip("search", "--batch", batch, "--limit", "3") == 0
    found = lsip.lines()
    assert [f["id"] for f in found] == ["a", "b", "c"]
    assert [len(f["passages"]) for f in found] == [3, 2, 0]
    assert set(found[0]) == {"id", "passages"}


# documents, doctor, eval, parse


def test_documents(lsip: Shell, at_starter: Starter) -> None:
    assert lsip("documents", "--json") == 0
    held = lsip.json()["documents"]
    assert {d["version_id"] for d in held} == {v.version_id for v in at_starter.app.catalogue.versions("lsip")}
    assert lsip("documents", "--as-of", "2024-03-01", "--json") == 0
    then = lsip.json()["documents"]
    assert 0 < len(then) < len(held)
    assert all(d["in_force"] for d in then)


def test_the_stored_text_of_a_version(lsip: Shell, at_starter: Starter) -> None:
    for version in at_starter.app.catalogue.versions("lsip")[::40]:
        stored = at_starter.app.catalogue.text(version.version_id)
        assert lsip("documents", version.version_id, "--text") == 0
        assert lsip.out == (stored if stored.endswith("\n") else stored + "\n")
        assert lsip("documents", version.version_id, "--json") == 0
        assert lsip.json()["text"] == stored


def test_documents_for_people(lsip: Shell) -> None:
    assert lsip("documents") == 0
    assert "england-only" in lsip.out


def test_doctor(lsip: Shell) -> None:
    assert lsip("doctor", "--json") == 0
    report = lsip.json()
    assert report["ok"] is True
    assert all({"check", "ok", "detail", "remedy"} == set(c) for c in report["checks"])
    assert lsip("doctor") == 0
    assert "NOT OK" not in lsip.out


def test_doctor_without_knowledge(lsip: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LSIP_DATA_DIR", str(tmp_path / "new"))
    monkeypatch.setenv("LSIP_EMBEDDING_MODEL", "hashing")
    assert lsip("doctor", "--json") == 1
    bad = [c for c in lsip.json()["checks"] if not c["ok"]]
    assert bad
    assert all(c["remedy"] for c in bad)


def test_eval_of_three_questions(lsip: Shell, tmp_path: Path) -> None:
    path = lines(
        tmp_path / "set.jsonl",
        {"id": "a", "question": WHO, "status": ["answered"], "must": [["Chamber"]]},
        {"id": "b", "question": "When does the next train leave for Leeds?", "status": ["out_of_scope"]},
        {"id": "c", "question": "What is an LSIP?", "status": ["answered"], "must": [["no such words"]]},
    )
    assert lsip("eval", "--set", path, "--json") == 0
    report = lsip.json()
    assert report["summary"]["questions"] == 3
    assert report["summary"]["exact"] == 1.0
    assert report["summary"]["stale_served"] == 0
    assert [(o["id"], o["verdict"]) for o in report["outcomes"]] == [("a", "right"), ("b", "right"), ("c", "wrong")]
    assert lsip("eval", "--set", path) == 0
    assert "no such words" in lsip.out


def test_eval_goes_on_where_it_stopped_and_compares(lsip: Shell, tmp_path: Path) -> None:
    path = lines(
        tmp_path / "set.jsonl",
        {"id": "a", "question": WHO, "status": ["answered"], "must": [["Chamber"]]},
        {"id": "b", "question": "And where?", "turns": ["What is an LSIP?"], "status": ["answered"]},
    )
    for name in ("one", "two"):
        assert lsip("eval", "--set", path, "--out", str(tmp_path / name), "--no-failures") == 0
        assert {p.name for p in (tmp_path / name).iterdir()} == {
            "outcomes.jsonl",
            "report.html",
            "report.json",
            "run.json",
        }
    kept = tmp_path / "one" / "outcomes.jsonl"
    first = kept.read_text(encoding="utf-8").splitlines()[0]
    kept.write_text(first + '\n{"id": "b", "qu', encoding="utf-8")
    assert lsip("eval", "--compare", str(tmp_path / "one"), str(tmp_path / "two")) == 2
    assert lsip("eval", "--set", path, "--out", str(tmp_path / "one"), "--json") == 0
    assert lsip.json()["complete"] is True
    assert kept.read_text(encoding="utf-8").splitlines()[0] == first  # not asked again
    assert lsip("eval", "--compare", str(tmp_path / "one"), str(tmp_path / "two" / "outcomes.jsonl"), "--json") == 0
    found = lsip.json()
    assert (found["questions"], found["won"], found["lost"], found["differences"]) == (2, [], [], [])
    other = lines(tmp_path / "other.jsonl", {"id": "c", "question": WHO, "status": ["answered"]})
    assert lsip("eval", "--set", other, "--out", str(tmp_path / "one")) == 2


def test_parse_of_good_files(lsip: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A rule\n\nSheds are two metres high.\n", encoding="utf-8")
    assert lsip("parse", str(tmp_path / "a.md"), "--json") == 0
    report = lsip.json()
    assert {"verdict", "problems", "title", "pages"} <= set(report)
    assert report["verdict"] == "good"
    assert [set(p) for p in report["pages"]] == [{"index", "label", "text"}]
    assert "two metres" in report["pages"][0]["text"]
    path = lines(tmp_path / "b.jsonl", *({"id": i, "title": "T", "text": f"The {i} of it."} for i in "xy"))
    assert lsip("parse", path, "--json") == 0
    assert [p["label"] for p in lsip.json()["pages"]] == ["x", "y"]
    assert lsip("parse", path) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.docx", b"PK broken"),
        ("a.txt", b""),
        ("a.exe", b"MZ"),
        ("a.jsonl", b"no json\n"),
        ("a.jsonl", b'{"id": "x", "title": "T", "text": "One."}\nno json\n'),
    ],
)
def test_parse_of_bad_files(lsip: Shell, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert lsip("parse", str(tmp_path / name), "--json") == 1
    report = lsip.json()
    assert report["verdict"] == "bad"
    assert all(p["reason"] and p["remedy"] for p in report["problems"])
    assert report["problems"]


def test_parse_of_a_file_that_is_not_there(lsip: Shell) -> None:
    assert lsip("parse", "none.md", "--json") in {1, 2}
    assert lsip.out


# exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", WHO, "--as-of", "yesterday"),
        ("ask", WHO, "--as-of", "2024-02-30"),
        ("ask", WHO, "--area", "Atlantis"),
        ("ask", WHO, "--area", "x" * 101),
        ("ask", WHO, "--collection", "nowhere"),
        ("ask", WHO, "--collection", "x" * 65),
        ("ask", WHO, "--colour", "red"),
        ("ask", "--batch", "none.jsonl"),
        ("search",),
        ("search", " "),
        ("search", "x", "--limit", "0"),
        ("search", "x", "--limit", "201"),
        ("search", "x", "--limit", "many"),
        ("search", "x", "--area", "Atlantis"),
        ("search", "x", "--collection", "nowhere"),
        ("documents", "--collection", "nowhere"),
        ("documents", "--as-of", "x"),
        ("eval", "--set", "none.jsonl"),
        ("eval", "--half", "third"),
        ("ingest", "--live"),
        ("ingest", "--path", "none"),
        ("ingest", "--collection", "No!"),
        ("nonsense",),
    ],
)
def test_wrong_usage_exits_2_and_says_what_to_do(lsip: Shell, arguments: tuple[str, ...]) -> None:
    assert lsip(*arguments) == 2
    assert lsip.out == ""
    assert len(lsip.err.strip().splitlines()) >= 2
    assert "Traceback" not in lsip.err
    assert lsip(*arguments, "--json") == 2
    problem = lsip.json()
    assert {"type", "title", "remedy", "exit_code"} <= set(problem)
    assert problem["exit_code"] == 2


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("ask", "no json"),
        ("ask", "[1]"),
        ("ask", '{"id": 1}'),
        ("ask", '{"id": 1, "question": "Q?", "as_of": "x"}'),
        ("ask", '{"id": 1, "question": "Q?", "history": "x"}'),
        ("search", "no json"),
        ("search", '{"id": 1, "query": "plan", "limit": "many"}'),
        ("search", '{"id": 1, "query": "plan", "limit": 201}'),
        ("search", '{"id": 1, "query": "plan", "as_of": 5}'),
        ("search", '{"id": 1, "query": "plan", "area": 5}'),
    ],
)
def test_a_bad_line_of_a_batch_exits_2(lsip: Shell, tmp_path: Path, command: str, line: str) -> None:
    (tmp_path / "b.jsonl").write_text(line + "\n", encoding="utf-8")
    assert lsip(command, "--batch", str(tmp_path / "b.jsonl"), "--json") == 2
    assert lsip.json()["exit_code"] == 2


def test_a_batch_that_is_no_text_exits_2(lsip: Shell, tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(b"\xff\xfe\x00")
    assert lsip("ask", "--batch", str(tmp_path / "b.jsonl")) == 2


def test_a_bad_setting_exits_2(lsip: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSIP_PORT", "many")
    assert lsip("ask", WHO, "--json") == 2
    assert "LSIP_PORT" in lsip.json()["title"]


def test_a_version_that_is_not_held_exits_1(lsip: Shell) -> None:
    assert lsip("documents", "no-such-version", "--json") == 1
    assert lsip.json()["exit_code"] == 1


def test_help_exits_0(lsip: Shell) -> None:
    assert lsip("--help") == 0
    assert lsip("ask", "--help") == 0
