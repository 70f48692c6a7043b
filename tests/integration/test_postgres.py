"""The same path on PostgreSQL: migrate, ingest, search, answer, ingest a change."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi.testclient import TestClient

from assistant.answering.model import Question
from assistant.api.app import create_app
from assistant.composition import build
from assistant.conversations.ledger import Wanted
from assistant.settings import load_settings
from tests.fakes.slow_service import orchard
from vectorstore.errors import PendingError
from vectorstore.retrieval import Query
from vectorstore.schema import metadata

pytestmark = pytest.mark.service
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def database() -> Iterator[str]:
    """A database of its own on the server, dropped afterwards."""
    name = f"lsip_{uuid.uuid4().hex[:12]}"
    try:
        connection = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL server answers at TEST_POSTGRES_URL")
    with connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield sa.make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
    connection.close()


def test_the_whole_path_on_postgresql(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    gate = folder / "gate.md"
    front = "---\ndocument: gate-rule\ntitle: Gate rule\nvalid_from: 2020-01-01\n---\n\n"
    gate.write_text(front + "The orchard gate is locked at nine in the evening.\n", encoding="utf-8")
    (folder / "pond.txt").write_text("The pond is cleaned every spring by the wardens.\n", encoding="utf-8")
    settings = load_settings(
        data_dir=tmp_path / "data", database_url=database, embedding_model="hashing", today=date(2026, 11, 23)
    )
    app = build(settings)
    report = app.pipeline().run(folder, "orchard")
    assert (report.failed, report.documents, report.generation) == (0, 2, 1)
    answer = app.assistant.ask(Question(question="When is the orchard gate locked?", collection="orchard"))
    assert answer.status == "answered" and "nine in the evening" in answer.plain
    cited = answer.citations[0]
    assert app.catalogue.text(cited.version_id)[cited.start : cited.end] == cited.quote
    assert app.store.answer(answer.answer_id)["answer_id"] == answer.answer_id

    gate.write_text(front + "The orchard gate is locked at eight in the evening.\n", encoding="utf-8")
    changed = app.pipeline().run(folder, "orchard")
    assert changed.counts()["changed"] == 1 and changed.retired == 1 and changed.generation == 2
    found = app.retriever("orchard").search(Query("orchard gate locked", date(2026, 11, 23)))
    assert "eight" in found[0].passage.text and not any("nine" in h.passage.text for h in found)
    app.catalogue.engine.dispose()


def test_what_is_kept_of_questions_on_postgresql(database: str, tmp_path: Path) -> None:
    app, _ = orchard(tmp_path, database_url=database)
    asked = {"question": "When is the orchard gate locked?", "conversation_id": "c1"}
    with TestClient(create_app(app)) as client:
        key = {"idempotency-key": "k"}
        answer_id = client.post("/v1/questions", json=asked, headers=key).json()["answer_id"]
        again = client.post("/v1/questions", json=asked, headers=key)
        assert (again.json()["answer_id"], again.headers["idempotency-replayed"]) == (answer_id, "true")
        assert client.post("/v1/questions", json={"question": "x\0y?", "conversation_id": "c2"}).status_code == 200
        feedback = f"/v1/answers/{answer_id}/feedback"
        assert client.put(feedback, json={"vote": "down", "comment": "a\0b"}).json()["comment"] == "ab"
        assert client.put(feedback, json={"vote": "up"}).json()["vote"] == "up"
        pages = client.get("/v1/conversations/c1", params={"limit": 1}).json()
        assert (len(pages["answers"]), pages["next"]) == (1, None)
        gate = tmp_path / "docs" / "gate.md"
        gate.write_text(gate.read_text(encoding="utf-8").replace("nine", "eight"), encoding="utf-8")
        app.pipeline().run(tmp_path / "docs", "orchard")
        assert [a["answer_id"] for a in app.records.affected.mark(date(2020, 1, 1))] == [answer_id]
        assert client.get(f"/v1/answers/{answer_id}").json()["affected"]["reason"] == "retired"
        assert [d.votes for d in app.records.ledger.days(2)] == [{"up": 1}]
        assert app.records.ledger.count(Wanted(vote="up", affected=True)) == 1
        assert client.delete("/v1/conversations/c1").status_code == 204
    app.records.claims.open("c3", "a3")
    with pytest.raises(PendingError):
        app.records.claims.open("c3", "a4")
    purged = app.records.retention.purge(app.settings.calendar_day() + timedelta(days=1))
    assert (purged.answers, purged.conversations) == (1, 1)
    assert sum(d.total for d in app.records.ledger.days(2)) == 2
    with app.catalogue.engine.connect() as c:
        assert compare_metadata(MigrationContext.configure(c), metadata) == []
    app.catalogue.engine.dispose()
