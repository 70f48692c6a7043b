"""The tables of the catalogue: one definition for SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

collections = Table(
    "collections",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("profile", JSON, nullable=False),
    Column("manifest", JSON, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("collection", String(64), primary_key=True),
    Column("source_id", String(128), primary_key=True),
    Column("data", JSON, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("version_id", String(64), primary_key=True),
    Column("collection", String(64), nullable=False),
    Column("document_id", String(512), nullable=False),
    Column("label", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("url", Text),
    Column("kind", String(16), nullable=False),
    Column("stated_status", String(16), nullable=False),
    Column("stated_from", Date),
    Column("stated_to", Date),
    Column("supersedes", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("superseded_by", String(64)),
    Column("published", Date),
    Column("area", String(16)),
    Column("compiled_on", Date),
    Column("checked_on", Date),
    Column("root", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("extra", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(8), nullable=False),  # staged | live | retired
    Column("changed", DateTime(timezone=True)),  # when its status, window or state last moved
)
Index("ix_versions_collection_state", versions.c.collection, versions.c.state)
Index("ix_versions_collection_document", versions.c.collection, versions.c.document_id)

passages = Table(
    "passages",
    metadata,
    Column("passage_id", String(64), primary_key=True),
    Column("version_id", String(64), ForeignKey("versions.version_id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("heading", JSON, nullable=False),
    Column("page", String(32)),
    Column("anchor", String(128), nullable=False),
    Column("evidence", String(16), nullable=False),
    Column("gap", Boolean, nullable=False),
    Column("rests_on", JSON, nullable=False),
    Column("content_key", String(64), nullable=False, index=True),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", String(32), primary_key=True),
    Column("collection", String(64), nullable=False),
    Column("root", Text, nullable=False),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("finished", DateTime(timezone=True)),
    Column("state", String(16), nullable=False),  # running | published | done
    Column("counts", JSON, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("collection", String(64), primary_key=True),
    Column("root", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("version_count", Integer, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("collection", String(64), primary_key=True),
    Column("fact_id", String(200), primary_key=True),
    Column("ordinal", Integer, nullable=False),  # the order in which the data states them
    Column("kind", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("data", JSON, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("evidence", String(16), nullable=False),
    Column("sources", JSON, nullable=False),
    Column("document", String(512), nullable=False),
    Column("text", Text, nullable=False),
)
Index("ix_facts_collection_kind", facts.c.collection, facts.c.kind)

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("collection", String(64), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("site", String(64)),
    Column("person", String(64)),
)

answers = Table(
    "answers",
    metadata,
    Column("answer_id", String(64), primary_key=True),
    Column("conversation_id", String(64), ForeignKey("conversations.conversation_id"), nullable=False, index=True),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("question", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("answer", JSON, nullable=False),
    Column("receipt", JSON, nullable=False),
    Column("door", String(16), nullable=False, server_default="api"),  # api | widget | page | slack | cli
    Column("site", String(64)),
    Column("person", String(64)),  # an opaque id, never an address
    Column("affected", JSON(none_as_null=True)),
)
Index("ix_answers_created", answers.c.created)

model_usage = Table(
    "model_usage",
    metadata,
    Column("day", Date, primary_key=True),  # in London
    Column("requests", Integer, nullable=False),
    Column("tokens", Integer, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", String(64), ForeignKey("answers.answer_id"), primary_key=True),
    Column("voter", String(64), primary_key=True),
    Column("vote", String(4), nullable=False),  # up | down
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
)

pending = Table(
    "pending",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("answer_id", String(64), nullable=False, index=True),
    Column("since", DateTime(timezone=True), nullable=False),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("body", String(64), nullable=False),
    Column("answer_id", String(64), index=True),  # null while the answer is being made
    Column("created", DateTime(timezone=True), nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    Column("day", Date, primary_key=True),  # in London
    Column("status", String(16), primary_key=True),
    Column("door", String(16), primary_key=True),
    Column("site", String(64), primary_key=True),
    Column("vote", String(4), primary_key=True),
    Column("count", Integer, nullable=False),
)

sites = Table(
    "sites",
    metadata,
    Column("site_id", String(64), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("origins", JSON, nullable=False),
    Column("area", String(16)),
    Column("theme", JSON, nullable=False),
    Column("contact", Text, nullable=False),
    Column("contact_url", Text, nullable=False),
    Column("limits", JSON, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
)

doors = Table(
    "doors",
    metadata,
    Column("door", String(16), primary_key=True),
    Column("is_open", Boolean, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("revoked", DateTime(timezone=True)),
)

audit = Table(
    "audit",
    metadata,
    Column("audit_id", Integer, primary_key=True, autoincrement=True),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("who", String(128), nullable=False),
    Column("subject", String(80), nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("comment", Text, nullable=False),
)

slack_inbox = Table(
    "slack_inbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),  # the order of arrival
    Column("job_id", String(32), nullable=False),
    Column("event_name", String(64), nullable=False),  # pseudonyms of the two names of an arrival
    Column("message_name", String(64), nullable=False),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("person", String(64), nullable=False),  # empty when it is finished
    Column("team", String(32), nullable=False, index=True),
    Column("sealed", Text, nullable=False),  # the arrival; empty when it is finished
    Column("answer_id", String(32), nullable=False),
    Column("received", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("posted", String(64), nullable=False),
    Column("worker", String(128)),
    Column("leased_until", DateTime(timezone=True)),
    Column("holding", String(64)),  # the conversation while it is leased: the database admits one lease in each
    Column("finished", DateTime(timezone=True)),
    Column("outcome", String(32), nullable=False),
)
Index("ix_slack_inbox_job_id", slack_inbox.c.job_id, unique=True)
Index("ix_slack_inbox_event_name", slack_inbox.c.event_name, unique=True)
Index("ix_slack_inbox_message_name", slack_inbox.c.message_name, unique=True)
Index("ix_slack_inbox_holding", slack_inbox.c.holding, unique=True)
Index("ix_slack_inbox_finished_seq", slack_inbox.c.finished, slack_inbox.c.seq)

slack_teams = Table(  # workspaces that questions came from
    "slack_teams",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("enterprise", String(32), nullable=False, index=True),  # empty outside an organisation
    Column("seen", DateTime(timezone=True), nullable=False),
)

slack_threads = Table(
    "slack_threads",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("root", String(128), primary_key=True),
    Column("conversation_id", String(64), nullable=False),
    Column("asker", String(64), nullable=False),
    Column("answer_id", String(64), nullable=False),
    Column("noted", DateTime(timezone=True), nullable=False, index=True),
)

slack_messages = Table(  # which answer a message of ours carries
    "slack_messages",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(64), primary_key=True),
    Column("root", String(128), nullable=False),
    Column("answer_id", String(64), nullable=False, index=True),
    Column("noted", DateTime(timezone=True), nullable=False, index=True),
)

slack_preferences = Table(  # of a workspace (channel and person empty), a channel or a person
    "slack_preferences",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("person", String(64), primary_key=True),  # a pseudonym
    Column("area", String(16)),
    Column("follow_ups", String(16)),  # mention | asker | anyone
    Column("who", String(16)),  # everyone | listed
    Column("allowed", JSON, nullable=False),  # ids of members and channels, where who is listed
    Column("help", Text),
    Column("person_quota", String(120)),
    Column("workspace_quota", String(120)),
)

slack_bots = Table(
    "slack_bots",
    metadata,
    Column("owner", String(32), primary_key=True),  # a workspace, or an organisation that installed it as a whole
    Column("enterprise", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("installed", DateTime(timezone=True), nullable=False),
    Column("rotating_until", DateTime(timezone=True)),  # while one process exchanges its token
)

slack_installs = Table(
    "slack_installs",
    metadata,
    Column("owner", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),  # who installed it
    Column("sealed", Text, nullable=False),
    Column("installed", DateTime(timezone=True), nullable=False),
)

slack_states = Table(
    "slack_states",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("expires", DateTime(timezone=True), nullable=False),
)
