"""Adapters of public sets, with files made by hand in their shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.golden import GoldenQuestion, load
from assistant.evaluation.judging import groups_met
from tests.evals.adapters.__main__ import main
from tests.evals.adapters.common import group, pattern

BEES = "Bees make honey in May. Honey keeps for many years."
SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Honey_bees",
            "paragraphs": [
                {
                    "context": BEES,
                    "qas": [
                        {
                            "id": "s1",
                            "question": " How long does honey keep? ",
                            "answers": [{"text": "many years", "answer_start": BEES.index("many")}],
                            "is_impossible": False,
                        },
                        {
                            "id": "s2",
                            "question": "What do wasps make?",
                            "answers": [],
                            "plausible_answers": [{"text": "honey", "answer_start": 10}],
                            "is_impossible": True,
                        },
                    ],
                },
                {"context": "Bees dance.", "qas": []},
            ],
        }
    ],
}
SPANS = {
    "1": {"id_sp": "1", "text_sp": "You may renew \nonline. "},
    "2": {"id_sp": "2", "text_sp": "It costs 10 dollars."},
}
PAGES = {
    "dmv": {"Renew#1": {"title": "Renew", "doc_text": "You may renew online. It costs 10 dollars.", "spans": SPANS}}
}


def dialogue(key: str) -> dict[str, Any]:
    """A dialogue that refers to spans by `key`."""
    return {
        "dial_id": "d1",
        "doc_id": "Renew#1",
        "turns": [
            {"turn_id": 1, "role": "user", "da": "query_condition", "references": [], "utterance": "Can I renew?"},
            {
                "turn_id": 2,
                "role": "agent",
                "da": "respond_solution",
                "references": [{key: "1", "label": "solution"}],
                "utterance": "Yes, online.",
            },
            {
                "turn_id": 3,
                "role": "user",
                "da": "query_solution",
                "references": [],
                "utterance": "What does it cost?",
            },
            {
                "turn_id": 4,
                "role": "agent",
                "da": "respond_solution",
                "references": [{key: "2", "label": "solution", "doc_id": "Renew#1"}],
                "utterance": "10 dollars.",
            },
            {"turn_id": 5, "role": "user", "da": "query_solution", "references": [], "utterance": "And in Texas?"},
            {
                "turn_id": 6,
                "role": "agent",
                "da": "respond_no_solution",
                "references": [],
                "utterance": "I cannot say.",
            },
            {"turn_id": 7, "role": "user", "da": "response_positive", "references": [], "utterance": "Fine."},
            {"turn_id": 8, "role": "agent", "da": "query_condition", "references": [], "utterance": "Do you drive?"},
        ],
    }


URL = "https://www.gov.uk/some-page"
PAGE = {
    "title": "A page",
    "url": URL,
    "contents": ["<h1>Overview</h1>", "<p>You get £10 a week.</p>", "<li>if 18</li>"],
}


def conditional(number: int, *answers: Any, **changes: Any) -> dict[str, Any]:
    base = {
        "url": URL,
        "scenario": "I am 20.",
        "question": "What do I get?",
        "not_answerable": not answers,
        "answers": list(answers),
        "evidences": ["<p>You get £10 a week.</p>"] if answers else [],
        "id": f"dev-{number}",
    }
    return {**base, **changes}


CONDITIONAL = [
    conditional(0, ["£10 a week", []]),
    conditional(1, ["yes", ["<li>if 18</li>"]]),
    conditional(2, ["yes", ["<li>if 18</li>"]], ["no", []]),
    conditional(3),
    conditional(4, ["no", []]),
]
SNIPPET = "## Eligibility\n\nYou can claim if you live here."


def utterance(key: str, answer: str, **changes: Any) -> dict[str, Any]:
    base = {
        "utterance_id": key,
        "tree_id": "t1",
        "source_url": URL,
        "snippet": SNIPPET,
        "question": "Can I claim?",
        "scenario": "",
        "history": [],
        "evidence": [],
        "answer": answer,
    }
    return {**base, **changes}


SHARC = [
    utterance("u1", "Yes", history=[{"follow_up_question": "Do you live here?", "follow_up_answer": "Yes"}]),
    utterance("u2", "No", scenario="I live in France."),
    utterance("u3", "Do you live here?"),
    utterance("u4", "Irrelevant", question="Can I fly?"),
]


def adapted(name: str, folder: Path, *more: str) -> tuple[list[dict[str, Any]], dict[str, GoldenQuestion]]:
    """What the adapter makes of the files in `folder`."""
    out = folder.parent / "out"
    assert main([name, str(folder), str(out), *more]) == 0
    lines = (out / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines], {q.id: q for q in load(out / "questions.jsonl")}


def put(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_squad(tmp_path: Path) -> None:
    put(tmp_path / "in" / "dev-v2.0.json", SQUAD)
    documents, questions = adapted("squad", tmp_path / "in")
    assert documents == [{"id": "article-0", "title": "Honey bees", "text": f"{BEES}\n\nBees dance."}]
    asked = questions["s1"]
    assert (asked.question, asked.answerable) == ("How long does honey keep?", True)
    assert groups_met(asked.must, "It keeps for many years.") == [True]
    assert (asked.gold[0].document, asked.gold[0].quote) == ("article-0", "Honey keeps for many years.")
    assert (questions["s2"].to_refuse, questions["s2"].must) == (True, ())


def test_beir(tmp_path: Path) -> None:
    source = tmp_path / "in" / "scifact"
    corpus = [
        {"_id": "1", "title": "One", "text": "A."},
        {"_id": "2", "title": "", "text": "B."},
        {"_id": "3", "text": " "},
    ]
    put(source / "corpus.jsonl", "\n".join(json.dumps(d) for d in corpus))
    put(source / "queries.jsonl", "\n".join(json.dumps({"_id": f"q{n}", "text": f"Query {n}"}) for n in (1, 2, 3)))
    put(source / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore\nq1\t1\t2\nq1\t2\t1\nq2\t2\t0\nq3\t9\t1\n")
    documents, questions = adapted("beir", tmp_path / "in")
    assert [(d["id"], d["title"]) for d in documents] == [("1", "One"), ("2", "2")]
    assert list(questions) == ["q1"]  # a query without a relevant document that is held asks nothing
    assert [(g.document, g.quote) for g in questions["q1"].gold] == [("1", ""), ("2", "")]


def test_beir_names_a_bad_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "in" / "corpus.jsonl", json.dumps({"_id": "1", "text": "A."}))
    put(tmp_path / "in" / "queries.jsonl", json.dumps({"_id": "q1", "text": "Q"}))
    put(tmp_path / "in" / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore\nq1\t1\n")
    assert main(["beir", str(tmp_path / "in"), str(tmp_path / "out")]) == 2
    assert "test.tsv:2" in capsys.readouterr().err


@pytest.mark.parametrize("multi", [False, True])
def test_doc2dial_and_multidoc2dial(tmp_path: Path, multi: bool) -> None:
    inside = [dialogue("id_sp")] if multi else {"Renew#1": [dialogue("sp_id")]}
    put(tmp_path / "in" / "x_doc.json", {"doc_data": PAGES})
    put(tmp_path / "in" / "x_dial_validation.json", {"dial_data": {"dmv": inside}})
    documents, questions = adapted("doc2dial", tmp_path / "in")
    assert [(d["id"], d["title"]) for d in documents] == [("Renew#1", "Renew")]
    assert list(questions) == ["d1-1", "d1-3", "d1-5"]
    assert [q.kind for q in questions.values()] == ["first", "follow_up", "unanswerable"]
    assert questions["d1-3"].turns == ("Can I renew?",)
    assert questions["d1-5"].turns == ("Can I renew?", "What does it cost?")
    assert questions["d1-1"].gold[0].quote == "You may renew online."
    assert groups_met(questions["d1-3"].must, "It costs 10 dollars.") == [True]
    assert questions["d1-5"].to_refuse
    assert questions["d1-1"].person == "dmv"


def test_conditionalqa(tmp_path: Path) -> None:
    put(tmp_path / "in" / "v1_0" / "documents.json", [PAGE])
    put(tmp_path / "in" / "v1_0" / "dev.json", CONDITIONAL)
    documents, questions = adapted("conditionalqa", tmp_path / "in")
    assert documents == [
        {"id": URL, "title": "A page", "url": URL, "text": "Overview\n\nYou get £10 a week.\n\n- if 18"}
    ]
    assert [(q.kind, q.lead) for q in questions.values()] == [
        ("span", None),
        ("conditional", "yes"),
        ("conditional", "depends"),
        ("unanswerable", None),
        ("yes_no", "no"),
    ]
    asked = questions["dev-0"]
    assert asked.question == "I am 20. What do I get?"
    assert groups_met(asked.must, "You get £10 a week.") == [True]
    assert (asked.gold[0].document, asked.gold[0].quote) == (URL, "You get £10 a week.")
    assert questions["dev-3"].to_refuse


def test_sharc(tmp_path: Path) -> None:
    put(tmp_path / "in" / "json" / "sharc_dev.json", SHARC)
    documents, questions = adapted("sharc", tmp_path / "in")
    assert [(d["title"], d["text"]) for d in documents] == [("Eligibility", SNIPPET)]
    assert questions["u1"].question == "Do you live here? Yes. Can I claim?"
    assert questions["u2"].question == "I live in France. Can I claim?"
    assert [(q.kind, q.lead) for q in questions.values()] == [
        ("yes", "yes"),
        ("no", "no"),
        ("more", "depends"),
        ("irrelevant", None),
    ]
    assert "clarify" in questions["u3"].status
    assert questions["u1"].gold[0].document == documents[0]["id"]


def test_a_limit_cuts_questions_and_not_documents(tmp_path: Path) -> None:
    put(tmp_path / "in" / "sharc_dev.json", [*SHARC, utterance("u5", "Yes", snippet="Another rule.")])
    documents, questions = adapted("sharc", tmp_path / "in", "--limit", "2")
    assert (len(documents), len(questions)) == (2, 2)


@pytest.mark.parametrize(
    ("name", "file", "content", "said"),
    [
        ("squad", None, None, "no folder"),
        ("squad", "x.txt", "a", "There is no dev-v*.json"),
        ("squad", "dev-v2.0.json", "no json", "dev-v2.0.json is not JSON"),
        ("squad", "dev-v2.0.json", {"other": 1}, "not of the shape of 'squad' (KeyError at 'data')"),
        ("squad", "dev-v2.0.json", {"data": []}, "no questions"),
        ("beir", "corpus.jsonl", "{}\nno json", "not of the shape"),
        ("beir", "corpus.jsonl", "[1]", "corpus.jsonl:1 is not a JSON object"),
        ("sharc", "sharc_dev.json", [{"utterance_id": "u"}], "not of the shape"),
    ],
)
def test_what_cannot_be_adapted_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, file: str | None, content: Any, said: str
) -> None:
    if file:
        put(tmp_path / "in" / file, content)
    assert main([name, str(tmp_path / "in"), str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("answer", "text", "stands"),
    [
        ("many years", "for many\n years.", True),
        ("10", "110", False),
        ("£10 (a week).", "£10 (a week), or less", True),
        ("C++", "in C++ too", True),
        ("France.", "France, mostly", True),
    ],
)
def test_an_official_answer_becomes_a_pattern(answer: str, text: str, stands: bool) -> None:
    assert groups_met([[pattern(answer)]], text) == [stands]


def test_equal_and_empty_answers_make_one_pattern() -> None:
    assert group(["France", "France.", " . "]) == (pattern("France"),)
