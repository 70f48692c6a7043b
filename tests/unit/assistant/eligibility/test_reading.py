"""Facts are read as people say them, and written so that they read back the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.reading import Known, parse_value, read_facts, read_reply, shown, stated
from tests.fakes.checks import checks, hive_return, orchard_grant
from vectorstore.errors import UsageError
from vectorstore.rules.model import AskedFact, Check, Value

DUTY, FUND = hive_return(), orchard_grant()
MILLION = Decimal(1_000_000)


def fact(ident: str) -> AskedFact:
    found = DUTY.fact(ident) or FUND.fact(ident)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are a village college, must we send a hive return?", {"keeper": "village_college"}),
        ("We're growers. Must we send a hive return?", {"keeper": "grower"}),
        ("MUST AN UPPER COLLEGE SEND ONE?", {"keeper": "upper_college"}),
        ("Our bee club has public money", {"keeper": "other", "public": "yes"}),
        ("Our bee club has no public money", {"keeper": "other", "public": "no"}),
        ("A grower with sales of £1.2 million", {"keeper": "grower", "sales": Decimal(1_200_000)}),
        ("A grower with a plot of 3 acres", {"keeper": "grower"}),
        ("Must we send a hive return?", {}),
    ],
)
def test_everyday_words_are_read(text: str, expected: Known) -> None:
    assert read_facts(DUTY, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Must growers who sell to a college send a return?", {"keeper": "grower"}),
        ("We are growers and sell to a college. Must we?", {"keeper": "grower"}),
        ("Does our grower owe what a college owes?", {"keeper": "grower"}),
        ("a college, or a grower", {}),
        ("an upper college", {"keeper": "upper_college"}),
        (
            "Can we wait if our board thinks the bee club is wrong? (village college clerk)",
            {"keeper": "village_college"},
        ),
        ("Village college in Elm here, and the growers ask: must we?", {"keeper": "village_college"}),
        ("Upper college near Elm, but we buy from a grower. Must we?", {"keeper": "upper_college"}),
        ("And us growers? Does the college decide?", {"keeper": "grower"}),
        ("Must our college send one if the bee club says not to?", {"keeper": "village_college"}),
        ("Can a college send it (the grower pays)?", {"keeper": "village_college"}),
    ],
)
def test_what_the_asker_is_goes_before_what_else_is_named(text: str, expected: Known) -> None:
    found = read_facts(DUTY, text)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are not a college, we are growers", {"keeper": "grower"}),
        ("We aren't an upper college", {}),
        ("We have no public money", {"public": "no"}),
        ("Without any public money", {"public": "no"}),
    ],
)
def test_what_is_denied_is_not_taken_as_said(text: str, expected: Known) -> None:
    assert read_facts(DUTY, text) == expected


def test_a_choice_may_have_a_value_for_none_of_them() -> None:
    values = [{"id": "flowers", "label": "flowers", "said": r"\bflowers\b"}, {"id": "none", "label": "none of these"}]
    asked = {"id": "sold", "type": "choice", "label": "Sold", "question": "What?", "values": values}
    sold = AskedFact.model_validate(asked)
    assert read_reply(sold, "we sell flowers") == (True, "flowers")
    assert read_reply(sold, "we do not sell flowers") == (True, "none")
    assert read_reply(sold, "None of these.") == (True, "none")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("our sales are about £1 million", {"sales": None}),
        ("our sales are around £950,000", {"sales": None}),
        ("our sales are roughly £1.1m", {"sales": None}),
        ("our sales are about £800,000", {"sales": Decimal(800_000)}),
        ("our sales are about £2 million", {"sales": Decimal(2_000_000)}),
        ("our sales are £1 million", {"sales": MILLION}),
        ("our sales are over £1 million", {"sales": MILLION + 1}),
    ],
)
def test_about_a_number_decides_only_far_from_the_threshold(text: str, expected: Known) -> None:
    assert read_facts(DUTY, text) == expected


@pytest.mark.parametrize(
    ("ident", "reply", "value"),
    [
        ("keeper", "village college", "village_college"),
        ("keeper", "Upper college.", "upper_college"),
        ("keeper", "grower", "grower"),
        ("keeper", "another kind of keeper", "other"),
        ("keeper", "village_college", "village_college"),
        ("keeper", "we are growers", "grower"),
        ("public", "yes", "yes"),
        ("public", "Yep, it is", "yes"),
        ("public", "No.", "no"),
        ("public", "nope", "no"),
        ("public", "it isn't", "no"),
        ("public", "there is a council grant", "yes"),
        ("public", "there is no public money", "no"),
        ("sales", "£1.2 million", Decimal(1_200_000)),
        ("sales", "we make over £1 million", MILLION + 1),
        ("sent", "on 20 June 2023", date(2023, 6, 20)),
        ("sent", "2023-06-20", date(2023, 6, 20)),
        ("area", "Reedham", "Reedham"),
        ("area", "King's Reach.", "King's Reach"),
    ],
)
def test_a_reply_answers_the_question_put(ident: str, reply: str, value: Value) -> None:
    assert read_reply(fact(ident), reply) == (True, value)


@pytest.mark.parametrize("ident", ["keeper", "public", "sales", "sent", "area"])
@pytest.mark.parametrize("reply", ["I don't know", "i do not know", "dunno", "not sure", "I'm not sure", "Unknown"])
def test_a_reply_may_be_that_they_do_not_know(ident: str, reply: str) -> None:
    assert read_reply(fact(ident), reply) == (True, None)


@pytest.mark.parametrize(
    ("ident", "reply"),
    [
        ("keeper", "who led the plan in Reedham?"),
        ("keeper", "a shepherd"),
        ("public", "what does that mean?"),
        ("sales", "what counts as honey?"),
        ("sent", "in June 2023"),
        ("area", "the one with all the rivers and the two old bridges"),
    ],
)
def test_other_words_are_no_reply(ident: str, reply: str) -> None:
    assert read_reply(fact(ident), reply) == (False, None)


@pytest.mark.parametrize(
    ("ident", "given_text", "value"),
    [
        ("keeper", "GROWER", "grower"),
        ("keeper", " market grower ", "grower"),
        ("public", "Yes", "yes"),
        ("sales", "1.2 million", Decimal(1_200_000)),
        ("sent", "2023-06-20", date(2023, 6, 20)),
        ("area", "Reedham", "Reedham"),
        ("keeper", "", None),
        ("public", "unknown", None),
        ("sales", "Don't know", None),
        ("sent", "not known", None),
        ("area", "?", None),
    ],
)
def test_a_form_gives_ids_labels_or_that_it_is_not_known(ident: str, given_text: str, value: Value | None) -> None:
    assert parse_value(fact(ident), given_text) == value


@pytest.mark.parametrize(
    ("ident", "given_text", "remedy"),
    [
        ("keeper", "king", "Give one of: village_college, upper_college, grower, other, unknown."),
        ("public", "maybe", "Give one of: yes, no, unknown."),
        ("sales", "a lot", "Write it as 1200000 or 1.2 million."),
        ("sent", "in spring", "Write it as YYYY-MM-DD."),
        ("sent", "2023-02-30", "Write it as YYYY-MM-DD."),
    ],
)
def test_a_form_value_that_cannot_be_says_what_can(ident: str, given_text: str, remedy: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_value(fact(ident), given_text)
    assert refused.value.remedy == remedy
    assert repr(given_text) in refused.value.message


@pytest.mark.parametrize(
    ("ident", "value", "text"),
    [
        ("keeper", "grower", "market grower"),
        ("public", "yes", "yes"),
        ("sales", Decimal(1_200_000), "£1,200,000"),
        ("sent", date(2023, 6, 2), "2 June 2023"),
        ("area", "Reedham", "Reedham"),
        ("keeper", None, "not known"),
    ],
)
def test_values_are_shown_as_people_read_them(ident: str, value: Value | None, text: str) -> None:
    assert shown(fact(ident), value) == text


def test_a_number_of_other_things_has_its_unit_behind_it() -> None:
    hives = AskedFact.model_validate(
        {"id": "hives", "type": "number", "unit": "hives", "label": "Hives", "question": "How many?"}
    )
    assert shown(hives, Decimal(1_200)) == "1,200 hives"


def test_facts_known_are_stated_in_the_order_of_asking() -> None:
    facts: Known = {"sales": MILLION, "keeper": "grower", "public": None}
    said = "Kind of keeper: market grower; Paid for publicly: not known; Yearly sales: £1,000,000"
    assert stated(DUTY, facts) == f"{DUTY.question} {said}"
    assert stated(DUTY, {}) == DUTY.question


PLACES = st.sampled_from(["Reedham", "A02", "Southwold and Ely", "King's Reach", "RE2 3CD"])


def values_of(asked: AskedFact) -> st.SearchStrategy[Value | None]:
    if asked.choices:
        return st.sampled_from([*(c.id for c in asked.choices), None])
    if asked.type == "number":
        pounds = st.integers(0, 10**12).map(Decimal) | st.decimals(0, 10**9, places=2)
        return pounds | st.none()
    if asked.type == "date":
        return st.dates(date(2000, 1, 1), date(2099, 12, 31)) | st.none()
    return PLACES | st.none()


def facts_of(check: Check) -> st.SearchStrategy[tuple[Check, Known]]:
    """A check with any values of any of its facts."""
    known: st.SearchStrategy[Known] = st.fixed_dictionaries({}, optional={f.id: values_of(f) for f in check.facts})
    return known.map(lambda facts: (check, facts))


@given(st.one_of([facts_of(c) for c in checks().values()]))
def test_facts_stated_are_read_back_the_same(case: tuple[Check, Known]) -> None:
    check, facts = case
    assert read_facts(check, stated(check, facts)) == facts


@given(st.one_of([facts_of(c) for c in checks().values()]))
def test_what_a_question_states_goes_before_what_stands_in_front_of_it(case: tuple[Check, Known]) -> None:
    check, facts = case
    found = read_facts(check, f"We are a bee club. {stated(check, facts)}")
    assert found == {"keeper": "other", **facts}


@given(st.sampled_from([DUTY, FUND]), st.text(max_size=200))
def test_no_text_makes_reading_fail_or_gives_a_value_that_is_none(check: Check, text: str) -> None:
    for ident, value in read_facts(check, text).items():
        asked = check.fact(ident)
        assert asked is not None
        allowed = {c.id for c in asked.choices}
        assert value in allowed if allowed else isinstance(value, str | Decimal | date)


def test_a_value_that_holds_alone_gives_way_to_another() -> None:
    keeper = fact("keeper")
    lone = keeper.model_copy(
        update={"values": tuple(c.model_copy(update={"alone": c.id == "grower"}) for c in keeper.choices)}
    )
    assert read_reply(lone, "half growers, half a bee club")[1] == "other"
    assert read_reply(lone, "growers")[1] == "grower"
