"""Slack: questions that arrived, threads, settings of workspaces, installations"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
INDEXES = (
    ("slack_inbox", "job_id", True),
    ("slack_inbox", "event_name", True),
    ("slack_inbox", "message_name", True),
    ("slack_inbox", "holding", True),
    ("slack_inbox", "conversation_id", False),
    ("slack_inbox", "team", False),
    ("slack_teams", "enterprise", False),
    ("slack_threads", "noted", False),
    ("slack_messages", "answer_id", False),
    ("slack_messages", "noted", False),
)


def upgrade() -> None:
    op.create_table(
        "slack_inbox",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("event_name", sa.String(64), nullable=False),
        sa.Column("message_name", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("received", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("posted", sa.String(64), nullable=False),
        sa.Column("worker", sa.String(128)),
        sa.Column("leased_until", MOMENT),
        sa.Column("holding", sa.String(64)),
        sa.Column("finished", MOMENT),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_slack_inbox")),
    )
    op.create_table(
        "slack_teams",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("enterprise", sa.String(32), nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_slack_teams")),
    )
    op.create_table(
        "slack_threads",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("root", sa.String(128), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("noted", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "root", name=op.f("pk_slack_threads")),
    )
    op.create_table(
        "slack_messages",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("ts", sa.String(64), nullable=False),
        sa.Column("root", sa.String(128), nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("noted", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "ts", name=op.f("pk_slack_messages")),
    )
    op.create_table(
        "slack_preferences",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("area", sa.String(16)),
        sa.Column("follow_ups", sa.String(16)),
        sa.Column("who", sa.String(16)),
        sa.Column("allowed", sa.JSON(), nullable=False),
        sa.Column("help", sa.Text()),
        sa.Column("person_quota", sa.String(120)),
        sa.Column("workspace_quota", sa.String(120)),
        sa.PrimaryKeyConstraint("team", "channel", "person", name=op.f("pk_slack_preferences")),
    )
    op.create_table(
        "slack_bots",
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("enterprise", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("installed", MOMENT, nullable=False),
        sa.Column("rotating_until", MOMENT),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_slack_bots")),
    )
    op.create_table(
        "slack_installs",
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("installed", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "user_id", name=op.f("pk_slack_installs")),
    )
    op.create_table(
        "slack_states",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_slack_states")),
    )
    for table, column, unique in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=unique)
    op.create_index(op.f("ix_slack_inbox_finished_seq"), "slack_inbox", ["finished", "seq"])


def downgrade() -> None:
    for table in ("states", "installs", "bots", "preferences", "messages", "threads", "teams", "inbox"):
        op.drop_table(f"slack_{table}")
