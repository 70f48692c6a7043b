"""Which versions a question may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.fakes.catalogued import House, markdown, write
from vectorstore.errors import UnknownCollectionError
from vectorstore.scope import Scope
from vectorstore.snapshot import Snapshot

ON = date(2024, 6, 1)
DATED = {
    "old.md": markdown("Old text.", document="g", valid_from="2022-01-01"),
    "new.md": markdown("New text.", document="g", valid_from="2024-01-01"),
    "kent.md": markdown("Kent text.", document="kent", area="A02", valid_from="2022-01-01"),
}


def seen(house: House, scope: Scope) -> set[str]:
    """Paths of the versions inside `scope`."""
    versions = house.catalogue.versions("k")
    if scope.only is not None:
        return {v.path for v in versions if v.version_id in scope.only}
    return {v.path for v in versions if v.version_id not in (scope.without or ())}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "data")


def taken(house: House, tmp_path: Path, **more: str) -> Snapshot:
    house.ingest(write(tmp_path / "src", {**DATED, **{f"{k}.md": v for k, v in more.items()}}))
    return Snapshot(house.catalogue, "k")


@pytest.mark.parametrize("more", [{}, {"always": "Always text."}])
def test_in_force_on_the_date(house: House, tmp_path: Path, more: dict[str, str]) -> None:
    snapshot = taken(house, tmp_path, **more)
    always = {f"{k}.md" for k in more}
    assert seen(house, snapshot.scope(ON)) == {"new.md", "kent.md"} | always
    assert seen(house, snapshot.scope(date(2023, 12, 31))) == {"old.md", "kent.md"} | always
    assert seen(house, snapshot.scope(date(2021, 12, 31))) == always


def test_an_area_adds_to_what_is_national(house: House, tmp_path: Path) -> None:
    snapshot = taken(house, tmp_path)
    assert snapshot.areas == {"A02"}
    assert seen(house, snapshot.scope(ON, ("A01",))) == {"new.md"}
    assert seen(house, snapshot.scope(ON, ("A01", "A02"))) == {"new.md", "kent.md"}


def test_one_document(house: House, tmp_path: Path) -> None:
    snapshot = taken(house, tmp_path, always="Always text.")
    assert seen(house, snapshot.scope(ON, (), "g")) == {"new.md"}
    assert seen(house, snapshot.scope(ON, (), "always")) == {"always.md"}
    assert snapshot.scope(ON, (), "no such") == Scope(only=())


def test_the_shorter_list_is_handed_to_the_indexes(house: House, tmp_path: Path) -> None:
    many = {f"d{n}": markdown(f"Text {n}.", document=f"d{n}", valid_from="2020-01-01") for n in range(9)}
    snapshot = taken(house, tmp_path, **many)
    assert len(snapshot.scope(ON).without or ()) == 1
    assert snapshot.scope(date(2019, 1, 1)).only == ()


def test_an_unknown_collection(house: House) -> None:
    with pytest.raises(UnknownCollectionError, match="no collection 'k'"):
        Snapshot(house.catalogue, "k")
