"""The composition root: builds everything from settings. Only entry points import it; only it knows all rooms."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.answering.assistant import Assistant
from assistant.answering.assistant import Path as AnswerPath
from assistant.answering.consult import Consult
from assistant.answering.contextualise import Contextualise, PlaceReader
from assistant.answering.extract import Extract
from assistant.answering.retrieve import Retrieve
from assistant.answering.screen import Screen
from assistant.answering.turn import Step
from assistant.answering.understand import Understand, area_mentions
from assistant.answering.verify import Verify
from assistant.areas.engine import AreasEngine
from assistant.areas.findings import AreaFindings
from assistant.areas.report import AreaDesk
from assistant.areas.sections import AreaSections
from assistant.conversations.store import AnswerStore
from assistant.settings import Settings
from vectorstore.catalogue import Catalogue, migrate, open_engine
from vectorstore.embedding.factory import BulkEmbedder, query_embedder
from vectorstore.embedding.protocol import TokenEmbedder
from vectorstore.errors import KnowledgeError
from vectorstore.locations import Locations
from vectorstore.profile import CollectionProfile
from vectorstore.retrieval import Retriever
from vectorstore.staging import Staging
from vectorstore.text import content_stems

if TYPE_CHECKING:
    from ingestion.pipeline import Pipeline

STARTER = "starter"


class Application:
    """Everything of one process, built when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._paths: dict[str, AnswerPath] = {}
        self._retrievers: dict[str, Retriever] = {}
        self._areas: dict[str, AreasEngine] = {}
        self._lock = Lock()

    @cached_property
    def catalogue(self) -> Catalogue:
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        engine = open_engine(self.settings.sql_url)
        catalogue = Catalogue(engine)
        try:
            migrate(engine)
        except Exception as error:
            raise KnowledgeError(
                "The catalogue's database cannot be opened.",
                "Check LSIP_DATABASE_URL and LSIP_DATA_DIR; `lsip doctor` says more.",
            ) from error
        return catalogue

    @cached_property
    def locations(self) -> Locations:
        return Locations(self.settings.data_dir, self.settings.chroma_url)

    @cached_property
    def embedder(self) -> TokenEmbedder:
        return query_embedder(self.settings.embedding_model, self.settings.data_dir)

    def retriever(self, collection: str) -> Retriever:
        with self._lock:
            if collection not in self._retrievers:
                self._retrievers[collection] = Retriever(collection, self.catalogue, self.locations, self.embedder)
            return self._retrievers[collection]

    def areas(self, collection: str) -> AreasEngine:
        """The areas engine of a collection; one without facts knows no areas."""
        retriever = self.retriever(collection)
        with self._lock:
            if collection not in self._areas:
                self._areas[collection] = AreasEngine(
                    self.catalogue, retriever.snapshot, self.locations.places, _used_words(retriever)
                )
            return self._areas[collection]

    def area_desk(self, collection: str) -> AreaDesk:
        """Looks places up in a collection's areas."""
        return AreaDesk(self.areas(collection), self.retriever(collection))

    def locate(self, collection: str) -> Callable[[str, date], str | None]:
        """What gives the id of the one area that a place lies in on a date, or None."""
        areas = self.areas(collection)

        def locate(query: str, on: date) -> str | None:
            found = areas.look_up(query, on).areas
            return found[0] if len(found) == 1 else None

        return locate

    @cached_property
    def store(self) -> AnswerStore:
        return AnswerStore(self.catalogue.engine)

    @cached_property
    def assistant(self) -> Assistant:
        return Assistant(self._path, self.store, self.settings.current_date, self.settings.collection)

    def _path(self, collection: str) -> AnswerPath:
        if collection not in self._paths:
            retriever, areas = self.retriever(collection), self.areas(collection)
            steps: list[tuple[str, Step]] = [
                ("screen", Screen(self.settings.max_question)),
                ("contextualise", Contextualise(_place_words(areas))),
                ("understand", Understand(areas)),
                ("consult", Consult([AreaFindings(areas, retriever), AreaSections(retriever)])),
                ("retrieve", Retrieve(retriever)),
                ("compose", Extract(retriever)),
                ("verify", Verify(self.catalogue)),
            ]
            self._paths[collection] = AnswerPath(steps, retriever.snapshot, self.locate(collection))
        return self._paths[collection]

    def pipeline(self) -> Pipeline:
        """A pipeline for one ingestion. Its parsers are imported only now: questions do without them."""
        from ingestion.pipeline import Pipeline

        embedder = BulkEmbedder(self.settings.embedding_model, self.settings.data_dir)
        return Pipeline(self.catalogue, Staging(self.catalogue.engine), self.locations, embedder)

    @staticmethod
    def starter_corpus() -> Path:
        """The folder of the corpus that comes with the package."""
        return Path(str(files("ingestion") / "corpus"))


def _used_words(retriever: Retriever) -> Callable[[str], bool]:
    """Whether the collection uses a word, so that it is no misspelt name."""

    def used(word: str) -> bool:
        return any(retriever.document_frequency(stem) > 0 for stem in content_stems(word)) or not content_stems(word)

    return used


def _place_words(areas: AreasEngine) -> PlaceReader:
    """The words of a text that name places, by the engine; by the profile where the collection has no areas."""

    def mentions(text: str, profile: CollectionProfile) -> list[str]:
        found = [m.words for m in areas.mentions(text)]
        return found if areas.atlas.councils else area_mentions(text, profile)

    return mentions


def build(settings: Settings) -> Application:
    """The application for `settings`. Nothing is opened before it is needed."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return Application(settings)


def read_report(path: Path) -> dict[str, Any]:
    """How the file at `path` is read, as `lsip parse` shows it."""
    from ingestion.inspection import report_on_file

    return report_on_file(path)
