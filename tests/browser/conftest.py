"""A browser and the widget's world, shared by the tests of a module; each test has a page of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.fakes.widget_world import World, world

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["best-practice", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture(scope="session")
def the_world() -> Iterator[World]:
    with world() as made:
        yield made


@pytest.fixture
def stage(the_world: World) -> World:
    the_world.reset()
    return the_world


class Widget:
    """A host page with the widget in it, and what a test does with both."""

    def __init__(self, page: Page, stage: World, errors: list[str]) -> None:
        self.page = page
        self.stage = stage
        self.errors = errors

    def visit(self, name: str = "bare", **attributes: str) -> Widget:
        query = "&".join(f"{k}={v}" for k, v in attributes.items())
        self.page.goto(f"{self.stage.host}/{name}?{query}", wait_until="load")
        self.page.wait_for_function("() => customElements.get('lsip-assistant') !== undefined")
        return self

    @property
    def field(self) -> Locator:
        return self.page.get_by_label("Your question")

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name="Ask about skills plans")

    def open(self) -> Widget:
        """Opens the panel, or touches the form, and waits for what that fetches."""
        if self.launcher.count():
            self.launcher.click()
        else:
            self.field.focus()
        self.page.get_by_text("Contact:").wait_for()
        return self

    def ask(self, text: str) -> Widget:
        self.field.fill(text)
        self.page.keyboard.press("Enter")
        return self

    def answered(self, text: str = "three What must a college do?") -> Widget:
        """Asks, and waits for the whole of the answer."""
        end = self.page.get_by_text("Was this useful?")
        before = end.count()
        self.ask(text)
        end.nth(before).wait_for()
        return self

    def said(self) -> list[list[str]]:
        """What the live regions said, in order: the kind of region and the words."""
        self.page.wait_for_timeout(250)
        spoken: list[list[str]] = self.page.evaluate("() => window.__said")
        return spoken

    def axe(self, within: str = "html") -> list[str]:
        """What axe finds wrong on the page, or in a part of it."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        run = "([within, tags]) => axe.run(within, {runOnly: tags, resultTypes: ['violations']})"
        found: dict[str, Any] = self.page.evaluate(run, [within, TAGS])
        return [f"{v['id']}: {[n['target'] for n in v['nodes'][:3]]}" for v in found["violations"]]

    def picture(self, name: str) -> None:
        """A screenshot, where the environment names a folder for them."""
        folder = os.environ.get("SCREENSHOTS_DIR")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png")


Opener = Callable[..., Widget]


@pytest.fixture
def opener(browser: Browser, stage: World) -> Iterator[Opener]:
    """Makes widgets in contexts of their own; at the end no page may have had an error or broken a policy."""
    made: list[tuple[BrowserContext, Widget]] = []

    def make(**options: Any) -> Widget:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        made.append((context, Widget(page, stage, errors)))
        return made[-1][1]

    yield make
    broken = [w.page.evaluate("() => window.__broken ?? []") for _, w in made if not w.page.is_closed()]
    stage.go.set()  # a stream that waits must not outlive its test
    for context, _ in made:
        context.close()
    assert [w.errors for _, w in made if w.errors] == []
    assert [b for b in broken if b] == []


@pytest.fixture
def widget(opener: Opener) -> Widget:
    return opener()
