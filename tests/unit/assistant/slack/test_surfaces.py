"""Home, modals, reports and short messages: what a person reads, and what a press or a submitted form carries."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.eligibility.schemas import CheckReport, CheckSummary
from assistant.slack import limits, names
from assistant.slack.drawing import checks, home, modals, reports, said
from assistant.slack.drawing.contact import is_channel
from assistant.slack.drawing.look import Drawn, Look, whose_area
from tests.fakes import almanac, england
from tests.fakes import checks as tables
from tests.fakes.slack_reading import links, parts
from tests.fakes.slack_surfaces import ALONE, CHANNEL, ENGLAND_DAY, LOOK, QUESTION, areas
from tests.fakes.small_library import TODAY, FakeLibrary

Block = dict[str, Any]
WEST = {"keeper": "village_college", "public": "yes"}


def words(blocks: Any) -> str:
    return " ".join(p["text"] for p in parts(list(blocks)) if isinstance(p.get("text"), str))


def controls(blocks: Any) -> dict[str, Block]:
    return {str(p["action_id"]): p for p in parts(list(blocks)) if "action_id" in p}


def run(n: int, given: dict[str, str]) -> tuple[CheckSummary, CheckReport]:
    desk = tables.desk(*tables.checks().values())
    check = desk.checks(TODAY).checks[n]
    return check, desk.report(check.id, given, TODAY)


def view_of(element: Block, block_id: str = "b") -> Block:
    return {"state": {"values": {block_id: {f"{block_id}_value": element}}}}


def test_an_area_says_who_leads_it_and_can_be_kept(tmp_path: Path) -> None:
    drawn = reports.area_report(areas(tmp_path)["area_found"], ALONE)
    shown = words(drawn.blocks)
    assert drawn.text == "Reedshire. Led by Federation of Traders."
    assert "Led by  Federation of Traders  [1] [2]" in shown
    assert "https://www.gov.uk/A02" in links({"blocks": drawn.blocks})
    assert "[1] " in shown and "[2] " in shown and "Sources · as of 15 January 2026" in shown
    assert "Crown copyright" in shown
    assert controls(drawn.blocks)[f"{names.KEEP_AREA}_0"]["value"] == "A02"


def test_ones_own_area_is_not_offered_again(tmp_path: Path) -> None:
    own = Look("", TODAY, FakeLibrary(), "Reedshire", "person")
    report = areas(tmp_path)["area_found"]
    assert f"{names.KEEP_AREA}_0" not in controls(reports.area_report(report, own).blocks)
    of_channel = Look("", TODAY, FakeLibrary(), "Reedshire", "channel")
    assert f"{names.KEEP_AREA}_0" in controls(reports.area_report(report, of_channel).blocks)


def test_an_area_that_has_ended_says_so_and_cannot_be_kept(tmp_path: Path) -> None:
    report = areas(tmp_path)["area_found"]
    over = report.areas[0].model_copy(update={"valid_to": date(2025, 9, 30)})
    drawn = reports.area_report(report.model_copy(update={"areas": (over,)}), LOOK)
    assert "Ended on 30 September 2025." in words(drawn.blocks)
    assert f"{names.KEEP_AREA}_0" not in controls(drawn.blocks)


def test_an_ambiguous_place_is_asked_back(tmp_path: Path) -> None:
    held = controls(reports.area_report(areas(tmp_path)["area_ambiguous"], LOOK).blocks)
    assert [held[f"{names.LOOK_UP}_{n}"]["value"] for n in (0, 1)] == ["A03", "Newport, Wight"]


def test_all_areas_are_a_list(tmp_path: Path) -> None:
    report = england.desk(tmp_path).report("", ENGLAND_DAY)
    many = report.model_copy(update={"areas": report.areas * 13})
    drawn = reports.area_report(many, LOOK)
    assert f"{len(many.areas)} areas and who leads them" in drawn.text
    assert words(drawn.blocks).count("Southland") == 13
    assert limits.problems({"text": drawn.text, "blocks": drawn.blocks}, "message") == []


@pytest.mark.parametrize(
    ("look", "said_of", "pressed"),
    [
        (LOOK, "Questions are read for Lancashire (your area)", {names.SET_AREA, names.CLEAR_AREA}),
        (Look("", TODAY, FakeLibrary(), "Dorset", "channel"), "(the area of this channel)", {names.SET_AREA}),
        (Look("", TODAY, FakeLibrary(), "Dorset", "workspace"), "(the area of this workspace)", {names.SET_AREA}),
        (ALONE, "No area is set.", {names.SET_AREA}),
    ],
)
def test_the_area_now(look: Look, said_of: str, pressed: set[str]) -> None:
    drawn = reports.area_now(look)
    assert said_of in drawn.text
    assert set(controls(drawn.blocks)) == pressed


def test_whose_area_knows_no_other_origin() -> None:
    assert whose_area("") == whose_area("elsewhere") == ""


def test_dates_to_come_stand_before_those_that_passed() -> None:
    report = almanac.desk().report(almanac.TODAY)
    drawn = reports.timeline_report(report, LOOK)
    shown = words(drawn.blocks)
    order = [shown.index(t) for t in ("Open or still to come:", "Expected by now, not confirmed:", "Last to pass:")]
    assert order == sorted(order)
    assert "Report on the Glade Fund (in 15 days) [" in shown
    assert "2 more dates are held." in shown
    listed = [p for b in drawn.blocks for p in parts(b) if p.get("type") == "rich_text_list"]
    assert sum(len(p["elements"]) for p in listed) == len(report.events) - 2


def test_marks_of_dates_count_from_one_and_lead_to_their_sources() -> None:
    report = almanac.desk().report(almanac.TODAY)
    shown = words(reports.timeline_report(report, LOOK).blocks)
    first = next(e for e in report.events if e.state in ("open", "upcoming"))
    assert f"{first.title}" in shown.partition("[1]")[0]
    cited = next(c for c in report.citations if c.n == first.citations[0])
    assert f"[1]  {cited.title}" in shown
    assert cited.quote in shown.partition("Sources")[2]


def test_no_dates_say_so() -> None:
    drawn = reports.timeline_report(almanac.desk().report(almanac.TODAY, fund="glade", kind="legal"), ALONE)
    assert "No dates are held for that." in words(drawn.blocks)


def test_a_check_leads_with_its_outcome() -> None:
    _, report = run(0, WEST)
    drawn = checks.check_report(report, LOOK)
    shown = words(drawn.blocks)
    assert shown.startswith("Hive return Yes.  The keeper must send a hive return.")
    assert "A college with public money sends a hive return of two pages. [1]" in shown
    assert "Due: " in shown and "That is 8 days after 23 November 2026. [2]" in shown
    assert "Ask the bee inspector." in shown
    assert drawn.text.startswith("Hive return\nYes.\n")


def test_a_closed_fund_is_said_to_be_closed_first() -> None:
    check, report = run(1, {"keeper": "village_college", "in_group": "yes", "area": "A02"})
    shown = words(checks.check_report(report, LOOK).blocks)
    assert shown.startswith("Orchard Grant The Orchard Grant is closed since 20 June 2023.  [1]")
    assert "(Rests on press or sector sources) [2]" in shown
    assert "Reedshire. Led by  Federation of Traders" in shown
    assert "closed since 20 June 2023" in words(checks.check_list([check]))


def test_a_check_asks_one_question_at_a_time_and_then_tells() -> None:
    given: dict[str, str] = {}
    asked = []
    while True:
        check, report = run(0, given)
        view = checks.check_modal(check, given, report, LOOK)
        inputs = [b for b in view["blocks"] if b["type"] == "input"]
        assert checks.facts_of(view["private_metadata"]) == ("hive-return", given)
        if not inputs:
            break
        assert len(inputs) == 1 and "submit" in view
        fact = inputs[0]["block_id"].removeprefix(f"{names.FACT_INPUT}_")
        assert inputs[0]["element"]["action_id"] == f"{inputs[0]['block_id']}_value"
        asked.append(fact)
        answer = {"keeper": {"selected_option": {"value": "grower"}}, "public": {"selected_option": {"value": "yes"}}}
        told = checks.fact_said(modals.values(view_of(answer.get(fact, {"value": None}), inputs[0]["block_id"])))
        given = {**given, **told}
    assert set(asked) == {"keeper", "public", "sales"}
    assert given["sales"] == "unknown"
    assert "submit" not in view
    assert "Yearly sales: I do not know" in words(view["blocks"])
    assert "What decides this:" in words(view["blocks"])


@pytest.mark.parametrize(
    ("n", "given", "kind"),
    [
        (0, {}, "radio_buttons"),
        (0, {"keeper": "grower", "public": "yes"}, "plain_text_input"),
        (1, {"keeper": "other", "in_group": "yes"}, "datepicker"),
    ],
)
def test_a_fact_is_asked_by_its_kind(n: int, given: dict[str, str], kind: str) -> None:
    check, report = run(n, given)
    view = checks.check_modal(check, given, report, LOOK)
    block = next(b for b in view["blocks"] if b["type"] == "input")
    assert block["element"]["type"] == kind
    if kind == "radio_buttons":
        assert block["element"]["options"][-1]["value"] == "unknown"
    else:
        assert block["optional"] and block["hint"]["text"].endswith("Leave this empty if you do not know.")


@pytest.mark.parametrize("bad", ["", "{}", "[]", "null", '{"check": 1}', '{"check": "a", "facts": 3}', "{"])
def test_metadata_that_is_not_ours_is_no_check(bad: str) -> None:
    assert checks.facts_of(bad) == ("", {})


def test_metadata_never_grows_beyond_what_slack_carries() -> None:
    many = {f"fact_{n}": "v" * 500 for n in range(60)}
    metadata = checks.metadata_of("c", many)
    assert len(metadata) <= limits.METADATA
    assert len(json.loads(metadata)["facts"]) > 20


def test_a_message_to_ask_about_is_read_as_words() -> None:
    view = modals.ask_modal("Do <@U1> &amp; <#C1|chamber> know?", LOOK, most=12)
    box = controls(view["blocks"])[f"{names.QUESTION_INPUT}_value"]
    assert box["max_length"] == 12
    assert box["initial_value"] == "Do & chambe…"
    assert "Do & chamber know?" in words(view["blocks"])
    assert view["callback_id"] == names.ASK_MODAL
    empty = modals.ask_modal("", ALONE, most=500)
    assert "initial_value" not in controls(empty["blocks"])[f"{names.QUESTION_INPUT}_value"]


def test_an_area_is_set_by_a_place_or_by_a_choice() -> None:
    typed = controls(modals.area_modal(LOOK)["blocks"])[f"{names.PLACE_INPUT}_value"]
    assert (typed["type"], typed["initial_value"]) == ("plain_text_input", "Lancashire")
    two = [("Newport in Telford", "A03"), ("Newport, Wight", "A04"), ("The same", "A04")]
    chosen = controls(modals.area_modal(LOOK, choices=two)["blocks"])[f"{names.PLACE_INPUT}_value"]
    assert (chosen["type"], [o["value"] for o in chosen["options"]]) == ("radio_buttons", ["A03", "A04"])
    useless = controls(modals.area_modal(LOOK, choices=[("Far too long", "A" * 151), ("None", "")])["blocks"])
    assert useless[f"{names.PLACE_INPUT}_value"]["type"] == "plain_text_input"
    many = [(f"Place {n}", f"A{n}") for n in range(30)]
    menu = controls(modals.area_modal(LOOK, choices=many)["blocks"])[f"{names.PLACE_INPUT}_value"]
    assert (menu["type"], len(menu["options"])) == ("static_select", 30)


def test_reasons_are_those_of_a_vote_and_need_not_be_given() -> None:
    view = modals.reasons_modal("a-1")
    boxes = controls(view["blocks"])[f"{names.REASONS_INPUT}_value"]
    assert [o["value"] for o in boxes["options"]] == ["wrong", "missing", "out_of_date", "unclear", "other"]
    assert all(b["optional"] for b in view["blocks"])
    assert view["private_metadata"] == "a-1"


def test_a_person_is_told_only_what_the_asker_agreed_to() -> None:
    agree = modals.person_modal(QUESTION, "a-1", CHANNEL)
    assert "Your name, the question, the answer and your note are sent to" in words(agree["blocks"])
    assert QUESTION in words(agree["blocks"]) and agree["submit"]["text"] == "Send"
    for where in ("help@chamber.example", "https://chamber.example", "+44 20 7946 0000", ""):
        assert "submit" not in modals.person_modal(QUESTION, "a-1", where)
    mail = modals.person_modal(QUESTION, "a-1", "help@chamber.example")
    assert links({"blocks": mail["blocks"]}) == ["mailto:help@chamber.example"]


@pytest.mark.parametrize(
    ("where", "yes"), [("C0123456789", True), ("GABCDEFGH", True), ("Chamber", False), ("", False)]
)
def test_a_channel_is_known_by_its_id(where: str, yes: bool) -> None:
    assert is_channel(where) is yes


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"value": " words "}, "words"),
        ({"value": None}, ""),
        ({"selected_date": "2026-01-02"}, "2026-01-02"),
        ({"selected_option": {"value": "yes"}}, "yes"),
        ({"selected_option": None}, ""),
        ({"selected_options": [{"value": "a"}, {"value": "b"}]}, "a,b"),
        ({"selected_options": []}, ""),
    ],
)
def test_a_submitted_form_is_read_whatever_its_elements(element: Block, value: str) -> None:
    assert modals.values(view_of(element)) == {"b": value}
    assert modals.values({}) == {}


def shown_home(**more: Any) -> Block:
    listed = tables.desk(*tables.checks().values()).checks(TODAY).checks
    values: dict[str, Any] = {
        "look": LOOK,
        "subject": "plans",
        "holding": home.Holding(1234, 2345, date(2026, 11, 20), date(2026, 11, 22)),
        "retention_days": 30,
        "suggestions": ("Is it open?", "Who leads?"),
        "checks": listed,
        "help": CHANNEL,
    }
    return home.home(home.HomeFacts(**{**values, **more}))


def test_home_tells_all_that_one_must_know_before_asking() -> None:
    shown = words(shown_home()["blocks"])
    for needed in (
        "Questions on plans",
        "/lsip",
        "1,234 documents in 2,345 editions",
        "as of today, 23 November 2026",
        "compiled up to 20 November 2026",
        "publishers' pages on 22 November 2026",
        "kept for 30 days",
        "can be wrong",
        "Questions are read for Lancashire (your area)",
        "To ask a person, write in",
    ):
        assert needed in shown, needed


def test_home_has_its_controls() -> None:
    held = controls(shown_home()["blocks"])
    assert held[f"{names.SUGGESTION}_1"]["value"] == "Who leads?"
    assert held[f"{names.CHECK}_0"]["value"] == "hive-return"
    assert held[names.DELETE]["confirm"]["confirm"]["text"] == "Delete"
    assert {names.SET_AREA, names.CLEAR_AREA} <= set(held)


def test_home_says_what_is_not_checked_and_links_only_where_pages_are() -> None:
    shown = shown_home(holding=home.Holding(1, 1), look=ALONE, checks=(), help="", subject="")
    assert "have not been checked against the live pages" in words(shown["blocks"])
    assert links({"blocks": shown["blocks"]}) == []
    assert "To ask a person" not in words(shown["blocks"])


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (said.busy(), "Too many questions are waiting."),
        (said.failed(), "Something went wrong"),
        (said.limited("2 minutes"), "Try again in 2 minutes."),
        (said.not_admitted(CHANNEL), f"write in <#{CHANNEL}>"),
        (said.nothing_asked(), "/lsip help"),
        (said.deleted(3), "Answers deleted: 3"),
        (said.area_kept("Dorset"), "read for Dorset"),
        (said.person_told(CHANNEL), f"<#{CHANNEL}>"),
    ],
)
def test_short_messages(drawn: Drawn, text: str) -> None:
    assert text in drawn.text
    assert words(drawn.blocks)


def test_a_request_for_help_names_the_asker_and_the_answer() -> None:
    drawn = said.person_asked("U012345", QUESTION, "Please call.", "a-1", LOOK)
    assert {"type": "user", "user_id": "U012345"} in list(parts(drawn.blocks))
    assert links({"blocks": drawn.blocks}) == ["https://assistant.example/answers/a-1"]
    assert "Please call." in words(drawn.blocks)
    assert links({"blocks": said.person_asked("U012345", QUESTION, "", "a-1", ALONE).blocks}) == []


def test_help_lists_each_command() -> None:
    shown = words(said.help_text("plans", LOOK).blocks)
    assert all(f"/lsip {c}" in shown for c in ("area", "timeline", "check", "help"))
