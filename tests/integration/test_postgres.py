"""The same path on PostgreSQL: migrate, ingest, search, answer, ingest a change."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from assistant.answering.model import Question
from assistant.composition import build
from assistant.settings import load_settings
from vectorstore.retrieval import Query

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
