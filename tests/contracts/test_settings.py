"""Settings and `.env.example` say the same thing; what is wrong is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import PREFIX, RESERVED, Settings, load_settings
from vectorstore.errors import SettingsError

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SETTING = re.compile(r"^# (LSIP_[A-Z_]+)=(.*)$", re.MULTILINE)
FIELDS = {PREFIX + name.upper(): (name, field) for name, field in Settings.model_fields.items()}

BOUNDS = [
    ("LSIP_PORT", "0", "65535", ["-1", "65536", "eighty", ""]),
    ("LSIP_MAX_QUESTION", "50", "5000", ["49", "5001", "many"]),
    ("LSIP_RECALL", "0", "100000", ["-1", "100001"]),
    ("LSIP_PROCESSES", "1", "64", ["0", "65"]),
    ("LSIP_WORKERS", "1", "64", ["0", "65"]),
    ("LSIP_QUEUE", "1", "10000", ["0", "10001"]),
    ("LSIP_HOST", "h", "h" * 255, ["", "h" * 256]),
    ("LSIP_COLLECTION", "ab", "a" * 41, ["a", "a" * 42, "LSIP", "../x", "a b"]),
    ("LSIP_DATABASE_URL", "", "s" * 2000, ["s" * 2001]),
    ("LSIP_EMBEDDING_MODEL", "", "m" * 500, ["m" * 501]),
    ("LSIP_RERANKER", "", "m" * 500, ["m" * 501]),
    ("LSIP_READER", "false", "true", ["perhaps", ""]),
    ("LSIP_FINDER", "false", "true", ["perhaps", ""]),
    ("LSIP_RESOLVER", "false", "true", ["perhaps", ""]),
    ("LSIP_CHROMA_URL", "", "https://chroma.example", ["chroma.example", "ftp://chroma.example"]),
    ("LSIP_MODEL", "", "m" * 200, ["m" * 201]),
    ("LSIP_MODEL_URL", "", "http://127.0.0.1:8080/v1", ["127.0.0.1:8080", "ftp://models.example"]),
    ("LSIP_MODEL_KEY", "", "k" * 500, ["k" * 501]),
    ("LSIP_MODEL_TIMEOUT", "1", "300", ["0", "301", "soon"]),
    ("LSIP_MODEL_RETRIES", "0", "5", ["-1", "6"]),
    ("LSIP_MODEL_CONCURRENCY", "1", "64", ["0", "65"]),
    ("LSIP_MODEL_DAILY_REQUESTS", "0", "1000000", ["-1", "1000001"]),
    ("LSIP_MODEL_DAILY_TOKENS", "0", "1000000000", ["-1", "1000000001"]),
    ("LSIP_MODEL_EVIDENCE", "1000", "100000", ["999", "100001"]),
    ("LSIP_MODEL_MAX_TOKENS", "100", "8000", ["99", "8001"]),
    ("LSIP_TODAY", "2022-04-28", "2099-12-31", ["yesterday", "2025-02-30", "28/04/2022"]),
    ("LSIP_SHUTDOWN_GRACE", "0", "300", ["-1", "301"]),
    ("LSIP_SECRET_KEY", "", "k" * 500, ["k" * 501]),
    ("LSIP_OPEN_API", "false", "true", ["perhaps", ""]),
    ("LSIP_REDIS_URL", "", "rediss://redis.example:6380/1", ["127.0.0.1:6379", "http://redis.example"]),
    ("LSIP_PROXIES", "", "p" * 1000, ["p" * 1001]),
    ("LSIP_SESSION_QUOTA", "", "1/second;15/minute;60/hour;9999999/day", ["15", "15/week", "0/day", "1/day;"]),
    ("LSIP_ADDRESS_QUOTA", "", "60/minute", ["60 per minute", "-1/day"]),
    ("LSIP_SITE_QUOTA", "", "600/minute", ["600/minute,1/day"]),
    ("LSIP_KEY_QUOTA", "", "600/minute", ["many"]),
    ("LSIP_READ_QUOTA", "", "1200/minute", ["10000000/minute"]),
    ("LSIP_RETENTION_DAYS", "1", "3650", ["0", "3651", "long"]),
    ("LSIP_STAFF_KEY", "", "k" * 500, ["k" * 15, "k" * 501]),
    (
        "LSIP_PUBLIC_URL",
        "",
        "https://lsip.example/ask",
        ["lsip.example", "ftp://lsip.example", "https://x.example/?q"],
    ),
    ("LSIP_SLACK_BOT_TOKEN", "", "x" * 500, ["x" * 501]),
    ("LSIP_SLACK_APP_TOKEN", "", "x" * 500, ["x" * 501]),
    ("LSIP_SLACK_SIGNING_SECRET", "", "x" * 500, ["x" * 501]),
    ("LSIP_SLACK_CLIENT_ID", "", "1" * 200, ["1" * 201]),
    ("LSIP_SLACK_CLIENT_SECRET", "", "x" * 500, ["x" * 501]),
    (
        "LSIP_SLACK_API_URL",
        "http://127.0.0.1:9/api/",
        "https://slack.com/api/",
        ["", "https://slack.com/api", "slack"],
    ),
    ("LSIP_SLACK_FOLLOW_UPS", "mention", "anyone", ["nobody", ""]),
    ("LSIP_SLACK_WORKERS", "1", "64", ["0", "65"]),
    ("LSIP_SLACK_QUEUE", "1", "10000", ["0", "10001"]),
    ("LSIP_SLACK_PERSON_QUOTA", "", "20/minute", ["twenty"]),
    ("LSIP_SLACK_WORKSPACE_QUOTA", "", "300/minute", ["0/day"]),
    ("LSIP_SLACK_HELP", "", "h" * 300, ["h" * 301]),
    ("LSIP_LOG_FORMAT", "text", "json", ["xml", ""]),
    ("LSIP_LOG_QUESTIONS", "False", "True", ["perhaps", ""]),
    ("LSIP_LOG_LEVEL", "DEBUG", "ERROR", ["LOUD", ""]),
]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting of the machine and no `.env` of the checkout reaches these tests."""
    for name in [*FIELDS, *RESERVED]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield


