"""Where the parts of the knowledge live: one place that knows the folders and addresses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from vectorstore.chroma import ChromaIndex
from vectorstore.errors import KnowledgeError
from vectorstore.keywords import KeywordIndex


@dataclass(frozen=True, slots=True)
class Locations:
    """Folders under the data directory, and the Chroma server if there is one."""

    data_dir: Path
    chroma_url: str = ""

    def vectors(self, name: str) -> ChromaIndex:
        return ChromaIndex(name, folder=self.data_dir / "chroma", url=self.chroma_url)

    def vectors_name(self, collection: str, model_key: str) -> str:
        """A Chroma collection for each model, so that a change of model never mixes vectors."""
        return f"{collection}-{hashlib.sha256(model_key.encode()).hexdigest()[:10]}"

    def keywords(self, collection: str) -> KeywordIndex:
        return KeywordIndex(self.data_dir / "keywords" / collection)

    @property
    def flat(self) -> Path:
        """Where the flat indexes are, a folder for each Chroma collection."""
        return self.data_dir / "flat"

    def tokens(self, vectors_name: str) -> Path:
        """The file of token vectors beside the Chroma collection of that name."""
        return self.data_dir / "tokens" / f"{vectors_name}.sqlite3"

    def questions(self, collection: str) -> Path:
        """Where the known questions of a collection are compiled to, one folder for each version of them."""
        return self.data_dir / "questions" / collection

    @property
    def places(self) -> Path:
        """Where postcodes and towns are compiled to, one folder for each version of them."""
        return self.data_dir / "places"

    def lock(self, collection: str) -> Path:
        folder = self.data_dir / "locks"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnowledgeError(
                "The data directory cannot be written.", "Set LSIP_DATA_DIR to a folder that may be written."
            ) from error
        return folder / f"ingest-{collection}.lock"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data_dir / 'lsip.sqlite3'}"
