"""One process answers while another changes what is held."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.model import Answer, AnswerStatus, Question
from assistant.composition import Application
from assistant.settings import Settings
from tests.fakes.catalogued import write
from tests.fakes.killing import Worker
from vectorstore.retrieval import Query

PLACES = ("cellar", "attic", "yard", "roof")
TODAY = date(2026, 11, 23)
ROUNDS = 12  # ingestions while others read


def fruit(name: str, place: str) -> str:
    return f"# {name.title()}\n\n## Where {name} are kept\n\nThe {name} are kept in the {place} of the house.\n"


def folder_of(root: Path, place: str) -> Path:
    names = ("apples", "pears", "plums", "figs", "quinces", "medlars")
    return write(root, {f"{name}.md": fruit(name, place) for name in names})


@dataclass
class Reader:
    """The process that answers, with its folder of sources and the process that ingests."""

    application: Application
    folder: Path
    worker: Worker
    data: Path
    problems: list[str] = field(default_factory=list)

    def ask(self, question: str) -> Answer:
        return self.application.assistant.ask(Question(question=question, collection="k"))

    def live(self) -> set[str]:
        return {v.version_id for v in self.application.catalogue.versions("k")}

    def ingest(self) -> None:
        assert self.worker.run(self.folder)[0] == 0


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    data = tmp_path / "data"
    with Worker(data) as worker:
        settings = Settings(data_dir=data, embedding_model="hashing", today=TODAY)
        made = Reader(Application(settings), folder_of(tmp_path / "src", "cellar"), worker, data)
        made.ingest()
        yield made


def exact(reader: Reader, answer: Answer) -> bool:
    """Whether every citation quotes the stored text of its version."""
    return all(reader.application.catalogue.text(c.version_id)[c.start : c.end] == c.quote for c in answer.citations)


def test_the_next_question_sees_a_change(reader: Reader) -> None:
    before = reader.ask("Where are the apples kept?")
    assert "cellar" in before.text
    write(reader.folder, {"apples.md": fruit("apples", "attic")})
    reader.ingest()
    after = reader.ask("Where are the apples kept?")
    assert after.status is AnswerStatus.ANSWERED
    assert "The apples are kept in the attic of the house." in after.text
    assert "The apples are kept in the cellar of the house." not in after.text
    assert {c.version_id for c in after.citations} <= reader.live()
    assert exact(reader, before)
    assert exact(reader, after)


def test_the_next_question_does_not_cite_what_is_gone(reader: Reader) -> None:
    assert reader.ask("Where are the pears kept?").citations
    (gone,) = reader.application.catalogue.versions("k", document_id="pears")
    (reader.folder / "pears.md").unlink()
    reader.ingest()
    after = reader.ask("Where are the pears kept?")
    assert gone.version_id not in {c.version_id for c in after.citations}
    assert "The pears are kept" not in after.text
    hits = reader.application.retriever("k").search(Query("pears", TODAY, limit=50))
    assert gone.version_id not in {h.version.version_id for h in hits}


def test_a_collection_that_appears_later(reader: Reader) -> None:
    assert "later" not in reader.application.catalogue.collections()
    assert reader.worker.run(reader.folder, "later")[0] == 0
    answer = reader.application.assistant.ask(Question(question="Where are the figs kept?", collection="later"))
    assert answer.status is AnswerStatus.ANSWERED


@pytest.mark.parametrize("threads", [4])
def test_questions_during_ingestion(reader: Reader, threads: int) -> None:
    """Every citation is exact, and of a version that was live at some moment of its question."""
    stop = threading.Event()
    statuses: Counter[AnswerStatus] = Counter()

    def question(name: str) -> None:
        before = reader.live()
        answer = reader.ask(f"Where are the {name} kept?")
        statuses[answer.status] += 1
        if not exact(reader, answer):
            reader.problems.append(f"not exact: {answer.text}")
        if not {c.version_id for c in answer.citations} <= before | reader.live():
            reader.problems.append(f"not live: {answer.text}")
        if answer.status is AnswerStatus.FAILED:
            reader.problems.append(f"failed: {answer.text}")

    def loop(name: str) -> None:
        while not stop.is_set():
            try:
                question(name)
            except Exception as error:
                reader.problems.append(repr(error))

    asking = [threading.Thread(target=loop, args=(name,)) for name in ("apples", "pears", "plums", "figs")[:threads]]
    for thread in asking:
        thread.start()
    try:
        for number in range(ROUNDS):
            folder_of(reader.folder, PLACES[number % len(PLACES)])
            reader.ingest()
    finally:
        stop.set()
        for thread in asking:
            thread.join()
    assert reader.problems == []
    assert statuses[AnswerStatus.ANSWERED] > ROUNDS


def test_searches_during_ingestion_see_one_state(reader: Reader) -> None:
    """No search mixes two generations, and none comes back short."""
    stop = threading.Event()
    seen: Counter[tuple[int, int]] = Counter()

    def loop() -> None:
        while not stop.is_set():
            try:
                hits = reader.application.retriever("k").search(Query("kept in the house", TODAY, limit=50))
            except Exception as error:
                reader.problems.append(repr(error))
                return
            places = {place for h in hits for place in PLACES if place in h.passage.text}
            seen[(len(hits), len(places))] += 1

    searching = [threading.Thread(target=loop) for _ in range(3)]
    for thread in searching:
        thread.start()
    try:
        for number in range(ROUNDS):
            folder_of(reader.folder, PLACES[number % len(PLACES)])
            reader.ingest()
    finally:
        stop.set()
        for thread in searching:
            thread.join()
    assert reader.problems == []
    assert set(seen) == {(6, 1)}
