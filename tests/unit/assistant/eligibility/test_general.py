"""A rule that answers whoever asks is said before anything is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.turn import Finding
from assistant.eligibility.general import put_generally
from tests.fakes.checks import TODAY, RuleShelf, facts, findings, hive_return
from tests.fakes.knowledge import turn
from vectorstore.facts import Fact
from vectorstore.model import Evidence
from vectorstore.profile import AreaName
from vectorstore.rules.model import General

RULE = "A keeper may owe a hive return in another valley if bees fly there."
SAID = Fact("hives", "rule", "hives", {}, None, None, Evidence.PRIMARY, ("S9",), "hives", RULE)
ELSEWHERE = General(asked_as=r"\banother valley\b", document=SAID.document, begins="A keeper may owe")
BETWEEN = General(asked_as=r"\bowe\b", areas=2, document=SAID.document, begins="A keeper may owe")


def found(text: str, *general: General, areas: tuple[AreaName, ...] = ()) -> Finding:
    check = hive_return().model_copy(update={"general": general})
    asked = turn(text, as_of=TODAY)
    asked = replace(asked, understanding=replace(asked.understanding, areas_named=areas))
    [finding] = findings(check, shelf=RuleShelf([*facts(check), SAID])).consult(asked)
    return finding


def test_the_rule_is_said_and_what_it_turns_on_beside_it() -> None:
    finding = found("We keep bees. Do we owe a hive return in another valley?", ELSEWHERE)
    assert finding.statements[0].text == RULE
    assert finding.asks is None
    assert (finding.leads, finding.told) == (True, True)
    assert any("Is any of its work paid for with public money?" in note for note in finding.notes)


def test_one_who_asks_of_others_is_told_the_rule_alone() -> None:
    finding = found("Does a college owe a hive return in another valley?", ELSEWHERE)
    assert finding.statements[0].text == RULE
    assert (finding.notes, finding.missing) == ((), "")


def test_what_settles_the_case_goes_before_the_rule() -> None:
    finding = found("We have no public money. Do we owe a hive return in another valley?", ELSEWHERE)
    assert finding.statements[0].text.startswith("No.")


@pytest.mark.parametrize(("named", "ruled"), [(1, False), (2, True)])
def test_a_rule_between_areas_wants_as_many_named(named: int, ruled: bool) -> None:
    areas = tuple(AreaName(id=f"A0{n}", name=f"Vale {n}", erb="", url="") for n in range(named))
    finding = found("Do we owe a hive return?", BETWEEN, areas=areas)
    assert (finding.asks is None) is ruled


def test_a_rule_that_no_text_in_force_states_is_not_said() -> None:
    gone = ELSEWHERE.model_copy(update={"begins": "A keeper never owes"})
    assert found("Do we owe a hive return in another valley?", gone).asks is not None


def test_a_rule_is_matched_alike_wherever_it_is_looked_for() -> None:
    check, text = hive_return().model_copy(update={"general": (BETWEEN,)}), "Do we owe a hive return?"
    assert put_generally(check, text) is BETWEEN
    assert put_generally(check, text, 1) is None
    assert put_generally(check.model_copy(update={"unless": "hive"}), text) is None
    assert put_generally(check, "When do we owe a hive return?") is None
