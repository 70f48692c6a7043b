"""The editions of a document and of what it replaced, and which of them were in force on a date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.changes.editions import family, on_date
from tests.fakes.editions import ACT, AMENDED, ENACTED, GUIDED, NEW_GUIDANCE, OLD_GUIDANCE, REISSUED, Editions, text
from vectorstore.errors import NotFoundError
from vectorstore.model import Status

EVE = timedelta(days=1)


def ids(document: str) -> set[str]:
    return {v.version_id for v in family(Editions(), "lsip", document)}


def in_force(document: str, on: date) -> list[str]:
    return [v.version_id for v in on_date(family(Editions(), "lsip", document), document, on)]


def test_a_document_has_its_own_versions() -> None:
    assert ids(ACT) == {"act-2022", "act-2025"}
    assert ids("leaflet") == {"leaflet-v"}


@pytest.mark.parametrize("document", [OLD_GUIDANCE, NEW_GUIDANCE])
def test_what_replaced_it_belongs_to_it_from_either_side(document: str) -> None:
    assert ids(document) == {"guidance-2022-v", "guidance-2025-v"}


@pytest.mark.parametrize("document", ["a", "b", "c"])
def test_a_chain_of_replacements_is_followed_to_both_ends(document: str) -> None:
    held = [
        text([("", "one")], version_id="va", document_id="a", superseded_by="vb"),
        text([("", "two")], version_id="vb", document_id="b", superseded_by="vc"),
        text([("", "three")], version_id="vc", document_id="c"),
    ]
    assert {v.version_id for v in family(Editions(held), "lsip", document)} == {"va", "vb", "vc"}


def test_a_replacement_that_is_not_held_is_left_out() -> None:
    held = [text([("", "one")], version_id="va", document_id="a", superseded_by="gone")]
    assert [v.version_id for v in family(Editions(held), "lsip", "a")] == ["va"]


@pytest.mark.parametrize(("collection", "document"), [("lsip", "no-such"), ("other", ACT)])
def test_an_unknown_document_is_not_found(collection: str, document: str) -> None:
    with pytest.raises(NotFoundError, match=f"no document '{document}'") as caught:
        family(Editions(), collection, document)
    assert "lsip documents" in caught.value.remedy


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (ENACTED - EVE, []),
        (ENACTED, ["act-2022"]),
        (AMENDED - EVE, ["act-2022"]),
        (AMENDED, ["act-2025"]),
        (date(2040, 1, 1), ["act-2025"]),
    ],
)
def test_one_version_of_the_act_is_in_force_on_each_day(on: date, expected: list[str]) -> None:
    assert in_force(ACT, on) == expected


@pytest.mark.parametrize("document", [OLD_GUIDANCE, NEW_GUIDANCE])
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (GUIDED - EVE, []),
        (GUIDED, ["guidance-2022-v"]),
        (REISSUED - EVE, ["guidance-2022-v"]),
        (REISSUED, ["guidance-2025-v"]),
    ],
)
def test_on_a_day_that_is_not_its_own_its_family_stands_in(document: str, on: date, expected: list[str]) -> None:
    assert in_force(document, on) == expected


def test_its_own_version_goes_before_others_in_force() -> None:
    held = [
        text([("", "one")], version_id="va", document_id="a", superseded_by="vb"),
        text([("", "two")], version_id="vb", document_id="b"),
    ]
    versions = family(Editions(held), "lsip", "a")
    assert [v.version_id for v in on_date(versions, "a", REISSUED)] == ["va"]
    assert [v.version_id for v in on_date(versions, "b", REISSUED)] == ["vb"]


def test_a_draft_is_never_in_force() -> None:
    held = [text([("", "one")], version_id="va", document_id="a", status=Status.DRAFT)]
    assert on_date(family(Editions(held), "lsip", "a"), "a", REISSUED) == []
