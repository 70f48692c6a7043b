"""Writing the catalogue: versions are staged unseen, then one transaction makes a whole run visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from vectorstore import schema as t
from vectorstore.facts import Fact
from vectorstore.model import Source
from vectorstore.new import (
    NewVersion,
    Pending,
    context_of,
    fact_rows,
    passage_row,
    version_row,
)
from vectorstore.profile import CollectionProfile
from vectorstore.windows import store_windows

T = TypeVar("T")
CHUNK = 500


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`items` in lists of at most `size`."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


@dataclass(frozen=True, slots=True)
class FileState:
    """What a run remembers of a file, to know next time that it did not change."""

    path: str
    digest: str
    version_count: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What one run makes visible, all at once."""

    run_id: str
    collection: str
    root: str
    version_ids: frozenset[str]  # staged or live versions that this run's files hold
    keep_paths: frozenset[str]  # files whose versions stay as they are: unchanged, or failed this time
    files: tuple[FileState, ...]
    manifest: dict[str, Any]
    partial: dict[str, frozenset[str]] = field(default_factory=dict)  # file with bad lines -> documents it still gave
    sources: tuple[Source, ...] | None = None  # None leaves the registry as it is
    profile: CollectionProfile | None = None
    facts: tuple[Fact, ...] | None = None  # None leaves them as they are
    counts: dict[str, int] = field(default_factory=dict)


