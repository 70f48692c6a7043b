"""The small networks that come with the package: each is used unless its setting turns it off."""

from __future__ import annotations

from functools import cached_property

from assistant.settings import Settings
from vectorstore.embedding.factory import packaged_finder, packaged_reader, packaged_resolver
from vectorstore.embedding.finder import Finder
from vectorstore.embedding.reader import Reader
from vectorstore.embedding.resolver import Resolver

NO_MODEL = "hashing"  # the embedding model of tests, which do without networks


class Networks:
    """Opens each network when it is first needed; exported once for each data directory."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._models = settings.embedding_model != NO_MODEL

    @cached_property
    def reader(self) -> Reader | None:
        """The cross-encoder that reads sentences with the question; None where LSIP_READER turns it off."""
        return packaged_reader(self._settings.data_dir) if self._models and self._settings.reader else None

    @cached_property
    def finder(self) -> Finder | None:
        """What finds sentences by vectors of their own; None where LSIP_FINDER turns it off."""
        return packaged_finder(self._settings.data_dir) if self._models and self._settings.finder else None

    @cached_property
    def resolver(self) -> Resolver | None:
        """What finds the words that a follow-up leaves out; None where LSIP_RESOLVER turns it off."""
        return packaged_resolver(self._settings.data_dir) if self._models and self._settings.resolver else None

    def prepare(self) -> None:
        """Export all of them now, so that the first question does not wait for it."""
        _ = self.reader, self.finder, self.resolver
