"""Whose questions, votes, what is pending, counts that outlive the text, and when a version last changed"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEW_COLUMNS = (
    ("versions", "changed", sa.DateTime(timezone=True)),
    ("conversations", "site", sa.String(length=64)),
    ("conversations", "person", sa.String(length=64)),
    ("answers", "site", sa.String(length=64)),
    ("answers", "person", sa.String(length=64)),
    ("answers", "affected", sa.JSON()),
)


def upgrade() -> None:
    op.add_column("answers", sa.Column("door", sa.String(length=16), nullable=False, server_default="api"))
    for table, name, kind in NEW_COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index("ix_answers_created", "answers", ["created"])
    op.create_table(
        "feedback",
        sa.Column("answer_id", sa.String(length=64), nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("vote", sa.String(length=4), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.answer_id"], name=op.f("fk_feedback_answer_id")),
        sa.PrimaryKeyConstraint("answer_id", "voter", name=op.f("pk_feedback")),
    )
    op.create_table(
        "pending",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("answer_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_pending")),
    )
    op.create_index("ix_pending_answer_id", "pending", ["answer_id"])
    op.create_table(
        "idempotency_keys",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("answer_id", sa.String(length=64), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_idempotency_keys")),
    )
    op.create_index("ix_idempotency_keys_answer_id", "idempotency_keys", ["answer_id"])
    op.create_table(
        "tallies",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("vote", sa.String(length=4), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "status", "door", "site", "vote", name=op.f("pk_tallies")),
    )


def downgrade() -> None:
    for table in ("tallies", "idempotency_keys", "pending", "feedback"):
        op.drop_table(table)
    op.drop_index("ix_answers_created", "answers")
    for table, name, _ in (*NEW_COLUMNS, ("answers", "door", None)):
        op.drop_column(table, name)