def blocks() -> dict[str, str]:
    """The comment lines above each setting in `.env.example`."""
    found: dict[str, str] = {}
    comment: list[str] = []
    for line in EXAMPLE.splitlines():
        setting = SETTING.match(line)
        if setting:
            found[setting[1]] = "\n".join(comment)
        comment = [*comment, line] if line.startswith("#") and not setting else []
    return found


def shown(default: Any) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return "" if default is None else str(default)


def test_the_example_names_every_setting_once() -> None:
    names = [name for name, _ in SETTING.findall(EXAMPLE)]
    assert len(names) == len(set(names))
    assert set(names) == set(FIELDS) | RESERVED
    assert not set(FIELDS) & RESERVED


def test_the_example_changes_nothing_as_it_stands() -> None:
    assert [line for line in EXAMPLE.splitlines() if line.strip() and not line.startswith("#")] == []


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_the_example_gives_description_and_default(name: str) -> None:
    _, field = FIELDS[name]
    assert field.description and len(field.description) > 10
    assert f"# {field.description}." in blocks()[name].splitlines()
    assert dict(SETTING.findall(EXAMPLE))[name] == shown(field.default)


def test_the_defaults_of_the_example_are_accepted(tmp_path: Path) -> None:
    lines = [f"{name}={value}" for name, value in SETTING.findall(EXAMPLE)]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    assert load_settings() == Settings()


@pytest.mark.parametrize(("name", "low", "high", "bad"), BOUNDS, ids=[b[0] for b in BOUNDS])
def test_bounds(name: str, low: str, high: str, bad: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for good in (low, high):
        monkeypatch.setenv(name, good)
        load_settings()
    for value in bad:
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingsError) as caught:
            load_settings()
        assert name in caught.value.message and ".env.example" in caught.value.remedy


def test_every_setting_has_bounds_here() -> None:
    assert {b[0] for b in BOUNDS} | {"LSIP_DATA_DIR"} == set(FIELDS)


@pytest.mark.parametrize(
    "name", ["LSIP_PORT", "LSIP_MAX_QUESTION", "LSIP_WORKERS", "LSIP_QUEUE", "LSIP_MODEL_DAILY_REQUESTS"]
)
def test_the_example_tells_the_bounds_of_numbers(name: str) -> None:
    low, high = next((b[1], b[2]) for b in BOUNDS if b[0] == name)
    assert f"# {low} to {high}." in blocks()[name]


def test_a_wrong_value_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSIP_CHROMA_URL", "user:hunter2@chroma")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("name", ["LSIP_PROT", "LSIP_", "lsip_datadir"])
def test_an_unknown_name_in_the_environment_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "8000")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert name.upper() in caught.value.message


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LSIP_PROT=8000\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="LSIP_PROT"):
        load_settings()


def test_other_lines_of_the_file_belong_to_others(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=x\nLSIP_PORT=8123\n", encoding="utf-8")
    assert load_settings().port == 8123


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LSIP_PORT=8123\n", encoding="utf-8")
    monkeypatch.setenv("LSIP_PORT", "8124")
    assert load_settings().port == 8124


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_reserved_names_are_accepted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "anything")
    assert load_settings() == Settings()


def test_today_is_injected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSIP_TODAY", "2024-03-01")
    assert load_settings().current_date().isoformat() == "2024-03-01"
