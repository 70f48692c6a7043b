"""The daily work of a running service."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant.conversations.housekeeping import every_day, tidy
from tests.fakes.recorded import Kept
from tests.unit.assistant.api.conftest import FakeServices
from vectorstore.errors import NotFoundError


def test_old_text_goes_and_changed_sources_are_marked(tmp_path: Path) -> None:
    kept = Kept.at(tmp_path)
    old, fresh = kept.save(age=40, conversation_id="old"), kept.save(age=1)
    kept.write("A plan lasts four years.")
    services = FakeServices(store=kept.store)
    services.records = kept.records
    tidy(services)
    with pytest.raises(NotFoundError):
        kept.store.answer(old)
    assert kept.store.answer(fresh)["affected"]["reason"] == "retired"
    kept.engine.dispose()


def test_work_goes_on_after_a_failure_and_ends_with_the_service() -> None:
    done: list[int] = []

    def work() -> None:
        done.append(1)
        if len(done) == 1:
            raise RuntimeError("once")

    async def play() -> int:
        async with every_day(work, first=0, every=0):
            while len(done) < 3:
                await asyncio.sleep(0.001)
        ended = len(done)
        await asyncio.sleep(0.01)
        return ended

    assert asyncio.run(play()) == len(done)
