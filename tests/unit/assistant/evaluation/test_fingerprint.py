"""What a run measured, and how two of them differ."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation.fingerprint import take
from tests.fakes.evaluated import index
from tests.fakes.small_library import VERSIONS
from vectorstore.catalogue import Catalogue
from vectorstore.model import Version


class Held(Catalogue):
    """A catalogue of given versions."""

    def __init__(self, *versions: Version) -> None:
        self._versions = list(versions)

    def manifest(self, collection: str) -> dict[str, Any]:
        return {"embedding": "small", "dimension": 3, "vectors": {"where": "there"}}

    def versions(self, collection: str, *, document_id: str | None = None) -> list[Version]:
        return self._versions

    def generation(self, collection: str) -> int:
        return 4

    def passage_count(self, collection: str) -> int:
        return 9


SETTINGS = {"max_question": 500, "today": None, "model": "m", "model_key": "hush", "data_dir": "here", "port": 8000}


def test_it_says_what_is_held_and_how_it_was_set() -> None:
    found = take(Held(*VERSIONS), "lsip", SETTINGS)
    assert (found.collection, found.generation, found.versions, found.passages) == ("lsip", 4, len(VERSIONS), 9)
    assert found.manifest == {"embedding": "small", "dimension": 3}
    assert found.settings == {"max_question": "500", "today": "None", "model": "m"}
    assert "hush" not in found.model_dump_json()


def test_content_is_what_is_held_and_not_its_order() -> None:
    one, two = take(Held(*VERSIONS), "lsip", {}), take(Held(*VERSIONS[::-1]), "lsip", {})
    assert one.content == two.content != take(Held(*VERSIONS[1:]), "lsip", {}).content


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"generation": 9}, []),
        ({"content": "xyz"}, ["content of the index: abc and xyz"]),
        ({"manifest": {"embedding": "large"}}, ["index embedding: small and large"]),
        ({"settings": {}}, ["setting max_question: 500 and -"]),
        ({"commit": "beef", "release": "2.0"}, ["release: 1.0 and 2.0", "commit: c0ffee and beef"]),
    ],
)
def test_differences_are_said(changes: dict[str, Any], said: list[str]) -> None:
    assert index().differs_from(index(**changes)) == said


def test_known_questions_are_part_of_what_is_measured() -> None:
    class Asked(Held):
        def manifest(self, collection: str) -> dict[str, Any]:
            return {"questions": {"two": "b2", "one": "a1"}}

    assert take(Asked(*VERSIONS), "lsip", {}).manifest == {"questions": "a1 b2"}
