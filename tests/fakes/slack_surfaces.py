"""Everything that Slack can be shown, drawn from the small libraries: for golden files and for hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answering.model import Answer, AnswerStatus, Choice, NextStep, Paragraph, Statement
from assistant.areas.report import AreasReport
from assistant.areas.report import Choice as Place
from assistant.slack import limits
from assistant.slack.drawing import checks, home, modals, reports, said
from assistant.slack.drawing.answer import all_sources, closing, spoken, whole
from assistant.slack.drawing.look import Drawn, Look
from tests.fakes import almanac, england, small_answers, widget_answers
from tests.fakes import checks as tables
from tests.fakes.small_library import TODAY, FakeLibrary

Payload = dict[str, Any]
Drawing = tuple[limits.Surface, Payload]
CHANNEL = "C0123456789"
LOOK = Look("https://assistant.example", TODAY, FakeLibrary(), "Lancashire", "person")
ALONE = Look("", TODAY, FakeLibrary())
ENGLAND_DAY = date(2026, 1, 15)
QUESTION = "Is the LSIF still open?"


def message(drawn: Drawn) -> Drawing:
    return "message", {"text": drawn.text, "blocks": drawn.blocks}


def view(made: Payload) -> Drawing:
    return ("home" if made["type"] == "home" else "modal"), made


def long_answer() -> Answer:
    """More statements than a message can hold."""
    said_so = tuple(
        Statement(text=f"Sentence {n}: " + "the body leads the plan of the area, " * 6, citations=(1,))
        for n in range(60)
    )
    return small_answers.answered().model_copy(update={"blocks": (Paragraph(statements=said_so),)})


def short_choices() -> Answer:
    labels = ("Lancashire", "Cumbria")
    made = tuple(Choice(label=label, question=f"What does the plan of {label} say?") for label in labels)
    return small_answers.answers()[AnswerStatus.CLARIFY].model_copy(update={"choices": made})


def answers() -> dict[str, Answer]:
    """Every status, and the shapes that differ within one."""
    made = {f"answer_{status}": answer for status, answer in small_answers.answers().items()}
    made |= {f"answer_shape_{name}": answer for name, answer in widget_answers.answers().items()}
    return made | {"answer_too_long": long_answer(), "answer_short_choices": short_choices()}


def areas(folder: Path) -> dict[str, AreasReport]:
    desk = england.desk(folder)
    choices = (Place(label="Newport in Telford and Wrekin", area="A03"), Place(label="Newport, Wight", area=None))
    several = AreasReport(query="Newport", as_of=ENGLAND_DAY, status="ambiguous", choices=choices, notes=("Which?",))
    return {
        "area_found": desk.report("Reedham", ENGLAND_DAY),
        "area_not_england": desk.report("Cardiff", ENGLAND_DAY),
        "area_unknown": desk.report("Nowhere", ENGLAND_DAY),
        "area_ambiguous": several,
    }


def surfaces(folder: Path) -> dict[str, Drawing]:
    """Each drawing by its name, with the surface it is for."""
    made: dict[str, Drawing] = {name: message(whole(answer, LOOK)) for name, answer in answers().items()}
    full = small_answers.answered()
    made["answer_ephemeral"] = message(whole(full, LOOK, ephemeral=True, asked=QUESTION))
    made["answer_without_pages"] = message(whole(full, ALONE))
    made["answer_too_long_without_pages"] = message(whole(long_answer(), ALONE))
    made["stream_statement"] = ("stream", {"markdown_text": spoken(full.blocks[0].statements[0])})  # type: ignore[union-attr]
    made["stream_closing"] = ("stream", {"blocks": closing(full, LOOK)})
    made["modal_sources"] = view(all_sources(full, LOOK))
    made["modal_sources_many"] = view(all_sources(widget_answers.answered(60), LOOK))
    for name, report in areas(folder).items():
        made[name] = message(reports.area_report(report, LOOK))
    made["area_now"] = message(reports.area_now(LOOK))
    made["area_now_none"] = message(reports.area_now(ALONE))
    made["timeline"] = message(reports.timeline_report(almanac.desk().report(almanac.TODAY), LOOK, "Reedshire"))
    made["timeline_empty"] = message(
        reports.timeline_report(almanac.desk().report(almanac.TODAY, fund="glade", kind="legal"), LOOK)
    )
    made |= dict(_checks())
    made |= dict(_modals())
    made |= {f"said_{name}": message(drawn) for name, drawn in _said().items()}
    return made


def _checks() -> Iterator[tuple[str, Drawing]]:
    desk = tables.desk(*tables.checks().values())
    listed = desk.checks(TODAY)
    yield "checks", message(checks.checks_report(listed))
    given_of: dict[str, tuple[int, dict[str, str]]] = {
        "yes": (0, {"keeper": "village_college", "public": "yes"}),
        "no": (0, {"public": "no"}),
        "open": (0, {"keeper": "grower", "public": "yes", "sales": "unknown"}),
        "begun": (0, {}),
        "number": (0, {"keeper": "grower", "public": "yes"}),
        "date": (1, {"keeper": "other", "in_group": "yes"}),
        "closed": (1, {"keeper": "village_college", "in_group": "yes", "area": "A02", "sent": "unknown"}),
    }
    for name, (n, given) in given_of.items():
        check = listed.checks[n]
        report = desk.report(check.id, given, TODAY)
        yield f"check_{name}", message(checks.check_report(report, LOOK))
        yield f"modal_check_{name}", view(checks.check_modal(check, given, report, LOOK))


def _modals() -> Iterator[tuple[str, Drawing]]:
    listed = tables.desk(*tables.checks().values()).checks(TODAY).checks
    holding = home.Holding(214, 300, date(2026, 11, 20), date(2026, 11, 22))
    asks = ("Is the LSIF still open?", "What must a college do once the plan is approved?")
    facts = home.HomeFacts(LOOK, "Local Skills Improvement Plans in England", holding, 30, asks, listed, CHANNEL)
    yield "home", view(home.home(facts))
    yield "home_bare", view(home.home(home.HomeFacts(ALONE, "", home.Holding(0, 0), 30)))
    yield "modal_ask", view(modals.ask_modal("Do <@U1> &amp; <#C1|chamber> know? <!here>", LOOK, most=500))
    yield "modal_area", view(modals.area_modal(ALONE))
    two = (("Newport in Telford", "A03"), ("Newport, Wight", "A04"))
    yield "modal_area_choices", view(modals.area_modal(LOOK, choices=two, problem="There are two."))
    many = tuple((f"Place {n}", f"A{n:02}") for n in range(30))
    yield "modal_area_many_choices", view(modals.area_modal(LOOK, choices=many))
    yield "modal_reasons", view(modals.reasons_modal("a-1"))
    for name, where in {"channel": CHANNEL, "mail": "help@chamber.example", "nobody": ""}.items():
        yield f"modal_person_{name}", view(modals.person_modal(QUESTION, "a-1", where))


def _said() -> dict[str, Drawn]:
    return {
        "busy": said.busy(),
        "failed": said.failed(),
        "limited": said.limited("2 minutes"),
        "closed": said.closed(),
        "not_admitted": said.not_admitted("https://chamber.example/help"),
        "nothing_asked": said.nothing_asked(),
        "expired": said.expired(),
        "thanks_up": said.thanks("up"),
        "thanks_down": said.thanks("down"),
        "deleted": said.deleted(3),
        "area_kept": said.area_kept("Dorset"),
        "area_cleared": said.area_cleared(),
        "person_told": said.person_told(CHANNEL),
        "person_asked": said.person_asked("U012345", QUESTION, "Please call.", "a-1", LOOK),
        "help": said.help_text("Local Skills Improvement Plans in England", LOOK, "+44 20 7946 0000"),
    }


def with_next_step(text: str) -> Answer:
    """An answer whose next step is `text`."""
    return small_answers.answered().model_copy(update={"blocks": (NextStep(text=text),)})