class Staging:
    """The writing side of the catalogue. One writer per collection at a time; the caller holds the lock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin_run(self, run_id: str, collection: str, root: str) -> None:
        """Journal a run."""
        with self._engine.begin() as c:
            c.execute(
                sa.insert(t.runs).values(
                    run_id=run_id,
                    collection=collection,
                    root=root,
                    started=datetime.now(UTC),
                    state="running",
                    counts={},
                )
            )

    def unfinished(self, collection: str) -> bool:
        """Whether the last run of `collection` stopped before its end, so that remains may lie about."""
        r = t.runs.c
        query = sa.select(sa.func.count()).select_from(t.runs).where(r.collection == collection, r.state != "done")
        with self._engine.connect() as c:
            return bool(c.execute(query).scalar())

    def file_states(self, collection: str, root: str) -> dict[str, FileState]:
        f = t.files.c
        with self._engine.connect() as c:
            rows = c.execute(
                sa.select(f.path, f.digest, f.version_count).where(f.collection == collection, f.root == root)
            )
            return {r.path: FileState(r.path, r.digest, r.version_count) for r in rows}

    def known_content(self, collection: str, content_keys: Iterable[str]) -> dict[str, str]:
        """For each content key that a live passage of `collection` has: the id of one such passage."""
        found: dict[str, str] = {}
        p, v = t.passages.c, t.versions.c
        with self._engine.connect() as c:
            for part in chunks(content_keys):
                rows = c.execute(
                    sa.select(p.content_key, p.passage_id)
                    .join(t.versions, p.version_id == v.version_id)
                    .where(p.content_key.in_(part), v.collection == collection, v.state == "live")
                )
                found.update((row.content_key, row.passage_id) for row in rows)
        return found

    def stage(self, collection: str, root: str, versions: Sequence[NewVersion]) -> None:
        """Write versions and their passages unseen. Versions already in the catalogue are left as they are."""
        with self._engine.begin() as c:
            ids = [v.version_id for v in versions]
            held = set(
                c.execute(sa.select(t.versions.c.version_id).where(t.versions.c.version_id.in_(ids))).scalars()
            )
            new = [v for v in {v.version_id: v for v in versions}.values() if v.version_id not in held]
            if new:
                c.execute(sa.insert(t.versions), [version_row(collection, root, v) for v in new])
            rows = [passage_row(v, n, p) for v in new for n, p in enumerate(v.passages)]
            if rows:
                c.execute(sa.insert(t.passages), rows)

    def would_change(self, publication: Publication) -> bool:
        """Whether publishing would alter anything a reader can see."""
        v = t.versions.c
        with self._engine.connect() as c:
            if self._gone(c, publication):
                return True
            live = 0
            for part in chunks(publication.version_ids):
                query = sa.select(sa.func.count()).select_from(t.versions)
                live += int(c.execute(query.where(v.version_id.in_(part), v.state == "live")).scalar() or 0)
            if live != len(publication.version_ids):
                return True
            row = c.execute(sa.select(t.collections).where(t.collections.c.name == publication.collection)).first()
            if row is None:
                return True
            if publication.profile is not None and row.profile != publication.profile.model_dump(mode="json"):
                return True
            if publication.facts is not None:
                held = c.execute(
                    sa.select(t.facts)
                    .where(t.facts.c.collection == publication.collection)
                    .order_by(t.facts.c.ordinal)
                )
                stated = fact_rows(publication.collection, publication.facts)
                if [dict(r) for r in held.mappings()] != stated:
                    return True
            known = {s.path: s.digest for s in self.file_states(publication.collection, publication.root).values()}
            return any(known.get(s.path) != s.digest for s in publication.files)

    def publish(self, publication: Publication) -> int:
        """The moment knowledge changes: one transaction that ends with a new generation number.

        Returns how many versions it took out of sight.
        """
        v = t.versions.c
        with self._engine.begin() as c:
            gone = self._gone(c, publication)
            retired = {"state": "retired", "changed": datetime.now(UTC)}
            for part in chunks(gone):
                c.execute(sa.update(t.versions).where(v.version_id.in_(part)).values(**retired))
            for part in chunks(publication.version_ids):
                c.execute(sa.update(t.versions).where(v.version_id.in_(part), v.state != "live").values(state="live"))
            store_windows(c, publication.collection)
            self._remember_files(c, publication)
            self._remember_collection(c, publication)
        return len(gone)

    def live_after(self, publication: Publication) -> set[str]:
        """Ids of the versions that will be live once `publication` is made."""
        v = t.versions.c
        with self._engine.connect() as c:
            query = sa.select(v.version_id).where(v.collection == publication.collection, v.state == "live")
            live = set(c.execute(query).scalars())
            return live - set(self._gone(c, publication)) | publication.version_ids

    def _gone(self, c: Connection, publication: Publication) -> list[str]:
        """Live versions of this root that its files no longer hold."""
        v = t.versions.c
        rows = c.execute(
            sa.select(v.version_id, v.path, v.document_id).where(
                v.collection == publication.collection, v.root == publication.root, v.state == "live"
            )
        )
        gone = []
        for row in rows:
            if row.version_id in publication.version_ids or row.path in publication.keep_paths:
                continue
            if row.path in publication.partial and row.document_id not in publication.partial[row.path]:
                continue
            gone.append(row.version_id)
        return gone

    def _remember_files(self, c: Connection, publication: Publication) -> None:
        f = t.files.c
        mine = sa.and_(f.collection == publication.collection, f.root == publication.root)
        known = {r.path: r.digest for r in c.execute(sa.select(f.path, f.digest).where(mine))}
        stale = set(known) - {s.path for s in publication.files} - publication.keep_paths
        for part in chunks(stale):
            c.execute(sa.delete(t.files).where(mine, f.path.in_(part)))
        changed = [s for s in publication.files if known.get(s.path) != s.digest]
        for states in chunks(changed):
            c.execute(sa.delete(t.files).where(mine, f.path.in_([s.path for s in states])))
            c.execute(
                sa.insert(t.files),
                [{"collection": publication.collection, "root": publication.root, **asdict(s)} for s in states],
            )

    def _remember_collection(self, c: Connection, publication: Publication) -> None:
        name = publication.collection
        row = c.execute(sa.select(t.collections).where(t.collections.c.name == name)).first()
        values: dict[str, Any] = {"manifest": publication.manifest}
        if publication.profile is not None:
            values["profile"] = publication.profile.model_dump(mode="json")
        if row is None:
            c.execute(sa.insert(t.collections).values(name=name, generation=1, **{"profile": {}, **values}))
        else:
            generation = row.generation + 1
            c.execute(
                sa.update(t.collections).where(t.collections.c.name == name).values(generation=generation, **values)
            )
        if publication.facts is not None:
            c.execute(sa.delete(t.facts).where(t.facts.c.collection == name))
            for some in chunks(fact_rows(name, publication.facts)):
                c.execute(sa.insert(t.facts), some)
        if publication.sources is not None:
            c.execute(sa.delete(t.sources).where(t.sources.c.collection == name))
            for part in chunks(publication.sources):
                c.execute(
                    sa.insert(t.sources),
                    [{"collection": name, "source_id": s.source_id, "data": asdict(s)} for s in part],
                )
        c.execute(
            sa.update(t.runs)
            .where(t.runs.c.run_id == publication.run_id)
            .values(state="published", finished=datetime.now(UTC), counts=publication.counts)
        )

    def close_run(self, run_id: str, counts: dict[str, int]) -> None:
        """Journal that nothing of a run, or of one before it, is left to do."""
        with self._engine.begin() as c:
            row = c.execute(sa.select(t.runs.c.collection).where(t.runs.c.run_id == run_id)).one()
            c.execute(
                sa.update(t.runs)
                .where(t.runs.c.run_id == run_id)
                .values(state="done", finished=datetime.now(UTC), counts=counts)
            )
            c.execute(
                sa.update(t.runs)
                .where(t.runs.c.collection == row.collection, t.runs.c.state.in_(["running", "published"]))
                .values(state="done")
            )

    def pending(self, version_ids: Iterable[str]) -> Iterator[Pending]:
        """The passages of `version_ids`, staged or live, as the indexes need them."""
        p, v = t.passages.c, t.versions.c
        with self._engine.connect() as c:
            for part in chunks(sorted(version_ids)):
                rows = c.execute(
                    sa.select(p.passage_id, p.version_id, p.text, p.heading, p.content_key, v.title)
                    .join(t.versions, p.version_id == v.version_id)
                    .where(p.version_id.in_(part))
                    .order_by(p.version_id, p.ordinal)
                )
                for r in rows:
                    yield Pending(r.passage_id, r.version_id, r.text, context_of(r.title, r.heading), r.content_key)

    def live_ids(self, collection: str) -> set[str]:
        """Ids of live versions."""
        v = t.versions.c
        with self._engine.connect() as c:
            query = sa.select(v.version_id).where(v.collection == collection, v.state == "live")
            return set(c.execute(query).scalars())

    def live_passage_ids(self, collection: str) -> set[str]:
        """Ids of passages of live versions."""
        p, v = t.passages.c, t.versions.c
        with self._engine.connect() as c:
            query = (
                sa.select(p.passage_id)
                .join(t.versions, p.version_id == v.version_id)
                .where(v.collection == collection, v.state == "live")
            )
            return set(c.execute(query).scalars())

    def discard_staged(self, collection: str) -> int:
        """Forget versions that an interrupted run staged and no run published. Returns how many."""
        v = t.versions.c
        with self._engine.begin() as c:
            ids = list(
                c.execute(sa.select(v.version_id).where(v.collection == collection, v.state == "staged")).scalars()
            )
            for part in chunks(ids):
                c.execute(sa.delete(t.passages).where(t.passages.c.version_id.in_(part)))
                c.execute(sa.delete(t.versions).where(v.version_id.in_(part)))
        return len(ids)
