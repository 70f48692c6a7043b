"""Dates, checks, changes and differing sources over the starter corpus: one finding through every door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answering.model import Answer, AnswerStatus, Message, Question
from assistant.api.app import create_app
from tests.evals.dates import other_doors
from tests.generated import examples_page
from tests.integration.conftest import Shell, Starter

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def client(starter: Starter) -> Iterator[TestClient]:
    with TestClient(create_app(starter.app)) as made:
        yield made


def ask(starter: Starter, text: str, on: str = "", *history: tuple[str, str], area: str | None = None) -> Answer:
    turns = tuple(Message.model_validate({"role": role, "text": said}) for role, said in history)
    as_of = date.fromisoformat(on) if on else None
    return starter.app.assistant.ask(Question(question=text, as_of=as_of, history=turns, area=area))


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("2023-05-24", "27 days after 24 May 2023"),
        ("2023-06-19", "1 day after 19 June 2023"),
        ("2023-06-20", "that is the day asked about"),
        ("2023-06-21", "1 day before 21 June 2023"),
    ],
)
def test_a_deadline_around_its_day(starter: Starter, on: str, says: str) -> None:
    answer = ask(starter, "Is there still time to send the LSIF stage 1 expression of interest?", on)
    assert says in answer.text
    assert answer.text.startswith("No, it is closed." if on > "2023-06-20" else "Yes, on the date asked about.")
    assert all(c.in_force for c in answer.citations)


@pytest.mark.parametrize("on", ["2026-05-31", "2026-06-01", "2026-08-31", "2026-09-01", "2029-01-01"])
def test_a_season_is_never_given_to_the_day_and_never_taken_to_have_happened(starter: Starter, on: str) -> None:
    answer = ask(starter, "Have the second-cycle plans been approved?", on)
    assert "summer 2026" in answer.text
    said = answer.text.replace(f"{date.fromisoformat(on):%-d %B %Y}", "")
    assert "31 August" not in said
    assert "1 June" not in said
    assert answer.text.startswith("No, not yet" if on < "2026-06-01" else "That is not confirmed.")


def test_a_check_is_the_same_through_every_door(starter: Starter, client: TestClient, lsip: Shell) -> None:
    asked = (
        "We are an FE college: must we make an accountability statement for 2026-27?",
        "Could our council be designated as the ERB?",
        "We are a university: could we lead an LSIF bid?",
        "We're a private training provider in Leeds, do the LSIP duties apply to us?",
    )
    for question in asked:
        assert other_doors(client, ask(starter, question)) == "same", question


def test_a_check_is_a_conversation_that_takes_replies_doubts_and_corrections(starter: Starter) -> None:
    turns: list[tuple[str, str]] = [("user", "Do the LSIP duties apply to us? We are a training company in Leeds.")]
    first = ask(starter, turns[0][1])
    assert first.status == "clarify"
    assert first.choices
    said = first
    for reply in ("yes", "yes", "yes", "yes"):
        turns.append(("assistant", said.text))
        said = ask(starter, reply, "", *turns)
        turns.append(("user", reply))
        if said.findings[0]["outcome"] != "not_enough_information":
            break
    assert said.findings[0]["outcome"] == "eligible"
    turns.append(("assistant", said.text))
    corrected = ask(starter, "Actually, we get no public money at all", "", *turns)
    assert corrected.findings[0]["outcome"] == "not_eligible"
    doubting = ask(starter, "I don't know", "", *turns[:1], ("assistant", first.text))
    assert doubting.findings[0]["outcome"] == "not_enough_information"
    assert "not known" in doubting.interpreted_question


def test_choices_lead_on_without_a_conversation(starter: Starter) -> None:
    first = ask(starter, "Does the accountability statement apply to our council for 2026-27?")
    assert first.status == "answered_partly", "most is known: the rule is told, and the sum asked for"
    assert "more than £1 million" in first.text
    assert "How much post-16 provision" in first.text
    again = ask(starter, "We are a college: do the LSIP duties reach us?")
    followed = ask(starter, again.choices[0].question)
    assert len(followed.findings[0]["facts"]) == len(again.findings[0]["facts"]) + 1


def test_a_closed_fund_leads_with_that_it_is_closed(starter: Starter) -> None:
    answer = ask(starter, "We are a college in Preston: can we lead an LSIF stage 2 bid?")
    assert "is closed" in answer.text.split(". ")[0]
    assert "Myerscough College" in answer.text
    assert "No successor" in answer.text
    assert "North and Western Lancashire Chamber" in answer.text


def test_both_sides_of_a_difference_are_shown(starter: Starter) -> None:
    answer = ask(starter, "Which is right on removing an ERB: does the Act or Annex C list the grounds? They differ.")
    assert "The law" in answer.text
    assert "Statutory guidance" in answer.text
    assert answer.text.index("The law") < answer.text.index("Statutory guidance")


def test_what_changed_quotes_both_editions_and_says_of_when(starter: Starter) -> None:
    answer = ask(starter, "What changed between the 2023 and 2025 guidance?")
    assert {c.in_force for c in answer.citations} == {True, False}
    for c in answer.citations:
        assert starter.app.catalogue.text(c.version_id)[c.start : c.end] == c.quote
    finding = answer.findings[0]
    assert (finding["from"], finding["to"]) == ("2023-12-31", "2025-12-31")


def test_the_calendar_and_the_terminal_show_the_same_events(lsip: Shell, tmp_path: Path) -> None:
    target = tmp_path / "lsif.ics"
    assert lsip("timeline", "--fund", "lsif", "--ics", str(target), "--json") == 0
    events: list[dict[str, Any]] = lsip.json()["events"]
    exact = [e["id"] for e in events if e["precision"] == "day"]
    assert target.read_text(encoding="utf-8").count("BEGIN:VEVENT") == len(exact)
    assert lsip("timeline", "--fund", "lsif") == 0
    assert all(e["title"] in lsip.out for e in events)
    assert lsip("timeline", "--fund", "lsif", "--from", "2030-01-01") == 1
    assert lsip("timeline", "--kind", "party", "--json") == 2
    assert json.loads(lsip.out)["remedy"]


def test_changes_on_the_command_line(lsip: Shell) -> None:
    assert lsip("changes", "act-section-1", "--from", "2024-01-01", "--to", "2026-01-01", "--json") == 0
    found = lsip.json()
    assert {c["kind"] for c in found["changes"]} <= {"added", "removed", "reworded"}
    assert lsip("changes", "act-section-1", "--from", "2026-01-01", "--to", "2024-01-01", "--json") == 2
    assert lsip("changes", "no-such-thing", "--from", "2024-01-01", "--json") == 1
    assert lsip("changes", "act-section-1", "--from", "2025-07-01", "--to", "2025-08-01") == 1


def test_the_examples_are_what_the_commands_print(lsip: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LSIP_TODAY": examples_page.TODAY, "COLUMNS": examples_page.WIDTH, "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> tuple[int, str]:
        code = lsip(*arguments)
        return code, lsip.out + lsip.err

    written = (DOCS / "examples.md").read_text(encoding="utf-8")
    assert written == examples_page.page(run), "run: python -m tests.generated"


@pytest.mark.parametrize(
    ("question", "begins", "says"),
    [
        (
            "Is Hertfordshire Chamber of Commerce the ERB for Hertfordshire?",
            "Yes. ",
            "Hertfordshire Chamber of Commerce",
        ),
        ("Is Greater Birmingham Chamber the lead body?", "No. ", "Coventry and Warwickshire Chamber of Commerce"),
        ("Does Dorset Chamber lead the plan for Somerset?", "No. ", "Business West"),
    ],
)
def test_whether_a_body_leads_is_said_by_who_does(starter: Starter, question: str, begins: str, says: str) -> None:
    answer = ask(starter, question)
    assert answer.text.startswith(begins)
    assert says in answer.text.partition("[1]")[0]


@pytest.mark.parametrize(
    "question",
    [
        "Is MidKent College the lead college for T Levels in Kent?",
        "Has any ERB been removed by notice?",
        "Can we get a grant from the Kent chamber?",
        "Do learners have a say in the plan?",
    ],
)
def test_what_no_sentence_settles_gets_no_yes_or_no(starter: Starter, question: str) -> None:
    assert not ask(starter, question).text.startswith(("Yes", "No.", "No,"))


def test_who_leads_comes_with_the_page_to_reach_them_by(starter: Starter) -> None:
    answer = ask(starter, "Which chamber runs the plan for Hartlepool and how do I get in touch?")
    assert answer.status == "answered"
    assert "https://www.necc.co.uk" in answer.plain
    other = ask(starter, "Who is the ERB in Guildford and who is the named person to call?")
    assert other.status == "answered_partly"


def test_who_led_before_and_who_leads_now_are_both_told(starter: Starter) -> None:
    answer = ask(starter, "Who led Somerset before Business West, and who leads it now?")
    assert "Business West" in answer.plain
    assert "Devon & Plymouth Chamber of Commerce" in answer.plain


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is the October 2022 LSIP guidance still valid?", "No."),
        ("Was the stage 2 guidance of 2023 still in use in January 2025?", "Yes."),
        ("Has the 2025 guidance been replaced?", "No."),
        ("Is the Act of 2022 still in force?", "Yes."),
        ("Had the LSIF been launched by April 2023?", "No."),
    ],
)
def test_whether_it_was_in_force_or_had_happened_begins_with_yes_or_no(
    starter: Starter, question: str, begins: str
) -> None:
    answer = ask(starter, question)
    assert answer.text.startswith(begins)
    assert all(c.in_force for c in answer.citations)


def test_what_a_past_edition_said_is_told_as_of_its_time(starter: Starter) -> None:
    answer = ask(starter, "In the stage 2 guidance, who had to report each year?")
    assert answer.as_of == date(2025, 11, 17)
    assert "the answer is as of 17 November 2025" in answer.text


def test_the_year_of_a_thing_is_not_the_time_asked_about(starter: Starter) -> None:
    assert ask(starter, "Who is bound by the Act of 2022?").as_of > date(2026, 1, 1)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How much LSIF money went to the North West altogether?", "four, £19,999,989 in all."),
        ("Is every LSIP led by a chamber?", "No. LSIP areas not led by a chamber: six."),
        ("Which LSIP area covers the most districts?", "The largest number of council districts among LSIP areas:"),
        ("Which plans were published after June 2026?", "after June 2026: three."),
        ("Does Cumbria have more councils than Lancashire?", "No. Cumbria: two council districts; Lancashire: 14"),
    ],
)
def test_what_stands_in_no_sentence_is_worked_out(starter: Starter, question: str, first: str) -> None:
    answer = ask(starter, question, "2026-11-26")
    assert answer.findings[0]["kind"] == "table"
    assert first in answer.plain.splitlines()[0]


def test_a_table_is_not_asked_for_what_its_columns_do_not_hold(starter: Starter) -> None:
    for question in (
        "Which area has the most employers?",
        "Which plans mention hydrogen?",
        "Who leads the plan in Kent?",
    ):
        assert all(f.get("kind") != "table" for f in ask(starter, question, "2026-11-26").findings)


@pytest.mark.parametrize("question", ["Who is our ERB?", "which plan covers us?", "who is the body for our area"])
def test_who_asks_of_their_own_area_is_asked_where_that_is(starter: Starter, question: str) -> None:
    back = ask(starter, question)
    assert back.status == "clarify"
    assert back.text.endswith("?")
    told = ask(starter, "Telford", "", ("user", question), ("assistant", back.text))
    assert told.status == "answered"
    assert "The Marches" in told.plain
    assert "Marches" in ask(starter, question, area="The Marches").plain


def test_a_named_place_is_not_asked_for_again(starter: Starter) -> None:
    assert ask(starter, "We're a bakery in Poole, who is our ERB?").status == "answered"


def test_another_section_of_the_act_is_no_answer(starter: Starter) -> None:
    assert "section 52B" not in ask(starter, "What's section 1(5) about?").plain


@pytest.mark.parametrize(
    ("turns", "said", "quoted"),
    [
        (
            ("How much LSIF did Greater Manchester get?", "and Lancashire?", "which got more and by how much"),
            "Greater Manchester has more: £8.5 million against £4.5 million, a difference of £4 million.",
            ("£8.5 million", "£4.5 million"),
        ),
        (
            ("How much LSIF went to Staffordshire?", "and South-East Midlands?", "add those up"),
            "£3.2 million and just over £5.2 million come to about £8.4 million.",
            ("£3.2 million", "just over £5.2 million"),
        ),
        (
            ("How many replies did the Cheshire and Warrington survey get?", "and the Cumbria one?", "difference?"),
            "Cumbria has more: 213 against 184, a difference of 29.",
            ("213", "184"),
        ),
    ],
)
def test_figures_of_several_turns_are_reckoned_with(
    starter: Starter, turns: tuple[str, ...], said: str, quoted: tuple[str, ...]
) -> None:
    *earlier, last = turns
    answer = ask(starter, last, "", *(("user", turn) for turn in earlier))
    assert answer.status is AnswerStatus.ANSWERED and said in answer.plain
    assert all(any(figure in c.quote for c in answer.citations) for figure in quoted)


def test_a_figure_that_is_not_held_is_missing_and_nothing_is_worked_out(starter: Starter) -> None:
    answer = ask(starter, "combined?", "", ("user", "How much LSIF did Essex get?"), ("user", "and Hertfordshire?"))
    assert answer.status is AnswerStatus.ANSWERED_PARTLY
    assert "£5.55 million" in answer.plain and " come to " not in answer.plain
    assert "Hertfordshire" in answer.text


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("Our college thinks the plan is wrong. Can we ignore the LSIP?", "does not satisfy the duty"),
        ("Must our governors publish the local needs review on our website?", "must publish its local needs review"),
        ("We teach in Hull. Could the plan of a neighbouring area bind us?", "based outside an LSIP area"),
        ("We're a college in Wakefield. Are we bound by the South Yorkshire plan?", "based outside an LSIP area"),
    ],
)
def test_a_rule_is_said_before_what_it_turns_on_is_asked(starter: Starter, question: str, rule: str) -> None:
    answer = ask(starter, question)
    assert answer.status == "answered_partly"
    assert rule in answer.plain.splitlines()[0]
    assert answer.findings[0]["outcome"] == "not_enough_information"
    assert any("The outcome depends on:" in b.text for b in answer.blocks if b.type == "note")


def test_a_check_goes_on_behind_a_rule_that_was_said(starter: Starter) -> None:
    first = ask(starter, "We're a college in Wakefield. Are we bound by the South Yorkshire plan?")
    said: list[tuple[str, str]] = [
        ("user", "We're a college in Wakefield. Are we bound by the South Yorkshire plan?")
    ]
    answer = ask(starter, "yes", "", *said, ("assistant", first.text))
    assert answer.findings[0]["facts"]["post_16_technical"] == "yes"


def test_a_deadline_is_none_for_one_whom_its_rule_leaves_out(starter: Starter) -> None:
    told = ask(
        starter, "We are an independent trainer in Wigan - have we missed the accountability statement deadline?"
    )
    assert told.plain.startswith("No accountability statement is due")
    assert "31 July" in ask(starter, "We are an FE college - when is our accountability statement due?").plain
