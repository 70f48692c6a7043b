"""Settings: typed, bounded, read from the environment and `.env`, unknown names refused."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.sites.rules import PATTERN
from vectorstore.errors import SettingsError

LONDON = ZoneInfo("Europe/London")
PREFIX = "LSIP_"
SHORTEST_KEY = 16


class Settings(BaseSettings):
    """All settings, as LSIP_<NAME> in the environment or `.env`; `.env.example` lists them.

    Unknown LSIP_ names are refused by `load_settings`; other lines of `.env` belong to other programs.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore")

    data_dir: Path = Field(Path("data"), description="Folder of all state: catalogue, vectors, keyword index, models")
    today: date | None = Field(None, description="Overrides today's date everywhere; for tests and demonstrations")
    host: str = Field("127.0.0.1", min_length=1, max_length=255, description="Address the service listens on")
    port: int = Field(8000, ge=0, le=65535, description="Port the service listens on; 0 picks a free one")
    collection: str = Field(
        "lsip", pattern=r"^[a-z0-9][a-z0-9_-]{1,40}$", description="Collection asked when none is named"
    )
    database_url: str = Field("", max_length=2000, description="SQLAlchemy URL; empty = SQLite in the data directory")
    chroma_url: str = Field("", pattern=r"^(https?://.+)?$", description="Chroma server; empty = embedded")
    embedding_model: str = Field(
        "", max_length=500, description="Folder or hub name of the embedding model; empty = the packaged one"
    )
    reranker: str = Field(
        "", max_length=500, description="What orders search hits again; empty = none, late, or a cross-encoder"
    )
    reader: bool = Field(
        True, description="Whether the packaged cross-encoder reads the likeliest sentences with the question"
    )
    finder: bool = Field(
        True, description="Whether sentences are found by vectors trained for it too, which ingestion then makes"
    )
    resolver: bool = Field(
        True, description="Whether the packaged network finds what a follow-up leaves out, beside the rules"
    )
    model: str = Field(
        "", max_length=200, description="Chat model, as provider:model or a name at LSIP_MODEL_URL; empty = none"
    )
    model_url: str = Field("", pattern=r"^(https?://.+)?$", description="Address of an OpenAI-compatible server")
    model_key: SecretStr = Field(SecretStr(""), max_length=500, description="Key for the chat model; never shown")
    model_timeout: int = Field(30, ge=1, le=300, description="Seconds that a model may take for one answer")
    model_retries: int = Field(1, ge=0, le=5, description="Times that a failed call of the model is tried again")
    model_concurrency: int = Field(4, ge=1, le=64, description="Calls of the model at the same time by one process")
    model_daily_requests: int = Field(
        1000, ge=0, le=1_000_000, description="Calls of the model a day by all processes; 0 = no limit"
    )
    model_daily_tokens: int = Field(
        5_000_000, ge=0, le=1_000_000_000, description="Tokens of the model a day by all processes; 0 = no limit"
    )
    model_evidence: int = Field(
        14_000, ge=1000, le=100_000, description="Most of the evidence sent to the model, in characters"
    )
    model_max_tokens: int = Field(1200, ge=100, le=8000, description="Longest reply of the model, in tokens")
    max_question: int = Field(500, ge=50, le=5000, description="Longest question, in characters")
    recall: int = Field(
        1000, ge=0, le=100_000, description="Answers that a process gives again to the same question; 0 = none"
    )
    processes: int = Field(1, ge=1, le=64, description="Processes of `lsip serve` that share the port")
    workers: int = Field(2, ge=1, le=64, description="Questions answered at the same time by one process")
    queue: int = Field(32, ge=1, le=10_000, description="Questions that may wait before the service says busy")
    shutdown_grace: int = Field(
        10, ge=0, le=300, description="Seconds that waiting questions may still take when the service stops"
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        max_length=500,
        description="Key that signs sessions and staff cookies; empty = one in LSIP_DATA_DIR",
    )
    open_api: bool = Field(True, description="Whether programs may use /v1 without a key or session")
    redis_url: str = Field(
        "",
        pattern=r"^(rediss?://.+)?$",
        description="Redis for limits shared by several processes; empty = in process",
    )
    proxies: str = Field(
        "127.0.0.1", max_length=1000, description="Proxies whose X-Forwarded-For is believed, with commas between"
    )
    session_quota: str = Field(
        "15/minute;100/day", pattern=PATTERN, description="Questions of one session of the widget"
    )
    address_quota: str = Field("60/minute;1000/day", pattern=PATTERN, description="Questions from one address")
    site_quota: str = Field(
        "600/minute;20000/day", pattern=PATTERN, description="Questions through one site's widget"
    )
    key_quota: str = Field("600/minute;100000/day", pattern=PATTERN, description="Questions with one server's key")
    read_quota: str = Field(
        "1200/minute", pattern=PATTERN, description="Requests other than questions from one address"
    )
    retention_days: int = Field(30, ge=1, le=3650, description="Days that the text of questions and answers is kept")
    staff_key: SecretStr = Field(
        SecretStr(""), max_length=500, description="Key of the staff pages; empty = there are none"
    )
    public_url: str = Field(
        "",
        max_length=500,
        pattern=r"^(https?://[^\s?#]+)?$",
        description="Address that readers reach this service at; links from Slack begin with it, empty = none",
    )
    slack_bot_token: SecretStr = Field(
        SecretStr(""),
        max_length=500,
        description="Bot token (xoxb-) of one workspace; empty with an OAuth install",
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""), max_length=500, description="App-level token (xapp-) for Socket Mode, `lsip slack`"
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), max_length=500, description="What Slack signs requests to /slack/events with; empty = no route"
    )
    slack_client_id: str = Field(
        "", max_length=200, description="Client id of the Slack app, for installs by OAuth in several workspaces"
    )
    slack_client_secret: SecretStr = Field(
        SecretStr(""), max_length=500, description="Client secret of the Slack app, for installs by OAuth"
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", pattern=r"^https?://.+/$", description="Address of Slack's API, with a last slash"
    )
    slack_follow_ups: str = Field(
        "asker",
        pattern=r"^(mention|asker|anyone)$",
        description="Whose replies in a thread are answered without a mention, where a workspace sets nothing else",
    )
    slack_workers: int = Field(4, ge=1, le=64, description="Slack questions answered at the same time by one process")
    slack_queue: int = Field(
        64, ge=1, le=10_000, description="Slack questions that may wait before people are told that it is busy"
    )
    slack_person_quota: str = Field(
        "20/minute;200/day", pattern=PATTERN, description="Questions of one person in Slack"
    )
    slack_workspace_quota: str = Field(
        "300/minute;10000/day", pattern=PATTERN, description="Questions of one Slack workspace"
    )
    slack_help: str = Field(
        "", max_length=300, description="Whom to ask where a workspace names nobody: an address, page or telephone"
    )
    log_level: str = Field("WARNING", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$", description="What is logged to stderr")
    log_format: str = Field("text", pattern=r"^(text|json)$", description="How lines of the log look")
    log_questions: bool = Field(False, description="Whether the log holds the text of questions")

    @field_validator("staff_key")
    @classmethod
    def _long_or_none(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"a key has at least {SHORTEST_KEY} characters")
        return value

    @field_validator("today", mode="before")
    @classmethod
    def _blank_is_none(cls, value: Any) -> Any:
        return None if value == "" else value

    @cached_property
    def sql_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'lsip.sqlite3'}"

    @staticmethod
    def calendar_day() -> date:
        """The day in London by the clock: what limits are counted by, whatever stands for today in answers."""
        return datetime.now(LONDON).date()

    def current_date(self) -> date:
        """Today in London, or the date that overrides it."""
        return self.today or self.calendar_day()


def load_settings(**overrides: Any) -> Settings:
    """Settings from the environment and `.env`. Raises SettingsError that names the variable and the remedy."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | RESERVED
    given = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    unknown = sorted(name for name in given - known if name.startswith(PREFIX))
    if unknown:
        raise SettingsError(
            f"Unknown setting {unknown[0]}.", "`.env.example` lists the settings; unset it or correct its name."
        )
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        name = name.upper() if name.upper().startswith(PREFIX) else PREFIX + name.upper()
        raise SettingsError(
            f"The setting {name} is wrong: {first['msg']}.", "`.env.example` says what it may hold."
        ) from None


# Settings of rooms that are not built yet: accepted, so that one environment serves all versions.
RESERVED = frozenset(PREFIX + name for name in ("GOVUK_URL", "LEGISLATION_URL", "FETCH_ALLOW"))
