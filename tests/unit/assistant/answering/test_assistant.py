"""The path from question to answer: steps in order, stops, failures, what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.assistant import Assistant, next_steps, resolve_area
from assistant.answering.assistant import Path as AnswerPath
from assistant.answering.consult import Consult, open_parts
from assistant.answering.model import Answer, AnswerStatus, Choice, Question, Related
from assistant.answering.origin import Origin
from assistant.answering.related import LISTED, related
from assistant.answering.turn import Draft, Finding, Step, Stop, Turn, Understanding
from prompts import message
from tests.fakes.catalogued import House, markdown, write
from tests.fakes.knowledge import AREAS, PROFILE, TODAY, drafted, hit, turn, version
from vectorstore.errors import KnowledgeError, UsageError
from vectorstore.model import Kind, Reference
from vectorstore.profile import CollectionProfile, NextStep
from vectorstore.snapshot import Snapshot

HIT = hit("A plan lasts three years.")


@dataclass
class Memory:
    """Remembers what was to be stored."""

    saved: list[tuple[Question, Answer]] = field(default_factory=list)

    def save(self, question: Question, answer: Answer, snapshot: Snapshot, origin: Origin) -> None:
        self.saved.append((question, answer))


def composed(made: Turn) -> Turn:
    draft = Draft((drafted(HIT, "A plan lasts three years."),), "extractive", made.as_of)
    return replace(made, draft=draft, confidence=0.9)


def partly(made: Turn) -> Turn:
    full = composed(made)
    assert full.draft is not None
    return replace(full, draft=replace(full.draft, missing="what it costs", notes=("Not found: what it costs.",)))


def broken(made: Turn) -> Turn:
    raise ValueError("secret detail")


def unusable(made: Turn) -> Turn:
    raise KnowledgeError("The indexes do not fit.", "Ingest again.")


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    house = House(tmp_path / "data")
    house.ingest(write(tmp_path / "in", {"a.md": markdown("A plan lasts three years.", title="A")}))
    yield Snapshot(house.catalogue, "k")
    house.catalogue.engine.dispose()


def assistant(snapshot: Snapshot, steps: Sequence[Step], memory: Memory | None = None) -> Assistant:
    path = AnswerPath([(f"step {n}", s) for n, s in enumerate(steps)], lambda: snapshot)
    return Assistant(lambda name: path, memory or Memory(), lambda: TODAY, "k")


def test_an_answer_is_assembled_timed_and_stored(snapshot: Snapshot) -> None:
    memory = Memory()
    made = assistant(snapshot, [composed], memory).ask(Question(question="How long?", conversation_id="c-1"))
    assert made.status is AnswerStatus.ANSWERED
    assert made.text == "A plan lasts three years. [1]"
    assert made.composer == "extractive"
    assert set(made.timings) == {"step 0", "total"}
    assert made.conversation_id == "c-1"
    assert [a.answer_id for _, a in memory.saved] == [made.answer_id]


def test_ids_are_new_for_every_answer(snapshot: Snapshot) -> None:
    asked = assistant(snapshot, [composed])
    one, two = (asked.ask(Question(question="How long?")) for _ in range(2))
    assert one.answer_id != two.answer_id
    assert one.conversation_id != two.conversation_id


def test_what_is_missing_makes_it_partly_answered(snapshot: Snapshot) -> None:
    made = assistant(snapshot, [partly]).ask(Question(question="How long, and what does it cost?"))
    assert made.status is AnswerStatus.ANSWERED_PARTLY
    assert "what it costs" in made.text
    assert "what it costs" not in made.plain


def test_a_stop_ends_the_path_without_a_citation(snapshot: Snapshot) -> None:
    def stop(made: Turn) -> Stop:
        near = (Related(title="T", url=None, section=None),)
        return Stop(AnswerStatus.NO_EVIDENCE, "Not held.", replace(made, confidence=0.9), related=near)

    made = assistant(snapshot, [stop, broken]).ask(Question(question="How long?"))
    assert made.status is AnswerStatus.NO_EVIDENCE
    assert made.citations == ()
    assert made.plain == ""
    assert made.confidence < 0.5
    assert [r.title for r in made.related] == ["T"]
    assert made.composer == "none"


def test_choices_of_a_clarification_are_shown(snapshot: Snapshot) -> None:
    def stop(made: Turn) -> Stop:
        return Stop(AnswerStatus.CLARIFY, "Which?", made, choices=(Choice(label="A", question="A?"),))

    made = assistant(snapshot, [stop]).ask(Question(question="How long?"))
    assert [c.question for c in made.choices] == ["A?"]


def test_a_failure_is_an_answer_that_gives_nothing_away(snapshot: Snapshot) -> None:
    memory = Memory()
    made = assistant(snapshot, [broken], memory).ask(Question(question="How long?"))
    assert made.status is AnswerStatus.FAILED
    assert "secret" not in made.model_dump_json()
    assert made.text == message("failed")
    assert len(memory.saved) == 1


def test_an_error_meant_for_a_person_is_raised(snapshot: Snapshot) -> None:
    with pytest.raises(KnowledgeError):
        assistant(snapshot, [unusable]).ask(Question(question="How long?"))


def test_an_unsound_answer_is_withheld(snapshot: Snapshot) -> None:
    def stale(made: Turn) -> Turn:
        old = hit("A plan lasts three years.", of=version(valid_to=date(2020, 1, 1)))
        return replace(made, draft=Draft((drafted(old, "A plan lasts three years."),), "extractive", made.as_of))

    made = assistant(snapshot, [stale]).ask(Question(question="How long?"))
    assert made.status is AnswerStatus.BLOCKED_OUTPUT
    assert made.citations == ()
    assert "three years" not in made.text


def test_the_date_asked_about_replaces_today(snapshot: Snapshot) -> None:
    asked = assistant(snapshot, [composed])
    assert asked.ask(Question(question="How long?")).as_of == TODAY
    assert asked.ask(Question(question="How long?", as_of=date(2024, 3, 1))).as_of == date(2024, 3, 1)


def test_an_unknown_area_is_wrong_usage(snapshot: Snapshot) -> None:
    with pytest.raises(UsageError, match="Atlantis"):
        assistant(snapshot, [composed]).ask(Question(question="How long?", area="Atlantis"))


def test_an_area_becomes_its_id() -> None:
    assert resolve_area(Question(question="Q?", area="wigan"), PROFILE, TODAY).area == "A02"
    assert resolve_area(Question(question="Q?"), PROFILE, TODAY).area is None
    with pytest.raises(UsageError):
        resolve_area(Question(question="Q?", area="wigan"), CollectionProfile(), TODAY)


ADVICE = PROFILE.model_copy(
    update={"next_steps": (NextStep(pattern=r"\bmoney\b", text="Ask the bank."),), "ask": "the chamber"}
)


def test_next_steps_are_those_of_the_collection() -> None:
    in_gm = Understanding(area=AREAS[1])
    assert next_steps(turn("Where is the money?", profile=ADVICE)) == ["Ask the bank."]
    assert next_steps(turn("Where is the map?", profile=ADVICE)) == [message("next_ask", ask="the chamber")]
    (step,) = next_steps(turn("Where is the map?", profile=ADVICE, understanding=in_gm))
    assert "GM Chamber" in step
    assert "https://gm.example/" in step
    assert next_steps(turn("Where is the money?", profile=CollectionProfile())) == []


def test_advice_on_places_that_are_not_covered_is_for_those_only() -> None:
    away = NextStep(pattern=r"\bwales\b", text="Ask its government.", outside=True)
    profile = CollectionProfile(next_steps=(away,))
    assert next_steps(turn("Is Wales covered?", profile=profile)) == []
    outside = Understanding(outside="Wales")
    assert next_steps(turn("Is Wales covered?", profile=profile, understanding=outside)) == ["Ask its government."]


def test_an_answered_question_needs_no_advice_whom_to_ask() -> None:
    assert next_steps(composed(turn("Where is the map?", profile=ADVICE))) == []


def test_engines_are_asked_in_order() -> None:
    @dataclass
    class Engine:
        name: str

        def consult(self, made: Turn) -> Sequence[Finding]:
            return [Finding(self.name, f"{self.name} says", ())]

    found = Consult([Engine("areas"), Engine("timeline")])(turn("Q?")).findings
    assert [f.engine for f in found] == ["areas", "timeline"]
    assert Consult()(turn("Q?")).findings == ()


def test_what_is_doubted_settles_nothing_for_the_engines_behind() -> None:
    class Engine:
        def consult(self, made: Turn) -> Sequence[Finding]:
            return [Finding("areas", "says", (), answers=".", leads=True)] if open_parts(made) else []

    def doubt(made: Turn) -> Turn:
        return replace(made, findings=tuple(replace(f, doubted=True) for f in made.findings))

    assert len(Consult([Engine(), Engine()])(turn("Q?")).findings) == 1
    assert len(Consult([Engine(), Engine()], doubt)(turn("Q?")).findings) == 2


def test_what_is_held_nearby_names_each_document_once_and_no_gap() -> None:
    page = Reference("The Act", "Parliament", "https://www.legislation.gov.uk/x")
    hits = [
        hit("Not held.", of=version(document_id="d0"), gap=True),
        hit("One.", of=version(document_id="d1", title="One"), heading=("H",)),
        hit("Two.", of=version(document_id="d1", title="One"), heading=("Other",)),
        hit("Three.", of=version(document_id="d2", kind=Kind.BRIEF, url=None, title="Brief"), rests_on=(page,)),
        *(hit("More.", of=version(document_id=f"e{n}")) for n in range(5)),
    ]
    listed = related(hits)
    assert len(listed) == LISTED
    assert (listed[0].title, listed[0].section) == ("One", "H")
    assert listed[1].url == "https://www.legislation.gov.uk/x"
    assert related([]) == ()


def test_what_is_held_nearby_is_named_without_links_of_its_own(snapshot: Snapshot) -> None:
    def stop(made: Turn) -> Stop:
        near = (Related(title="T [x](https://evil.example)", url="javascript:alert(1)", section="<b>S</b>"),)
        return Stop(AnswerStatus.NO_EVIDENCE, "Not held.", made, related=near)

    (near,) = assistant(snapshot, [stop]).ask(Question(question="How long?")).related
    assert near == Related(title="T x", url=None, section="S")
