"""What a run measured: which content of which collection, by which model, settings and code."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from vectorstore.catalogue import Catalogue

# Where things lie and who may reach them changes no answer, and some of it is secret.
_ELSEWHERE = re.compile(r"_(?:dir|url|key|token|secret|allow)$|^(?:host|port|workers|queue|log_level|collection)$")


class Fingerprint(BaseModel):
    """The index and the assistant of a run. `content` is a digest of the live versions, and so of their texts."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    collection: str
    generation: int
    content: str
    versions: int
    passages: int
    manifest: dict[str, Any]
    settings: dict[str, str]
    release: str
    commit: str

    def differs_from(self, other: Fingerprint) -> list[str]:
        """What is not the same, in words. The generation alone does not count: content decides."""
        pairs = {
            "collection": (self.collection, other.collection),
            "content of the index": (self.content, other.content),
            "release": (self.release, other.release),
            "commit": (self.commit, other.commit),
        }
        for name in sorted({*self.manifest, *other.manifest}):
            pairs[f"index {name}"] = (str(self.manifest.get(name, "-")), str(other.manifest.get(name, "-")))
        for name in sorted({*self.settings, *other.settings}):
            pairs[f"setting {name}"] = (self.settings.get(name, "-"), other.settings.get(name, "-"))
        return [f"{name}: {a} and {b}" for name, (a, b) in pairs.items() if a != b]


def take(catalogue: Catalogue, collection: str, settings: Mapping[str, Any]) -> Fingerprint:
    """The fingerprint of `collection` as it is now. Raises UnknownCollectionError."""
    manifest = catalogue.manifest(collection)
    ids = sorted(v.version_id for v in catalogue.versions(collection))
    return Fingerprint(
        collection=collection,
        generation=catalogue.generation(collection),
        content=hashlib.sha256("\n".join(ids).encode()).hexdigest()[:16],
        versions=len(ids),
        passages=catalogue.passage_count(collection),
        manifest={**{k: v for k, v in manifest.items() if isinstance(v, str | int | float)}, **_questions(manifest)},
        settings={k: str(v) for k, v in settings.items() if not _ELSEWHERE.search(k)},
        release=_release(),
        commit=_commit(Path(__file__).parent),
    )


def _release() -> str:
    try:
        return version("lsip-assistant")
    except PackageNotFoundError:
        return "not installed"


def _commit(folder: Path) -> str:
    """The commit of the checkout that `folder` lies in, marked where files were changed; empty outside one."""
    git = shutil.which("git")
    if git is None:
        return ""
    wanted = [git, "-C", str(folder), "describe", "--always", "--abbrev=12", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(wanted, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603 (own words)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _questions(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The digests of the known questions, which stand a folder each, in one line; nothing where there are none."""
    digests = sorted(manifest.get("questions", {}).values())
    return {"questions": " ".join(digests)} if digests else {}
