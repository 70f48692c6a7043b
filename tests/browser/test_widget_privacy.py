"""What is asked for, kept and allowed: nothing before the first use, nothing stored before the first question."""

from __future__ import annotations

import gzip
import json

import pytest
from playwright.sync_api import Request

from assistant.widget_file import widget_bytes
from tests.browser.conftest import Opener, Widget

pytestmark = pytest.mark.browser
BUDGET = 30 * 1024
KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie]"


def asked_for(widget: Widget) -> list[str]:
    return [f"{method} {path}" for method, path in widget.stage.requests if not path.startswith("/widget/1.")]


def test_the_file_is_small_enough() -> None:
    assert len(gzip.compress(widget_bytes(), 9, mtime=0)) <= BUDGET


@pytest.mark.parametrize("mode", ["inline", "launcher"])
def test_nothing_is_requested_or_kept_before_it_is_used(widget: Widget, mode: str) -> None:
    seen: list[Request] = []
    widget.page.on("request", lambda r: seen.append(r))
    widget.visit(mode=mode)
    widget.page.mouse.move(500, 400)
    widget.page.mouse.wheel(0, 200)
    widget.page.wait_for_timeout(300)
    assert [r.url.split("?")[0] for r in seen] == [
        f"{widget.stage.host}/bare",
        f"{widget.stage.api}/widget/1.0.0/lsip.js",
    ]
    assert widget.page.evaluate(KEPT) == [0, 0, ""]
    widget.open()
    assert asked_for(widget) == ["POST /v1/widget/sessions"]
    assert widget.page.evaluate(KEPT) == [0, 0, ""]
    widget.answered()
    local, session, cookies = widget.page.evaluate(KEPT)
    assert (local, session, cookies) == (0, 1, "")
    kept = json.loads(widget.page.evaluate("() => sessionStorage.getItem('lsip:dorset')"))
    assert set(kept) <= {"token", "expires", "conversation", "area"}
    assert {r.url.split("/v1")[0].split("/widget")[0].split("/bare")[0] for r in seen} == {
        widget.stage.host,
        widget.stage.api,
    }


def test_calls_carry_no_cookie_and_no_address_of_the_page(widget: Widget) -> None:
    seen: list[Request] = []
    widget.page.on("request", lambda r: seen.append(r) if "/v1/" in r.url else None)
    widget.visit().open().answered()
    for request in seen:
        headers = request.all_headers()
        assert "cookie" not in headers and "referer" not in headers
        assert headers["origin"] == widget.stage.host
    asking = next(r for r in seen if r.url.endswith("/v1/questions"))
    assert asking.all_headers()["authorization"] == "Bearer t-1"
    assert len(asking.all_headers()["idempotency-key"]) == 36


def test_start_again_forgets(widget: Widget) -> None:
    widget.visit().open().answered()
    widget.page.get_by_role("button", name="Start again").click()
    assert widget.page.evaluate(KEPT) == [0, 0, ""]
    assert widget.page.get_by_text("You asked").count() == 0
    widget.answered("one Again")
    assert "conversation_id" not in widget.stage.bodies[-1]


def test_a_second_question_goes_on_with_the_conversation(widget: Widget) -> None:
    widget.visit().open().answered().answered("one And then?")
    assert widget.stage.bodies[1]["conversation_id"] == "c-1"
    assert widget.stage.bodies[1]["area"] == "A34"


def test_storage_that_is_switched_off_does_no_harm(opener: Opener) -> None:
    widget = opener()
    widget.page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('no') }})")
    widget.visit().open().answered()
    assert widget.page.get_by_text("3 sources", exact=True).is_visible()


def test_an_old_token_is_renewed_without_a_word(widget: Widget) -> None:
    widget.visit().open()
    widget.stage.expired = True
    widget.answered()
    assert asked_for(widget).count("POST /v1/widget/sessions") == 2
    assert widget.page.get_by_role("alert").all_inner_texts().count("") == widget.page.get_by_role("alert").count()


def test_a_site_that_may_not_use_it_is_told(widget: Widget) -> None:
    widget.stage.sessions = 403
    widget.visit()
    widget.field.focus()
    widget.page.get_by_text("Not available here").wait_for()
    link = widget.page.get_by_role("link", name="Use the plain page")
    assert link.get_attribute("href") == f"{widget.stage.api}/"


def test_without_a_site_the_open_service_is_asked(widget: Widget) -> None:
    widget.visit(site="")
    widget.field.focus()
    widget.answered()
    assert asked_for(widget) == ["POST /v1/questions"]


def test_a_conversation_can_be_deleted(widget: Widget) -> None:
    widget.visit().open().answered()
    widget.page.get_by_text("Area and date").click()
    widget.page.get_by_role("button", name="Delete these questions").click()
    widget.page.get_by_text("You asked").wait_for(state="detached")
    assert asked_for(widget)[-1] == "DELETE /v1/conversations/c-1"
    assert widget.page.evaluate(KEPT) == [0, 0, ""]
    assert widget.said()[-1] == ["status", "Your questions and answers are deleted."]


def test_a_conversation_that_is_no_longer_ours_is_begun_anew(widget: Widget) -> None:
    widget.visit().open().answered()
    widget.stage.foreign = True
    widget.answered("one And then?")
    assert [b.get("conversation_id") for b in widget.stage.bodies] == [None, "c-1", None]
