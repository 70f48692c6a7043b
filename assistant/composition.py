"""The composition root: builds everything from settings. Only entry points import it; only it knows all rooms."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from assistant.answering.area_names import area_mentions
from assistant.answering.assistant import Assistant
from assistant.answering.assistant import Path as AnswerPath
from assistant.answering.belonging import Belonging
from assistant.answering.compose import Compose
from assistant.answering.consult import Consult, Engine
from assistant.answering.contextualise import Contextualise
from assistant.answering.extract import Extract
from assistant.answering.recall import Recall
from assistant.answering.retrieve import Retrieve
from assistant.answering.rewrite import Rewrite
from assistant.answering.screen import Screen
from assistant.answering.sentences import Sentences
from assistant.answering.slots import PlaceReader
from assistant.answering.spelling import Speller
from assistant.answering.sums import Sums
from assistant.answering.turn import Step
from assistant.answering.understand import Understand
from assistant.answering.verify import Verifier, Verify
from assistant.answering.weighing import Weigh
from assistant.areas.engine import AreasEngine
from assistant.areas.engines import of_bodies, of_places
from assistant.areas.report import AreaDesk
from assistant.changes.findings import ChangesFindings
from assistant.changes.report import ChangesDesk
from assistant.conflicts.findings import ConflictFindings
from assistant.conversations.records import Records
from assistant.conversations.store import AnswerStore
from assistant.eligibility.engine import EligibilityEngine
from assistant.eligibility.exempt import Exempt
from assistant.eligibility.findings import EligibilityFindings
from assistant.eligibility.interview import Interviews
from assistant.eligibility.report import CheckDesk
from assistant.engine_room import EngineRoom, words_of_art
from assistant.evaluation.fingerprint import Fingerprint, take
from assistant.evaluation.running import Evaluation
from assistant.evaluation.searching import PlainSearch
from assistant.llm.allowance import Allowance, DailyMeter
from assistant.llm.langchain_model import LangChainModel, ModelOptions, check_installed
from assistant.llm.protocol import ChatModel
from assistant.llm.rationed import RationedModel
from assistant.logs import configure
from assistant.networks import Networks
from assistant.settings import Settings
from assistant.sites.office import Office
from assistant.sites.visitors import Visitors
from assistant.slack.storage.cabinet import Cabinet
from assistant.tables.findings import TableFindings
from assistant.timeline.engine import TimelineEngine
from assistant.timeline.findings import TimelineFindings
from assistant.timeline.report import TimelineDesk
from assistant.timeline.standing import Standing
from vectorstore.catalogue import Catalogue, migrate, open_engine
from vectorstore.embedding.cross_encoder import CrossEncoderScorer
from vectorstore.embedding.factory import BulkEmbedder, query_embedder
from vectorstore.embedding.protocol import TokenEmbedder
from vectorstore.embedding.token_cache import TokenCache
from vectorstore.errors import KnowledgeError
from vectorstore.generations import PerGeneration
from vectorstore.locations import Locations
from vectorstore.profile import CollectionProfile
from vectorstore.reranking import CrossEncoding, LateInteraction, Reranker
from vectorstore.retrieval import Retriever
from vectorstore.snapshot import Snapshot
from vectorstore.staging import Staging
from vectorstore.token_store import TokenStore

if TYPE_CHECKING:
    from ingestion.pipeline import Pipeline

STARTER = "starter"
LATE = "late"
NO_RERANKER = ("", "none")  # off until late interaction is shown to earn its time
COMPUTED = (
    "rule",
    "check_gap",
    "check_closed",
    "check_successor",
    "event",
    "edition",
    "term",
    "date_gap",
    "conflict",
    "conflict_side",
)


class Application:
    """Everything of one process, built when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._paths: dict[str, AnswerPath] = {}
        self._retrievers: dict[str, Retriever] = {}
        self._token_stores: dict[str, TokenStore] = {}
        self._lock = Lock()
        self._tokens_lock = Lock()

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

    @cached_property
    def remembering(self) -> TokenEmbedder:
        """The embedder with what it read lately: a question is searched with and scored by one reading."""
        return TokenCache(self.embedder)

    @cached_property
    def networks(self) -> Networks:
        """The small networks that come with the package, as far as settings use them."""
        return Networks(self.settings)

    def retriever(self, collection: str) -> Retriever:
        with self._lock:
            if collection not in self._retrievers:
                self._retrievers[collection] = Retriever(
                    collection,
                    self.catalogue,
                    self.locations,
                    self.remembering,
                    self._reranker(collection),
                    self.networks.finder,
                )
            return self._retrievers[collection]

    def _reranker(self, collection: str) -> Reranker | None:
        """What orders hits again, by LSIP_RERANKER."""
        name = self.settings.reranker
        if name in NO_RERANKER:
            return None
        if name == LATE:
            return LateInteraction(self.remembering, lambda: self._tokens(collection))
        return CrossEncoding(CrossEncoderScorer(name))

    def _tokens(self, collection: str) -> TokenStore:
        """The token vectors of a collection's passages."""
        with self._tokens_lock:
            if collection not in self._token_stores:
                path = self.locations.tokens(self.locations.vectors_name(collection, self.embedder.model_key))
                self._token_stores[collection] = TokenStore(path, self.embedder)
            return self._token_stores[collection]

    @cached_property
    def engines(self) -> EngineRoom:
        """The exact engines, by collection."""
        return EngineRoom(self)

    def areas(self, collection: str) -> AreasEngine:
        return self.engines.areas(collection)

    def area_desk(self, collection: str) -> AreaDesk:
        return self.engines.area_desk(collection)

    def timeline(self, collection: str) -> TimelineEngine:
        return self.engines.timeline(collection)

    def eligibility(self, collection: str) -> EligibilityEngine:
        return self.engines.eligibility(collection)

    def timeline_desk(self, collection: str) -> TimelineDesk:
        return self.engines.timeline_desk(collection)

    def check_desk(self, collection: str) -> CheckDesk:
        return self.engines.check_desk(collection)

    def changes_desk(self, collection: str) -> ChangesDesk:
        return self.engines.changes_desk(collection)

    @cached_property
    def store(self) -> AnswerStore:
        return AnswerStore(self.catalogue.engine)

    @cached_property
    def office(self) -> Office:
        """The sites that carry the widget, the doors, the keys, and who may ask."""
        return Office(self.settings, lambda: self.catalogue.engine)

    @property
    def visitors(self) -> Visitors:
        return self.office.visitors

    @cached_property
    def slack(self) -> Cabinet:
        """What the Slack app keeps: questions that arrived, threads, settings of workspaces, installations."""
        return Cabinet(lambda: self.catalogue.engine, lambda: self.office.secret, self.settings)

    @cached_property
    def records(self) -> Records:
        """Conversations, votes, and all else that is kept of questions."""
        s = self.settings
        return Records(
            self.catalogue.engine,
            retention_days=s.retention_days,
            calendar=s.calendar_day,
            today=s.current_date,
            also=lambda before: self.slack.sweep(before),
        )

    def model_options(self) -> ModelOptions | None:
        """How the chat model is called; None without one. Raises ModelError if its packages are missing."""
        s = self.settings
        if not s.model:
            return None
        options = ModelOptions(
            model=s.model,
            url=s.model_url,
            key=s.model_key.get_secret_value(),
            seconds=float(s.model_timeout),
            retries=s.model_retries,
            max_tokens=s.model_max_tokens,
        )
        check_installed(options)
        return options

    @cached_property
    def language_model(self) -> LangChainModel | None:
        """The chat model as it is, without bounds; None without one."""
        options = self.model_options()
        return LangChainModel(options) if options else None

    @cached_property
    def chat_model(self) -> ChatModel | None:
        """The chat model within the bounds of its settings; None without one."""
        model, s = self.language_model, self.settings
        if model is None:
            return None
        allowance = Allowance(s.model_daily_requests, s.model_daily_tokens)
        meter = DailyMeter(self.catalogue.engine, allowance, s.calendar_day)
        return RationedModel(model, meter, at_once=s.model_concurrency, max_tokens=s.model_max_tokens)

    def prepare_model(self) -> None:
        """Load what the chat model needs, which takes seconds; what is missing is told now, not at a question."""
        if self.language_model is not None:
            self.language_model.connected()

    def prepare(self) -> None:
        """Open what the first question would else wait for. Raises what makes answers impossible."""
        from threadpoolctl import threadpool_limits

        self.prepare_model()
        self.retriever(self.settings.collection).snapshot()
        # the matrices of a question are small: threads of their own wait more than they work
        threadpool_limits(1, "blas")
        # what was opened stays: looking through it for garbage again and again takes 7 % of a question
        gc.collect()
        gc.freeze()

    @cached_property
    def assistant(self) -> Assistant:
        return self._assistant(Recall(self.settings.recall))

    def _assistant(self, recall: Recall) -> Assistant:
        s = self.settings
        return Assistant(self.path, self.store, s.current_date, s.collection, recall)

    def path(self, collection: str) -> AnswerPath:
        """The steps from question to answer in a collection."""
        if collection not in self._paths:
            retriever, areas = self.retriever(collection), self.areas(collection)
            eligibility, atlas = self.eligibility(collection), self.engines.atlas(collection)
            timeline, editions = self.timeline(collection), self.engines.editions(collection)
            spell = Speller(retriever.is_word, lambda: words_of_art(timeline, eligibility))
            checks = EligibilityFindings(eligibility, retriever, atlas, timeline.event, spell)
            engines: list[Engine] = [
                TableFindings(areas, retriever),
                *of_bodies(areas, retriever),
                Standing(editions, retriever),
                Exempt(eligibility, checks.decided, spell),
                TimelineFindings(timeline, retriever, spell),
                checks,
                ConflictFindings(self.catalogue, retriever.snapshot, retriever),
                ChangesFindings(self.changes_desk(collection)),
                *of_places(areas, retriever),
            ]
            interviews = Interviews(lambda: eligibility.book.checks)
            places = place_words(areas)
            belonging = Belonging(retriever, places)
            contextualise: Step = Contextualise(places, interviews.standalone, self.networks.resolver)
            understand = Understand(areas, editions.time_of, belonging)
            consult = Consult(engines, Weigh(self.networks.reader))
            retrieve = Retrieve(retriever, self._computed_from(retriever))
            compose: Step = Extract(retriever, Sentences(retriever, reader=self.networks.reader), belonging)
            answering: list[Step] = [understand, consult, retrieve, compose]
            if self.chat_model is not None:
                contextualise = Rewrite(contextualise, self.chat_model, interviews.standalone)
                compose = Compose(
                    compose,
                    self.chat_model,
                    Verifier(self.catalogue),
                    retriever,
                    longest=self.settings.model_evidence,
                )
            steps: list[tuple[str, Step]] = [
                ("screen", Screen(self.settings.max_question)),
                ("contextualise", contextualise),
                ("understand", understand),
                ("consult", Sums(consult, answering, places)),
                ("retrieve", retrieve),
                ("compose", compose),
                ("verify", Verify(self.catalogue)),
            ]
            self._paths[collection] = AnswerPath(
                steps,
                retriever.snapshot,
                self.engines.locate(collection),
                lambda: self.catalogue.generation(collection),
            )
        return self._paths[collection]

    def _computed_from(self, retriever: Retriever) -> Callable[[], frozenset[str]]:
        """The documents that say what the engines compute with: rows of tables, events, sides of differences.

        Out of their engine's hands such a sentence answers too little: a row without the facts it is for.
        """

        def read(snapshot: Snapshot) -> frozenset[str]:
            return frozenset(f.document for f in self.catalogue.facts(snapshot.collection, COMPUTED) if f.document)

        return PerGeneration(retriever.snapshot, read)

    def evaluation(self, collection: str) -> Evaluation:
        """Asks questions of a collection and observes what becomes of them."""
        search = PlainSearch(self.retriever(collection), self.areas(collection))
        return Evaluation(self._assistant(Recall(0)), search, self.catalogue.text, collection)

    def fingerprint(self, collection: str) -> Fingerprint:
        """What an evaluation of a collection measures at this moment."""
        return take(self.catalogue, collection, self.settings.model_dump())

    def pipeline(self) -> Pipeline:
        """A pipeline for one ingestion. Its parsers are imported only now: questions do without them."""
        from ingestion.pipeline import Pipeline

        embedder = BulkEmbedder(self.settings.embedding_model, self.settings.data_dir)
        self.networks.prepare()
        tokens = self._tokens if self.settings.reranker == LATE else None
        return Pipeline(
            self.catalogue, Staging(self.catalogue.engine), self.locations, embedder, tokens, self.networks.finder
        )

    @staticmethod
    def starter_corpus() -> Path:
        """The folder of the corpus that comes with the package."""
        return Path(str(files("ingestion") / "corpus"))


def place_words(areas: AreasEngine) -> PlaceReader:
    """The words of a text that name places, by the engine; by the profile where the collection has no areas."""

    def mentions(text: str, profile: CollectionProfile) -> list[str]:
        found = [m.words for m in areas.mentions(text)]
        return found if areas.atlas.councils else area_mentions(text, profile)

    return mentions


def build(settings: Settings) -> Application:
    """The application for `settings`. Nothing is opened before it is needed."""
    configure(settings.log_level, settings.log_format)
    return Application(settings)


def read_report(path: Path) -> dict[str, Any]:
    """How the file at `path` is read, as `lsip parse` shows it."""
    from ingestion.inspection import report_on_file

    return report_on_file(path)
