"""Words of others in every field of every drawing: limits hold, nobody is pinged, nothing of theirs is markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.model import AnswerStatus
from assistant.slack import limits
from assistant.slack.drawing import checks, home, modals, reports, said
from assistant.slack.drawing.answer import all_sources, closing, spoken, whole
from assistant.slack.drawing.look import Look
from tests.fakes import almanac, england, small_answers, widget_answers
from tests.fakes import checks as tables
from tests.fakes.hostile_words import HOSTILE, poisoned
from tests.fakes.slack_reading import built, links, markup, parts, pinged, wrong_links
from tests.fakes.slack_surfaces import CHANNEL, ENGLAND_DAY, LOOK, Drawing, areas, message, view
from tests.fakes.small_library import TODAY, FakeLibrary
from vectorstore.unseen import seen

MEANT = {  # the help channel that a workspace set, and who asks there for help
    f"<#{CHANNEL}>",
    str({"type": "channel", "channel_id": CHANNEL}),
    str({"type": "user", "user_id": "U012345"}),
}


def drawings(text: str, folder: Path) -> Iterator[Drawing]:
    """Every drawing with `text` wherever words of others can stand."""
    look = Look("https://assistant.example", TODAY, FakeLibrary(), text, "channel")
    for base in (*small_answers.answers().values(), *widget_answers.answers().values()):
        answer = poisoned(base, text)
        yield message(whole(answer, look, ephemeral=True, asked=text))
        yield "stream", {"blocks": closing(answer, look)}
        yield view(all_sources(answer, look))
    for statement in poisoned(small_answers.answered(), text).blocks[0].statements:  # type: ignore[union-attr]
        yield "stream", {"markdown_text": spoken(statement)}
    for found in areas(folder).values():
        yield message(reports.area_report(poisoned(found, text), look))
    yield message(reports.area_now(look))
    dates = poisoned(almanac.desk().report(almanac.TODAY), text)
    yield message(reports.timeline_report(dates, look, text))
    desk = tables.desk(*tables.checks().values())
    listed = poisoned(desk.checks(TODAY), text)
    yield message(checks.checks_report(listed))
    for check_id, given in (
        ("hive-return", {}),
        ("hive-return", {"keeper": "village_college", "public": "yes"}),
        ("orchard-grant", {"keeper": "village_college", "in_group": "yes", "area": "A02"}),
    ):
        report = poisoned(desk.report(check_id, given, TODAY), text)
        yield message(checks.check_report(report, look))
        yield view(checks.check_modal(listed.checks[0], {"a": text, text: text}, report, look, problem=text))
    holding = home.Holding(1, 2)
    yield view(home.home(home.HomeFacts(look, text, holding, 30, (text, text), listed.checks, text)))
    yield view(modals.ask_modal(text, look, most=500))
    yield view(modals.area_modal(look, place=text, problem=text))
    yield view(modals.area_modal(look, choices=((text, "A01"), (text, text[:150])), problem=text))
    for where in (text, CHANNEL):
        yield view(modals.person_modal(text, "a-1", where))
        yield message(said.not_admitted(where))
    yield message(said.person_asked("U012345", text, text, "a-1", look))
    yield message(said.help_text(text, look, text))
    yield message(said.area_kept(text))
    yield message(said.limited(text))


def test_there_are_enough_hostile_words() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 100


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_of_others_do_anything(text: str, tmp_path: Path) -> None:
    for surface, payload in drawings(text, tmp_path):
        assert limits.problems(payload, surface) == []
        assert set(pinged(payload)) <= MEANT
        assert wrong_links(payload) == []
        assert markup(payload) == []
        assert [t for p in parts(payload) if (t := str(p.get("text", ""))) != seen(t)] == []
        built(payload)


def test_links_of_documents_lead_where_they_say() -> None:
    odd = "https://a.example/x_(y)|z?q=1&r=[2]"
    base = small_answers.answered()
    cited = base.citations[0].model_copy(update={"url": odd})
    drawn = whole(base.model_copy(update={"citations": (cited,)}), LOOK)
    assert "https://a.example/x_%28y%29%7Cz?q=1&r=%5B2%5D" in links({"blocks": drawn.blocks})


def test_the_check_of_pings_finds_them() -> None:
    bad: list[dict[str, Any]] = [
        {"text": "x <!here>"},
        {"text": "x", "blocks": [{"type": "markdown", "text": "<@U1>"}]},
        {"text": "x", "blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "<https://x|y>"}]}]},
        {"text": "x", "blocks": [{"type": "rich_text", "elements": [{"type": "broadcast", "range": "here"}]}]},
    ]
    assert all(pinged(payload) for payload in bad)
    assert markup({"blocks": [{"type": "markdown", "text": "a **b**"}]}) == ["strong_open", "strong_close"]
    assert wrong_links({"blocks": [{"type": "markdown", "text": "[a](ftp://b)"}]}) == ["ftp://b"]


def test_hostile_areas_are_drawn_too(tmp_path: Path) -> None:
    found = england.desk(tmp_path).report("Reedham", ENGLAND_DAY)
    assert reports.area_report(poisoned(found, "<!here>"), LOOK).text.startswith("&lt;!here&gt;")
    assert set(AnswerStatus) == set(small_answers.answers())
