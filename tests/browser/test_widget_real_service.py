"""The widget on the sample page of the real service, over a network that breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.api.app import create_app
from tests.browser.conftest import Opener
from tests.fakes.cutting_proxy import Cutter, cutting
from tests.fakes.served_app import served
from tests.fakes.slow_service import GATE, Held, orchard

pytestmark = pytest.mark.browser
ASKED = "When is the orchard gate locked?"


@dataclass
class Real:
    """The service, what holds its answers back, and the network before it."""

    held: Held
    network: Cutter


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Real]:
    app, held = orchard(tmp_path)
    with served(create_app(app)) as server, cutting(server.url) as network:
        yield Real(held, network)
        held.free.set()


def asked(page: Page, real: Real) -> None:
    """Puts the question on the sample page."""
    page.goto(f"{real.network.url}/demo", wait_until="load")
    page.get_by_label("Your question").fill(ASKED)
    page.keyboard.press("Enter")


def test_the_answer_comes_with_its_source(opener: Opener, real: Real) -> None:
    page = opener().page
    asked(page, real)
    page.get_by_text("Was this useful?").wait_for()
    assert page.get_by_text(GATE).count() >= 1


def test_a_stream_that_is_cut_before_it_names_its_answer_still_ends_in_it(opener: Opener, real: Real) -> None:
    real.held.free.clear()
    real.network.after = re.compile(rb"event: accepted\r?\n")
    page = opener().page
    with page.expect_response(lambda r: r.status == 409):  # the same request again, while it is still worked on
        asked(page, real)
    real.network.after = None
    answered_once(page, real)


def test_a_stream_that_is_cut_later_still_ends_in_its_answer(opener: Opener, real: Real) -> None:
    real.held.free.clear()
    page = opener().page
    asked(page, real)
    page.wait_for_function("() => Object.values(sessionStorage).join().includes('pending')")
    with page.expect_response(lambda r: r.status == 202):  # the answer is asked for by its id
        real.network.cut()
    answered_once(page, real)


def answered_once(page: Page, real: Real) -> None:
    """The network broke once; the answer comes all the same, and was made once."""
    assert real.network.cuts == 1
    real.held.free.set()
    page.get_by_text("Was this useful?").wait_for()
    assert page.get_by_text(GATE).count() >= 1
    assert page.get_by_text(ASKED, exact=True).count() == 1
    assert real.held.asked == 1


def test_a_question_after_one_that_was_stopped_is_answered(opener: Opener, real: Real) -> None:
    page = opener().page
    asked(page, real)
    page.get_by_text("Was this useful?").wait_for()
    real.held.free.clear()
    page.get_by_label("Your question").fill("When is the pond cleaned?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    page.get_by_label("Your question").fill(ASKED)
    with page.expect_response(lambda r: r.status == 409):  # what was stopped has not ended yet
        page.keyboard.press("Enter")
    real.held.free.set()
    page.get_by_text("Was this useful?").nth(1).wait_for()


def test_a_network_that_is_gone_gives_the_question_back(opener: Opener, real: Real) -> None:
    page = opener().page
    page.goto(f"{real.network.url}/demo", wait_until="load")
    page.get_by_label("Your question").click()
    page.context.set_offline(True)
    page.get_by_label("Your question").fill(ASKED)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Try again").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("Was this useful?").wait_for()
    assert page.get_by_text(GATE).count() >= 1
