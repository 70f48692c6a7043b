"""Decision tables are read from YAML, filled in with shared facts, and refused by name when anything is wrong."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingestion.facts.decision_tables import load_check, load_checks, problems, sources_of
from tests.fakes.checks import (
    HIVE_RETURN,
    KEEPER,
    ORCHARD_GRANT,
    SECOND_EDITION,
    checks,
    hive_return,
    orchard_grant,
    row,
)
from vectorstore.errors import BadFileError
from vectorstore.rules.model import Check

NEVER = row("HR-8", "eligible", "So.", when={"sales": {"more_than": 5, "less_than": 5}}, valid_from=SECOND_EDITION)
SHARED: dict[str, Any] = {"keeper": {k: v for k, v in KEEPER.items() if k != "id"}}


def written(folder: Path, table: object, name: str = "hive.yaml") -> Path:
    """`table` as YAML in the folder of checks; text is written as it is."""
    path = folder / "checks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(table if isinstance(table, str) else yaml.safe_dump(table), encoding="utf-8")
    return path


def changed(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(HIVE_RETURN), **changes}


def with_row(number: int, **changes: Any) -> dict[str, Any]:
    """The table of the duty with one row changed."""
    rows = deepcopy(HIVE_RETURN["rows"])
    rows[number] = {**rows[number], **changes}
    return changed(rows=rows)


def using(**fact: Any) -> dict[str, Any]:
    """The table of the duty with its first fact taken from the shared ones."""
    return changed(facts=[fact, *HIVE_RETURN["facts"][1:]])


def refusal(path: Path, shared: dict[str, Any] | None = None) -> BadFileError:
    with pytest.raises(BadFileError) as refused:
        load_check(path, shared)
    assert "docs/add-a-fund.md" in refused.value.remedy
    return refused.value


def test_a_sound_table_is_read(tmp_path: Path) -> None:
    assert load_check(written(tmp_path, HIVE_RETURN)) == hive_return()
    assert load_check(written(tmp_path, ORCHARD_GRANT)) == orchard_grant()


def test_bare_words_of_yaml_are_read_as_the_table_means_them(tmp_path: Path) -> None:
    text = """
        id: made
        title: Made
        question: Is it so?
        topic: law
        about: Made up.
        outcomes: {eligible: It is., not_eligible: It is not.}
        facts: [{id: a, type: yes_no, label: A, question: "Is it A?"}]
        rows:
          - {id: R1, when: {a: yes}, outcome: eligible, text: So., sources: [S1], evidence: primary}
          - {id: R2, when: {a: [no]}, outcome: not_eligible, text: Not., sources: [S1], evidence: primary}
          - {id: R3, outcome: eligible, text: So., sources: [S1], evidence: primary, when: {a: yes},
             valid_from: 2023-01-01}
    """
    check = load_check(written(tmp_path, text))
    assert [r.when["a"].one_of for r in check.rows] == [("yes",), ("no",), ("yes",)]
    assert [r.valid_from for r in check.rows] == [None, None, date(2023, 1, 1)]


@pytest.mark.parametrize("text", ["id: [", "facts: {a: b", "\tid: made", "id: !!python/object:os.system {}"])
def test_bad_yaml_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(written(tmp_path, text)).message == "hive.yaml cannot be read."


def test_a_file_that_is_not_utf_8_or_not_there_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    path.write_bytes(b"id: \xff\xfe")
    assert refusal(path).message == "hive.yaml cannot be read."
    path.unlink()
    assert refusal(path).message == "hive.yaml cannot be read."


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(written(tmp_path, text)).message.startswith("hive.yaml: the table: ")


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (changed(colour="red"), "colour: extra inputs are not permitted"),
        (with_row(2, colour="red"), "rows.2.colour: extra inputs are not permitted"),
        (changed(facts=[{**KEEPER, "colour": "red"}]), "facts.0.colour: extra inputs are not permitted"),
        (with_row(0, when={"sales": {"above": 5}}), "rows.0.when.sales.above: extra inputs are not permitted"),
        (with_row(1, outcome="perhaps"), "rows.1.outcome: "),
        (with_row(1, valid_from="in spring"), "rows.1.valid_from: "),
        (with_row(0, when={"keeper": ["king"]}), "row hr-1: keeper has no value 'king'"),
        (with_row(0, when={"colour": ["red"]}), "row hr-1 asks for 'colour'"),
        (with_row(0, when={"sales": ["much"]}), "row hr-1: the condition on sales is none for a number"),
        (with_row(0, when={"keeper": {"at_most": 5}}), "row hr-1: the condition on keeper is none for a choice"),
        (changed(facts=[*HIVE_RETURN["facts"], KEEPER]), "a fact stands twice"),
        (changed(facts="none"), "facts: "),
        (changed(rows=[]), "rows: "),
    ],
)
def test_what_does_not_belong_in_a_table_is_refused_with_its_place(
    tmp_path: Path, table: dict[str, Any], where: str
) -> None:
    message = refusal(written(tmp_path, table)).message
    assert message.startswith("hive.yaml: ")
    assert where in message


def test_a_day_that_no_calendar_has_is_refused(tmp_path: Path) -> None:
    text = yaml.safe_dump(HIVE_RETURN).replace("2024-04-01", "2024-04-31", 1)
    assert refusal(written(tmp_path, text)).message == "hive.yaml cannot be read."


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (with_row(2, outcome="eligible", when={}), "rows contradict on 2022-04-01: "),
        (changed(rows=HIVE_RETURN["rows"][:-1]), "no row says what follows on 2022-04-01 from "),
        (changed(rows=[*HIVE_RETURN["rows"], NEVER]), "row HR-8 can never hold"),
    ],
)
def test_a_table_that_is_not_sound_is_refused_by_its_name(
    tmp_path: Path, table: dict[str, Any], problem: str
) -> None:
    assert refusal(written(tmp_path, table)).message.startswith(f"hive.yaml is not sound: {problem}")


def test_a_table_too_large_to_prove_is_refused_by_its_name(tmp_path: Path) -> None:
    facts = [{"id": f"f{n}", "type": "yes_no", "label": "F", "question": "F?"} for n in range(18)]
    rows = [row(f"R{n}", "eligible", "So.", when={f"f{n}": ["yes"]}) for n in range(18)]
    message = refusal(written(tmp_path, changed(facts=facts, rows=rows))).message
    assert message.startswith("hive.yaml is no decision table: hive-return has too many combinations to prove")


def test_a_shared_fact_is_filled_in(tmp_path: Path) -> None:
    assert load_check(written(tmp_path, using(use="keeper")), SHARED) == hive_return()


def test_a_tables_own_words_go_before_the_shared_ones(tmp_path: Path) -> None:
    check = load_check(written(tmp_path, using(use="keeper", label="Keeper", help="Yours.")), SHARED)
    assert (check.facts[0].label, check.facts[0].help) == ("Keeper", "Yours.")
    assert check.facts[0].question == KEEPER["question"]
    assert check.facts[0].values == hive_return().facts[0].values


def test_a_shared_fact_may_go_by_another_id(tmp_path: Path) -> None:
    rows = [row("R", "eligible", "So.", when={"seller": ["grower"]})]
    rows.append(row("S", "not_eligible", "Not.", when={"seller": ["village_college", "upper_college", "other"]}))
    table = changed(facts=[{"use": "keeper", "id": "seller"}], rows=rows)
    assert [f.id for f in load_check(written(tmp_path, table), SHARED).facts] == ["seller"]


def test_values_of_a_shared_fact_are_chosen_by_id_beside_a_tables_own(tmp_path: Path) -> None:
    own = {"id": "king", "label": "king"}
    rows = [row("R", "eligible", "So.", when={"keeper": ["king", "grower"]})]
    table = changed(facts=[{"use": "keeper", "values": ["grower", own]}], rows=rows)
    [keeper] = load_check(written(tmp_path, table), SHARED).facts
    assert [(v.id, v.label, v.said) for v in keeper.values] == [
        ("grower", "market grower", r"\b(?:market )?growers?\b"),
        ("king", "king", ""),
    ]


def test_a_value_that_the_shared_fact_lacks_is_refused(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, using(use="keeper", values=["grower", "king"])), SHARED).message
    assert message.startswith("hive.yaml: facts.0.values.1: ")


@pytest.mark.parametrize("shared", [None, {}, SHARED])
def test_an_unknown_shared_fact_is_refused(tmp_path: Path, shared: dict[str, Any] | None) -> None:
    message = refusal(written(tmp_path, using(use="wings")), shared).message
    assert message == "hive.yaml is no decision table: there is no shared fact 'wings'."


def test_a_folder_is_read_by_file_name_with_its_shared_facts(tmp_path: Path) -> None:
    written(tmp_path, using(use="keeper"), "b.yaml")
    written(tmp_path, ORCHARD_GRANT, "a.yaml")
    (tmp_path / "shared_facts.yaml").write_text(yaml.safe_dump(SHARED), encoding="utf-8")
    assert load_checks(tmp_path) == (orchard_grant(), hive_return())


def test_a_folder_may_hold_no_tables_and_no_shared_facts(tmp_path: Path) -> None:
    assert load_checks(tmp_path) == ()
    written(tmp_path, HIVE_RETURN)
    assert load_checks(tmp_path) == (hive_return(),)


def test_one_bad_table_of_a_folder_is_named(tmp_path: Path) -> None:
    written(tmp_path, HIVE_RETURN, "a.yaml")
    written(tmp_path, "id: [", "b.yaml")
    with pytest.raises(BadFileError, match=r"^b\.yaml cannot be read\."):
        load_checks(tmp_path)


@pytest.mark.parametrize("text", ["- keeper\n", "words", "id: ["])
def test_shared_facts_that_are_no_table_are_refused(tmp_path: Path, text: str) -> None:
    written(tmp_path, HIVE_RETURN)
    (tmp_path / "shared_facts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadFileError, match=r"^shared_facts\.yaml "):
        load_checks(tmp_path)


def valid(table: dict[str, Any]) -> Check:
    return Check.model_validate(table)


def test_tables_that_fit_together_have_no_problems() -> None:
    assert list(problems(checks().values(), {"return-due"})) == []


def test_ids_that_stand_twice_are_found() -> None:
    twice = valid(changed(id="other-return"))
    assert list(problems([hive_return(), twice], {"return-due"})) == [
        f"the row HR-{n} stands twice" for n in range(1, 8)
    ]
    assert "the check hive-return stands twice" in list(problems([hive_return(), hive_return()], {"return-due"}))


def test_an_event_that_is_not_there_is_found() -> None:
    assert list(problems(checks().values(), set())) == [
        "hive-return: row HR-4 leads to the event return-due, which is not there"
    ]


@pytest.mark.parametrize(
    "table",
    [
        changed(asked_as="(hive"),
        changed(unless="(hive"),
        changed(facts=[*HIVE_RETURN["facts"], {**HIVE_RETURN["facts"][2], "id": "more", "said": "(hive"}]),
        changed(facts=[*HIVE_RETURN["facts"], {**HIVE_RETURN["facts"][1], "id": "more", "said_yes": "(hive"}]),
        changed(facts=[*HIVE_RETURN["facts"], {**HIVE_RETURN["facts"][1], "id": "more", "said_no": "(hive"}]),
        changed(facts=[*HIVE_RETURN["facts"], {**KEEPER, "id": "more", "values": [
            {"id": "v", "label": "v", "said": "(hive"}]}]),
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_be_read_is_found(table: dict[str, Any]) -> None:
    [found] = problems([valid(table)], {"return-due"})
    assert found.startswith("hive-return: the pattern '(hive' cannot be read: ")


def test_the_sources_of_checks_are_those_of_all_their_sentences() -> None:
    assert sources_of(checks().values()) == {"S1", "S2", "S3"}
    assert sources_of([hive_return()]) == {"S1"}
