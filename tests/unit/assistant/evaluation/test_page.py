"""The report as a page, its drawings and its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree, html

from assistant.answering.model import Message
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.page import page
from assistant.evaluation.plots import REMEDY, available, charts
from assistant.evaluation.report import PAGE, REPORT, as_json, write_reports
from assistant.evaluation.summary import Summary, summarise
from assistant.evaluation.wording import interval, percent, rows
from tests.fakes.evaluated import found, near_miss, question, refusal, run_of, saying, seen
from tests.fakes.knowledge import answer, cited

HOSTILE = "<script>alert('x')</script>"


def outcomes() -> list[Outcome]:
    turns = (Message(role="user", text=f"First {HOSTILE}"), Message(role="assistant", text="Reply. [1]"))
    timed = {"retrieve": 4.0, "total": 9.0}
    bad = seen(
        question(id="bad", turns=("First",), question=f"Then {HOSTILE}?"),
        saying("A plan lasts four years.", timings=timed, citations=(cited(title=HOSTILE),)),
        found=[found(HOSTILE)],
        exchange=turns,
    )
    return [seen(made=answer(timings=timed)), bad, seen(near_miss(), refusal(timings=timed))]


def whole() -> tuple[Summary, str]:
    summary = summarise(outcomes())
    return summary, page(run_of(*(o.asked for o in outcomes())), summary, outcomes(), draw=available())


def test_the_page_is_safe_and_self_contained() -> None:
    _, text = whole()
    tree = html.fromstring(text)
    assert not tree.xpath("//script | //link | //img | //iframe")
    assert "<script" not in text
    addresses = [str(a) for a in tree.xpath("//@href | //@src | //@*[local-name()='href']")]
    assert addresses and all(a.startswith("#") for a in addresses)


def test_the_page_can_be_read_without_seeing_it() -> None:
    _, text = whole()
    tree = html.fromstring(text)
    assert tree.get("lang") == "en-GB"
    assert [h.tag for h in tree.xpath("//h1 | //h2")].count("h1") == 1
    assert all(t.xpath("./caption") and t.xpath(".//th[@scope='col']") for t in tree.xpath("//table"))
    assert len(tree.xpath("//table")) >= 4
    ids = [str(i) for i in tree.xpath("//@id")]
    assert len(ids) == len(set(ids))


@pytest.mark.skipif(not available(), reason="needs matplotlib")
def test_the_drawings_are_inline_named_and_well_formed() -> None:
    summary, text = whole()
    drawn = charts(summary)
    assert [c.key for c in drawn] == ["recall", "risk", "reliability", "latency"]
    for chart in drawn:
        root = etree.fromstring(chart.svg.encode())
        assert (root.get("role"), root.get("aria-label")) == ("img", chart.title)
        used = {str(v)[1:] for v in root.xpath("//@*[local-name()='href']")}
        assert used <= {str(i) for i in root.xpath("//@id")}
        assert chart.svg in text
    assert charts(summary) == drawn  # the same figures make the same page


def test_nothing_measured_is_nothing_drawn() -> None:
    empty = summarise([])
    assert charts(empty) == []
    assert "<svg" not in page(run_of(), empty, [], draw=True)


def test_without_matplotlib_the_page_says_how_to_get_the_drawings() -> None:
    summary = summarise(outcomes())
    text = " ".join(html.fromstring(page(run_of(), summary, outcomes(), draw=False)).text_content().split())
    assert REMEDY in text
    assert "by confidence" in text  # the tables stay
    assert REMEDY not in whole()[1] or not available()


def test_every_failure_is_shown_with_all_it_takes_to_judge_it() -> None:
    _, text = whole()
    (failure,) = html.fromstring(text).xpath("//details")
    shown = " ".join(failure.text_content().split())
    for words in (
        "bad wrong (length, answered, confidence 0.80)",
        "Person: First <script>",
        "Assistant: Reply. [1]",
        "three years | 3 years",
        "never four years",
        "A plan lasts four years.",
        "Citations",
        "Retrieved",
        HOSTILE,
    ):
        assert words in shown


def test_a_run_that_was_stopped_says_so() -> None:
    run = run_of(question(), near_miss())
    text = page(run, summarise([seen()]), [seen()], draw=False)
    assert "stopped after 1 of 2 questions" in text
    assert "stopped after" not in whole()[1]
    assert as_json(run, summarise([seen()]))["complete"] is False


def test_both_reports_are_written(tmp_path: Path) -> None:
    run, found_all = run_of(*(o.asked for o in outcomes())), outcomes()
    write_reports(tmp_path, run, summarise(found_all), found_all)
    report = json.loads((tmp_path / REPORT).read_text(encoding="utf-8"))
    assert report["complete"] is True
    assert report["run"]["index"]["content"] == "abc"
    assert report["summary"]["shares"]["right"]["value"] == pytest.approx(2 / 3)
    assert (tmp_path / PAGE).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_figures_in_words() -> None:
    assert (percent(None), percent(0.5)) == ("-", "50.0 %")
    named = {row.name: row for row in rows(summarise(outcomes()))}
    assert named["Right"].of == "3 questions"
    assert named["Follow-ups right"].value == "0.0 %"
    assert "False premise accepted" not in named  # the set asks nothing of the kind
    shares = summarise(outcomes()).shares
    assert interval(shares["citations_exact"]) == ""  # nothing varies
    assert " to " in interval(shares["right"])
    assert interval(shares["right"], signed=True).startswith("+")
