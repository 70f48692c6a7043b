"""Every word sent to a model and every canned text shown to a reader, as files; this module only loads them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def messages() -> dict[str, str]:
    """The canned texts of `messages.yaml` by key. Values may hold {placeholders}."""
    loaded = yaml.safe_load(files(__package__).joinpath("messages.yaml").read_text(encoding="utf-8"))
    return {str(key): " ".join(str(value).split()) for key, value in loaded.items()}


def message(key: str, **values: str) -> str:
    """The canned text `key` with its placeholders filled."""
    return messages()[key].format(**values)
