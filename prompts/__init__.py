"""Every word sent to a model and every canned text shown to a reader, as files; this module only loads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told. `fingerprint` is the SHA-256 of the whole file, and is kept with every answer."""

    name: str
    version: int
    text: str
    fingerprint: str


@cache
def messages() -> dict[str, str]:
    """The canned texts of `messages.yaml` by key. Values may hold {placeholders}."""
    loaded = yaml.safe_load(files(__package__).joinpath("messages.yaml").read_text(encoding="utf-8"))
    return {str(key): " ".join(str(value).split()) for key, value in loaded.items()}


def message(key: str, **values: str) -> str:
    """The canned text `key` with its placeholders filled."""
    return messages()[key].format(**values)


@cache
def prompt(name: str) -> Prompt:
    """The prompt of `name`.md: its front matter between two lines of hyphens, then the text."""
    content = files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    _, front, text = content.split("---\n", 2)
    about = yaml.safe_load(front)
    return Prompt(str(about["name"]), int(about["version"]), text.strip(), sha256(content.encode()).hexdigest())
