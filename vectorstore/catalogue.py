"""The catalogue: the truth about what is held. SQLite by default, PostgreSQL by URL; this module only reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, Row, event

from vectorstore import schema as t
from vectorstore.errors import KnowledgeError, NotFoundError, UnknownCollectionError
from vectorstore.facts import Fact
from vectorstore.model import Evidence, Kind, Passage, Reference, Source, Status, Version
from vectorstore.profile import CollectionProfile

SCHEMA_HEAD = "0006"
CHUNK = 900  # bound parameters per statement; SQLite's oldest limit is 999


def open_engine(url: str) -> Engine:
    """An engine for `url`; SQLite gets write-ahead logging, so that readers never wait for the writer.

    Its errors leave out what was stored: questions must not reach the log through them.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(
            parsed, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True
        )

        @event.listens_for(engine, "connect")
        def _pragmas(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()

        return engine
    if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return sa.create_engine(parsed, pool_pre_ping=True, hide_parameters=True)


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest shape. Cheap when they are there already."""
    with engine.connect() as connection:
        if sa.inspect(connection).has_table("alembic_version"):
            current = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            if current == SCHEMA_HEAD:
                return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Else each CREATE TABLE would be a transaction of its own, and a kill between two leaves half a schema.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


class Catalogue:
    """Reads what is held. Every method is one short transaction; objects are immutable."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def collections(self) -> list[str]:
        with self.engine.connect() as c:
            return list(c.execute(sa.select(t.collections.c.name).order_by(t.collections.c.name)).scalars())

    def generation(self, collection: str) -> int:
        """The number that moves whenever the visible knowledge of `collection` changes; 0 before the first."""
        with self.engine.connect() as c:
            found = c.execute(sa.select(t.collections.c.generation).where(t.collections.c.name == collection))
            return int(found.scalar() or 0)

    def manifest(self, collection: str) -> dict[str, Any]:
        """What the indexes were built with. Raises UnknownCollectionError for a collection never published."""
        with self.engine.connect() as c:
            row = c.execute(sa.select(t.collections).where(t.collections.c.name == collection)).first()
        if row is None:
            held = ", ".join(self.collections()) or "none yet"
            raise UnknownCollectionError(
                f"There is no collection {collection!r}.",
                f"Held: {held}. `lsip ingest` makes the starter collection, `--path` and `--collection` another.",
            )
        return dict(row.manifest)

    def profile(self, collection: str) -> CollectionProfile:
        with self.engine.connect() as c:
            found = c.execute(sa.select(t.collections.c.profile).where(t.collections.c.name == collection)).scalar()
        return CollectionProfile.model_validate(found or {})

    def sources(self, collection: str) -> list[Source]:
        with self.engine.connect() as c:
            rows = c.execute(
                sa.select(t.sources.c.data)
                .where(t.sources.c.collection == collection)
                .order_by(t.sources.c.source_id)
            )
            return [Source(**data) for data in rows.scalars()]

    def facts(self, collection: str, kinds: Collection[str] = ()) -> list[Fact]:
        """The facts of a collection, of some kinds only if any are given, in the order of its data."""
        f = t.facts.c
        wanted = sa.select(t.facts).where(f.collection == collection).order_by(f.ordinal)
        with self.engine.connect() as c:
            rows = c.execute(wanted.where(f.kind.in_(sorted(kinds))) if kinds else wanted)
            return [
                Fact(
                    fact_id=r.fact_id,
                    kind=r.kind,
                    subject=r.subject,
                    data=r.data,
                    valid_from=r.valid_from,
                    valid_to=r.valid_to,
                    evidence=Evidence(r.evidence),
                    sources=tuple(r.sources),
                    document=r.document,
                    text=r.text,
                )
                for r in rows
            ]

    def live_windows(self, collection: str) -> tuple[Sequence[Any], list[str]]:
        """Live versions that are limited in time, status or area, and the ids of those that are not."""
        v = t.versions.c
        live = sa.and_(v.collection == collection, v.state == "live")
        unlimited = sa.and_(
            v.status == Status.IN_FORCE, v.valid_from.is_(None), v.valid_to.is_(None), v.area.is_(None)
        )
        with self.engine.connect() as c:
            rows = c.execute(
                sa.select(v.version_id, v.document_id, v.status, v.valid_from, v.valid_to, v.area).where(
                    live, sa.not_(unlimited)
                )
            ).all()
            always = list(c.execute(sa.select(v.version_id).where(live, unlimited)).scalars())
        return rows, always

    def versions(self, collection: str, *, document_id: str | None = None) -> list[Version]:
        """Live versions, by document and start."""
        v = t.versions.c
        query = (
            sa.select(*_VERSION_COLUMNS)
            .where(v.collection == collection, v.state == "live")
            .order_by(v.document_id, v.valid_from, v.version_id)
        )
        if document_id is not None:
            query = query.where(v.document_id == document_id)
        with self.engine.connect() as c:
            return [_version(row) for row in c.execute(query)]

    def version(self, version_id: str) -> Version:
        """Any version ever published, retired ones too. Raises NotFoundError."""
        query = sa.select(*_VERSION_COLUMNS).where(
            t.versions.c.version_id == version_id, t.versions.c.state != "staged"
        )
        with self.engine.connect() as c:
            row = c.execute(query).first()
        if row is None:
            raise NotFoundError(f"There is no version {version_id!r}.", "`lsip documents` lists what is held.")
        return _version(row)

    def text(self, version_id: str) -> str:
        """The stored text that offsets of passages and citations count in. Raises NotFoundError."""
        query = sa.select(t.versions.c.text).where(
            t.versions.c.version_id == version_id, t.versions.c.state != "staged"
        )
        with self.engine.connect() as c:
            found = c.execute(query).scalar()
        if found is None:
            raise NotFoundError(f"There is no version {version_id!r}.", "`lsip documents` lists what is held.")
        return str(found)

    def live(self, version_ids: Iterable[str]) -> set[str]:
        """Those of `version_ids` that are live at this moment."""
        ids = list(dict.fromkeys(version_ids))
        with self.engine.connect() as c:
            query = sa.select(t.versions.c.version_id).where(
                t.versions.c.version_id.in_(ids), t.versions.c.state == "live"
            )
            return set(c.execute(query).scalars())

    def passages(self, passage_ids: Sequence[str]) -> dict[str, tuple[Passage, Version]]:
        """Those of `passage_ids` whose version is live, with that version."""
        return self._passages(t.passages.c.passage_id.in_(passage_ids), live_only=True) if passage_ids else {}

    def passages_of(self, version_id: str) -> list[Passage]:
        """All passages of a version in reading order."""
        found = self._passages(t.passages.c.version_id == version_id, live_only=False)
        return sorted((p for p, _ in found.values()), key=lambda p: p.ordinal)

    def passage(self, passage_id: str) -> tuple[Passage, Version]:
        """A passage of any version ever published. Raises NotFoundError."""
        found = self._passages(t.passages.c.passage_id == passage_id, live_only=False)
        if not found:
            raise NotFoundError(
                f"There is no passage {passage_id!r}.", "`lsip search` lists passages with their ids."
            )
        return found[passage_id]

    def _passages(self, where: sa.ColumnElement[bool], *, live_only: bool) -> dict[str, tuple[Passage, Version]]:
        state = t.versions.c.state == "live" if live_only else t.versions.c.state != "staged"
        query = (
            sa.select(t.passages, *(c.label(f"v_{c.name}") for c in _VERSION_COLUMNS))
            .join(t.versions, t.passages.c.version_id == t.versions.c.version_id)
            .where(where, state)
        )
        with self.engine.connect() as c:
            return {row.passage_id: (_passage(row), _version(row, "v_")) for row in c.execute(query)}

    def rows_of(self, version_ids: Sequence[str]) -> list[tuple[str, str]]:
        """Passage id and version id of all passages of `version_ids`, in the order of the versions."""
        p = t.passages.c
        found: dict[str, list[str]] = {}
        with self.engine.connect() as c:
            for start in range(0, len(version_ids), CHUNK):
                part = version_ids[start : start + CHUNK]
                query = sa.select(p.passage_id, p.version_id).where(p.version_id.in_(part))
                for row in c.execute(query.order_by(p.version_id, p.ordinal)):
                    found.setdefault(row.version_id, []).append(row.passage_id)
        return [(passage, version) for version in version_ids for passage in found.get(version, ())]

    def every_passage(self, version_ids: Sequence[str]) -> Iterator[tuple[Passage, Version]]:
        """All passages of sorted `version_ids`, staged ones too, in that order and that of reading."""
        p = t.passages.c
        for start in range(0, len(version_ids), CHUNK):
            part = version_ids[start : start + CHUNK]
            query = (
                sa.select(t.passages, *(c.label(f"v_{c.name}") for c in _VERSION_COLUMNS))
                .join(t.versions, p.version_id == t.versions.c.version_id)
                .where(p.version_id.in_(part))
                .order_by(p.version_id, p.ordinal)
            )
            with self.engine.connect() as c:
                for row in c.execute(query):
                    yield _passage(row), _version(row, "v_")

    def at_paths(self, collection: str, root: str, paths: Sequence[str]) -> dict[str, tuple[str, str, int]]:
        """For each of `paths` below `root`: document id, version id and number of passages of its live version."""
        v, p = t.versions.c, t.passages.c
        found: dict[str, tuple[str, str, int]] = {}
        with self.engine.connect() as c:
            for start in range(0, len(paths), CHUNK):
                rows = c.execute(
                    sa.select(v.path, v.document_id, v.version_id, sa.func.count(p.passage_id).label("passages"))
                    .join(t.passages, p.version_id == v.version_id)
                    .where(
                        v.collection == collection,
                        v.root == root,
                        v.state == "live",
                        v.path.in_(paths[start : start + CHUNK]),
                    )
                    .group_by(v.path, v.document_id, v.version_id)
                )
                found.update({r.path: (r.document_id, r.version_id, r.passages) for r in rows})
        return found

    def passage_count(self, collection: str) -> int:
        query = (
            sa.select(sa.func.count())
            .select_from(t.passages.join(t.versions, t.passages.c.version_id == t.versions.c.version_id))
            .where(t.versions.c.collection == collection, t.versions.c.state == "live")
        )
        with self.engine.connect() as c:
            return int(c.execute(query).scalar() or 0)

    def gap_ids(self, collection: str) -> frozenset[str]:
        """The passages of a collection that record what is not held."""
        query = (
            sa.select(t.passages.c.passage_id)
            .select_from(t.passages.join(t.versions, t.passages.c.version_id == t.versions.c.version_id))
            .where(t.versions.c.collection == collection, t.versions.c.state == "live", t.passages.c.gap)
        )
        with self.engine.connect() as c:
            return frozenset(c.execute(query).scalars())

    def check(self) -> None:
        """Raise KnowledgeError if the database does not answer."""
        try:
            with self.engine.connect() as c:
                c.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError as error:
            raise KnowledgeError(
                "The catalogue's database does not answer.",
                "Check LSIP_DATABASE_URL and that the server is up.",
            ) from error


_VERSION_NAMES = (
    "version_id collection document_id label title publisher url kind status published valid_from valid_to "
    "superseded_by area compiled_on checked_on path extra"
).split()
_VERSION_COLUMNS = [t.versions.c[name] for name in _VERSION_NAMES]


def _version(row: Row[Any], prefix: str = "") -> Version:
    values = {name: getattr(row, prefix + name) for name in _VERSION_NAMES}
    values["kind"], values["status"] = Kind(values["kind"]), Status(values["status"])
    return Version(**values)


def _passage(row: Row[Any]) -> Passage:
    return Passage(
        passage_id=row.passage_id,
        version_id=row.version_id,
        ordinal=row.ordinal,
        text=row.text,
        start=row.start,
        end=row.end,
        heading=tuple(row.heading),
        page=row.page,
        anchor=row.anchor,
        evidence=Evidence(row.evidence),
        gap=row.gap,
        rests_on=tuple(Reference(**r) for r in row.rests_on),
    )
