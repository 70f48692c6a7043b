"""Sites, doors, keys and the audit in the catalogue's database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.sites.audit import LONGEST_COMMENT, os_user
from assistant.sites.keys import KeyStore, digest
from assistant.sites.model import DOORS, Site
from assistant.sites.store import SiteStore
from vectorstore.catalogue import migrate, open_engine
from vectorstore.errors import NotFoundError, UsageError

SITE = Site(
    "dorset",
    "Dorset Chamber",
    ("https://a.example", "https://b.example"),
    area="A09",
    theme={"accent": "#12564f"},
    contact="The team",
    contact_url="https://a.example/contact",
    limits={"session": "3/day"},
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(f"sqlite:///{tmp_path / 'lsip.sqlite3'}")
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> SiteStore:
    return SiteStore(engine, lambda: "ada")


def actions(store: SiteStore, subject: str = "") -> list[tuple[str, str, str]]:
    return [(c.subject, c.action, c.comment) for c in store.audit(subject)]


def test_a_site_comes_back_as_it_was(store: SiteStore) -> None:
    store.add(SITE, "asked for by mail")
    assert store.site("dorset") == SITE
    assert store.sites() == [SITE]
    assert actions(store) == [("site:dorset", "add", "asked for by mail")]


def test_an_id_is_given_once(store: SiteStore) -> None:
    store.add(SITE)
    with pytest.raises(UsageError, match="dorset"):
        store.add(replace(SITE, name="Other"))
    assert store.site("dorset").name == SITE.name
    assert len(actions(store)) == 1


def test_editing_leaves_the_switch_alone(store: SiteStore) -> None:
    store.add(SITE)
    store.switch("dorset", on=False, comment="abuse")
    store.edit(replace(SITE, name="New name", enabled=True), "rebranded")
    assert store.site("dorset") == replace(SITE, name="New name", enabled=False)
    store.switch("dorset", on=True, comment="cleared up")
    assert store.site("dorset").enabled
    assert actions(store) == [
        ("site:dorset", "enable", "cleared up"),
        ("site:dorset", "edit", "rebranded"),
        ("site:dorset", "disable", "abuse"),
        ("site:dorset", "add", ""),
    ]


def test_a_removed_site_is_gone_and_its_audit_is_not(store: SiteStore) -> None:
    store.add(SITE)
    store.remove("dorset", "contract ended")
    assert store.sites() == []
    assert actions(store, "site:dorset")[0] == ("site:dorset", "remove", "contract ended")


def test_what_is_not_there_cannot_be_changed(store: SiteStore) -> None:
    for change in (
        lambda: store.site("none"),
        lambda: store.edit(replace(SITE, site_id="none")),
        lambda: store.switch("none", on=False, comment="x"),
        lambda: store.remove("none"),
    ):
        with pytest.raises(NotFoundError):
            change()
    assert actions(store) == []


@pytest.mark.parametrize("comment", ["", "  \n ", "x" * (LONGEST_COMMENT + 1)])
def test_a_switch_needs_a_reason(store: SiteStore, comment: str) -> None:
    store.add(SITE)
    with pytest.raises(UsageError):
        store.switch("dorset", on=False, comment=comment)
    with pytest.raises(UsageError):
        store.switch_door("widget", on=False, comment=comment)
    assert store.site("dorset").enabled and store.doors()["widget"]


def test_doors_are_open_until_switched_off(store: SiteStore) -> None:
    assert store.doors() == dict.fromkeys(DOORS, True)
    store.switch_door("widget", on=False, comment="incident 12")
    assert store.doors() == {**dict.fromkeys(DOORS, True), "widget": False}
    store.switch_door("widget", on=True, comment="over")
    assert store.doors()["widget"]
    assert actions(store, "door:widget") == [("door:widget", "on", "over"), ("door:widget", "off", "incident 12")]
    with pytest.raises(UsageError, match="garage"):
        store.switch_door("garage", on=False, comment="x")


def test_the_audit_says_who_and_when_in_utc(store: SiteStore) -> None:
    store.add(SITE)
    (change,) = store.audit()
    assert change.who == "ada"
    assert change.when.utcoffset() is not None
    assert os_user()


def test_a_key_is_shown_once_and_kept_as_its_digest(engine: Engine, tmp_path: Path) -> None:
    keys = KeyStore(engine, lambda: "ada")
    key, row = keys.add(" A  server ", "for the portal")
    assert key.startswith("lsk_") and len(key) > 40
    assert row.name == "A server"
    assert keys.keys() == [row]
    assert keys.live() == {digest(key): row}
    with engine.connect() as c:
        held = str(c.execute(sa.text("SELECT * FROM api_keys")).all())
    assert key not in held and digest(key) in held
    assert actions(SiteStore(engine, lambda: "ada")) == [(f"key:{row.key_id}", "add", "for the portal")]


def test_a_revoked_key_opens_nothing(engine: Engine) -> None:
    keys = KeyStore(engine, lambda: "ada")
    _, row = keys.add("A server")
    keys.revoke(row.key_id, "leaked")
    assert keys.live() == {}
    assert keys.keys()[0].revoked is not None
    for unknown in (row.key_id, "none"):
        with pytest.raises(NotFoundError):
            keys.revoke(unknown)


@pytest.mark.parametrize("name", ["", "  ", "x" * 65])
def test_a_key_has_a_name(engine: Engine, name: str) -> None:
    with pytest.raises(UsageError):
        KeyStore(engine, lambda: "ada").add(name)
