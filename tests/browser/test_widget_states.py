"""Every state, in both modes, in four sizes: axe finds nothing, nothing is cut off, and each has its picture."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Opener, Widget

pytestmark = pytest.mark.browser
SIZES = [(1280, 800), (768, 1024), (375, 667), (320, 256)]
NO_SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth;
  const panel = document.querySelector("lsip-assistant").shadowRoot.querySelector(".panel");
  return [wide, panel.scrollWidth > panel.clientWidth + 1];
}"""


def wait_for(widget: Widget, text: str) -> None:
    widget.page.get_by_text(text).first.wait_for()


def asked(question: str, text: str) -> Callable[[Widget], None]:
    def act(widget: Widget) -> None:
        widget.ask(question)
        wait_for(widget, text)
        widget.page.wait_for_timeout(60)

    return act


def offline(widget: Widget) -> None:
    widget.page.context.set_offline(True)
    asked("three", "No connection")(widget)


def voted(widget: Widget) -> None:
    widget.answered("one")
    widget.page.get_by_role("button", name="No", exact=True).click()
    wait_for(widget, "What was wrong?")


def choosing(widget: Widget) -> None:
    widget.page.get_by_text("Area and date").click()
    widget.page.get_by_label("Area", exact=True).fill("Newport")
    widget.page.keyboard.press("Enter")
    wait_for(widget, "Which of these?")


def pictured(widget: Widget) -> None:
    widget.answered("one")
    widget.page.get_by_role("button", name="Show the dates").click()
    wait_for(widget, "early 2027")


def stopped(widget: Widget) -> None:
    asked("slow", "A college must")(widget)
    widget.page.get_by_role("button", name="Stop").click()
    widget.page.get_by_role("button", name="Ask", exact=True).wait_for()


def restored(widget: Widget) -> None:
    widget.answered("three")
    widget.page.reload()
    if widget.launcher.count():
        widget.launcher.click()
    else:
        widget.field.focus()
    widget.page.get_by_text("Was this useful?").wait_for()


def typed(text: str) -> Callable[[Widget], None]:
    return lambda widget: widget.field.fill(text)


def source(widget: Widget) -> None:
    widget.answered("eight")
    widget.page.get_by_role("button", name="Source 7").first.click()


STATES: dict[str, Callable[[Widget], None]] = {
    "empty": lambda widget: None,
    "near-the-limit": typed("word " * 90),
    "over-the-limit": asked("x" * 503, "3 characters too long"),
    "personal-data": asked("personal", "personal data"),
    "choosing-area": choosing,
    "thinking": asked("slow", "A college must"),
    "answered-1": asked("one", "Was this useful?"),
    "answered-3": asked("three", "Was this useful?"),
    "answered-8": asked("eight", "Was this useful?"),
    "source-chosen": source,
    "picture": pictured,
    "voted-down": voted,
    "partly": asked("partly", "Ask a person"),
    "clarify": asked("clarify", "Newport in Telford"),
    "not-held": asked("missing", "Ask a person"),
    "out-of-scope": asked("outside", "Ask a person"),
    "withheld": asked("withheld", "Ask a person"),
    "busy": asked("busy", "Very busy"),
    "limited": asked("limited", "A pause is needed"),
    "failed": asked("failed", "Something went wrong"),
    "pending-elsewhere": asked("pending", "One at a time"),
    "refused": asked("refused", "Not available here"),
    "offline": offline,
    "stopped": stopped,
    "restored": restored,
}


@pytest.mark.parametrize("mode", ["inline", "launcher"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_size(opener: Opener, state: str, mode: str) -> None:
    widget = opener().visit(mode=mode).open()
    STATES[state](widget)
    for width, height in SIZES:
        widget.page.set_viewport_size({"width": width, "height": height})
        widget.page.wait_for_timeout(50)
        widget.picture(f"{state}-{mode}-{width}")
        assert widget.axe() == [], (width, height)
        assert widget.page.evaluate(NO_SIDEWAYS) == [False, False], (width, height)


def test_closed_it_is_one_button(opener: Opener) -> None:
    widget = opener().visit(mode="launcher")
    for width, height in SIZES:
        widget.page.set_viewport_size({"width": width, "height": height})
        widget.picture(f"closed-{width}")
        assert widget.axe() == []
    assert widget.field.count() == 0 or not widget.field.is_visible()


MEDIA = {
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "still": {"reduced_motion": "reduce"},
}


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("state", ["empty", "answered-8", "busy", "personal-data", "voted-down"])
def test_axe_finds_nothing_in_other_media(opener: Opener, medium: str, state: str) -> None:
    widget = opener(**MEDIA[medium]).visit(scheme="auto").open()
    STATES[state](widget)
    widget.picture(f"{state}-{medium}")
    assert widget.axe() == []


@pytest.mark.parametrize("state", ["empty", "answered-3", "busy"])
def test_text_of_twice_the_size_and_spaced_out_is_not_cut_off(opener: Opener, state: str) -> None:
    widget = opener(viewport={"width": 640, "height": 800}).visit().open()
    STATES[state](widget)
    widget.page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.root { font-size: 200% !important }
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-bottom: 2em !important }`);
      document.querySelector("lsip-assistant").shadowRoot.adoptedStyleSheets.push(sheet);
    }""")
    widget.picture(f"{state}-spaced")
    assert widget.page.evaluate(NO_SIDEWAYS) == [False, False]
    assert widget.axe() == []


def test_it_prints_without_its_controls(opener: Opener) -> None:
    widget = opener().visit().open().answered("eight")
    widget.page.emulate_media(media="print")
    assert not widget.field.is_visible()
    assert widget.page.get_by_text("A college must co-operate").first.is_visible()
    printed = widget.page.pdf()
    folder = os.environ.get("SCREENSHOTS_DIR")
    if folder:
        (Path(folder) / "print.pdf").write_bytes(printed)
    assert len(printed) > 10_000


@pytest.mark.parametrize("state", ["start", "form", "yes", "open", "refused"])
def test_the_checker_in_every_state(opener: Opener, state: str) -> None:
    widget = opener()
    widget.page.goto(
        f"{widget.stage.host}/bare?tag=lsip-checker&check={'none' if state == 'refused' else 'lsip-duties'}"
    )
    begin = widget.page.get_by_role("button", name="Start the check")
    begin.wait_for()
    if state != "start":
        begin.click()
    if state == "refused":
        wait_for(widget, "Not available here")
    elif state != "start":
        kind = "further education college" if state == "yes" else "university"
        widget.page.get_by_label("What kind of body is it?").select_option(label=kind)
    if state in {"yes", "open"}:
        widget.page.get_by_role("button", name="Check", exact=True).click()
        wait_for(widget, "Result:")
    for width, height in SIZES:
        widget.page.set_viewport_size({"width": width, "height": height})
        widget.picture(f"checker-{state}-{width}")
        assert widget.axe() == []
        assert not widget.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
