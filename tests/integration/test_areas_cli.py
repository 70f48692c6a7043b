"""`lsip area`, the registry, and questions on places, through the real command over the starter corpus."""

from __future__ import annotations

import pytest

from tests.integration.conftest import Shell


def test_a_postcode_is_answered_as_the_contract_says(lsip: Shell) -> None:
    assert lsip("area", "cv1 2ab", "--json") == 0
    found = lsip.json()
    assert (found["query"], found["status"]) == ("cv1 2ab", "found")
    [area] = found["areas"]
    assert (area["id"], area["name"]) == ("A19", "West Midlands")
    assert area["erb"]["name"] == "Coventry and Warwickshire Chamber of Commerce"
    assert "Coventry" in area["councils"]
    assert [p["name"] for p in area["predecessors"]] == ["West Midlands and Warwickshire"]
    assert area["strategic_authority"] == "West Midlands Combined Authority"
    cited = {c["n"]: c for c in found["citations"]}
    assert set(area["citations"]) == set(cited)
    assert all(c["in_force"] and c["rests_on"] for c in cited.values())


def test_the_date_decides_the_area(lsip: Shell) -> None:
    assert lsip("area", "Basingstoke", "--as-of", "2024-01-01", "--json") == 0
    assert [a["name"] for a in lsip.json()["areas"]] == ["Enterprise M3"]
    assert lsip("area", "Basingstoke", "--json") == 0
    assert [a["name"] for a in lsip.json()["areas"]] == ["Hampshire and Solent"]


@pytest.mark.parametrize(
    ("query", "status"), [("Ashford", "ambiguous"), ("EH1 1YZ", "not_england"), ("Nowhereville", "unknown")]
)
def test_what_is_not_found_exits_1(lsip: Shell, query: str, status: str) -> None:
    assert lsip("area", query, "--json") == 1
    assert lsip.json()["status"] == status


def test_for_people(lsip: Shell) -> None:
    assert lsip("area", "Kings Lynn") == 0
    assert "Norfolk and Suffolk" in lsip.out
    assert "Norfolk Chambers of Commerce" in lsip.out
    assert lsip("area") == 0
    assert lsip.out.count("Led by") == 39


def test_the_registry_is_listed_and_never_shows_the_copy_read(lsip: Shell) -> None:
    assert lsip("documents", "--sources") == 0
    assert "Registry of" in lsip.out
    assert "herokuapp" not in lsip.out
    assert lsip("documents", "--json") == 0
    sources = lsip.json()["sources"]
    assert len(sources) > 300
    assert all("read_via" not in s and "licence" in s for s in sources)


def test_a_place_in_a_question_leads_to_its_area(lsip: Shell) -> None:
    assert lsip("ask", "Who leads the plan for a bakery in Whitby?", "--json") == 0
    answer = lsip.json()
    assert answer["area"]["name"] == "York and North Yorkshire"
    assert answer["findings"][0]["engine"] == "areas"
    assert answer["findings"][0]["text"] in answer["citations"][0]["quote"]
    assert "West and North Yorkshire Chamber of Commerce" in answer["plain"]


def test_an_ambiguous_place_is_asked_back_and_settled_by_area(lsip: Shell) -> None:
    assert lsip("ask", "Who leads the skills plan in Ashford?", "--json") == 0
    answer = lsip.json()
    assert answer["status"] == "clarify"
    assert len(answer["choices"]) >= 2
    assert lsip("ask", answer["choices"][0]["question"], "--json") == 0
    assert lsip.json()["status"] == "answered"
    assert lsip("ask", "Who leads the skills plan in Ashford?", "--area", "TN23 1PL", "--json") == 0
    assert lsip.json()["area"]["name"] == "Kent and Medway"


def test_a_past_date_gets_the_body_of_that_date(lsip: Shell) -> None:
    assert lsip("ask", "Who leads the plan in Coventry?", "--as-of", "2024-05-01", "--json") == 0
    answer = lsip.json()
    assert answer["area"]["name"] == "West Midlands and Warwickshire"
    assert all(c["in_force"] for c in answer["citations"])
