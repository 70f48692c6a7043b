"""What the integration tests share: the exported encoder and the starter collection, which take a while to make."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.app import main
from assistant.composition import STARTER, Application, build
from assistant.settings import load_settings
from ingestion.places import compile_places
from tests.fakes.real_areas import rendered
from vectorstore.embedding.factory import packaged_reader, packaged_resolver, query_embedder

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def encoder_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which the packaged encoder, cross-encoder and resolver have been exported."""
    folder = tmp_path_factory.mktemp("encoder")
    query_embedder("", folder)
    packaged_reader(folder)
    packaged_resolver(folder)
    return folder


@pytest.fixture(scope="session")
def places_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which postcodes and towns have been compiled."""
    folder = tmp_path_factory.mktemp("places")
    compile_places(folder, rendered().localities)
    return folder


@dataclass(frozen=True)
class Starter:
    """The starter corpus, taken in with the real embedding model, and the application over it."""

    data: Path
    app: Application


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory, encoder_cache: Path, places_cache: Path) -> Starter:
    """The starter collection as of TODAY. Takes about a minute, once; nothing may be written to its knowledge."""
    data = tmp_path_factory.mktemp("starter")
    shutil.copytree(encoder_cache / "encoders", data / "encoders")
    shutil.copytree(places_cache, data / "places")
    app = build(load_settings(data_dir=data, today=TODAY))
    report = app.pipeline().run(app.starter_corpus(), "lsip", name=STARTER)
    assert not report.failed
    return Starter(data, app)


@pytest.fixture
def at_starter(starter: Starter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Starter:
    """The environment of a user of the starter collection, in an empty folder."""
    monkeypatch.setenv("LSIP_DATA_DIR", str(starter.data))
    monkeypatch.setenv("LSIP_TODAY", TODAY.isoformat())
    monkeypatch.chdir(tmp_path)
    return starter


@dataclass
class Shell:
    """Runs a command and keeps what it printed."""

    capsys: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    def __call__(self, *arguments: str) -> int:
        self.capsys.readouterr()
        code = main(list(arguments))
        self.out, self.err = self.capsys.readouterr()
        return code

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.split("\n") if line]


@pytest.fixture
def lsip(at_starter: Starter, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)
