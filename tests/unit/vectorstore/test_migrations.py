"""The migrations make the tables that the schema defines, and can be undone."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

import vectorstore
from vectorstore import schema as t
from vectorstore.catalogue import SCHEMA_HEAD, migrate, open_engine


def test_migrations_and_schema_agree(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    migrate(engine)
    with engine.connect() as c:
        assert compare_metadata(MigrationContext.configure(c), t.metadata) == []
        assert c.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == SCHEMA_HEAD
    engine.dispose()


def test_an_older_catalogue_keeps_its_rows(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    config = Config()
    config.set_main_option("script_location", str(Path(vectorstore.__path__[0]) / "migrations"))
    with engine.begin() as c:
        config.attributes["connection"] = c
        command.upgrade(config, "0003")
        c.execute(sa.text("INSERT INTO conversations VALUES ('c1', 'lsip', '2026-11-01 10:00:00')"))
        c.execute(
            sa.text(
                "INSERT INTO answers (answer_id, conversation_id, created, question, status, answer, receipt) "
                "VALUES ('a1', 'c1', '2026-11-01 10:00:00', 'How?', 'answered', '{}', '{}')"
            )
        )
    migrate(engine)
    with engine.connect() as c:
        row = c.execute(sa.select(t.answers)).one()
        assert (row.answer_id, row.door, row.site, row.affected) == ("a1", "api", None, None)
    with engine.begin() as c:
        config.attributes["connection"] = c
        command.downgrade(config, "0003")
        assert "feedback" not in sa.inspect(c).get_table_names()
        assert c.execute(sa.text("SELECT count(*) FROM answers")).scalar() == 1
    engine.dispose()
