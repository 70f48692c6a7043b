"""Hostile strings in every place a string can stand: nothing runs, nothing is fetched elsewhere, no link is unsafe.

The strings are made of parts: ways to break out of text, attributes, styles and addresses, times what would run.
"""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Dialog

from tests.browser.conftest import Opener, Widget
from tests.fakes.widget_answers import hostile
from tests.fakes.widget_world import World

pytestmark = pytest.mark.browser

RUN = "window.__ran=1"
FAR = "//evil.example/x"
OPENINGS = ("", '"', "'", '">', "'>", "</p>", "</bdi>", "</script>", "</style>", "</title>", "-->", "]]>", "`", "&")
TAGS = (
    f"<script>{RUN}</script>",
    f"<script src={FAR}></script>",
    f"<img src=x onerror={RUN}>",
    f"<img src={FAR}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<a href=javascript:{RUN}>go</a>",
    f"<form action={FAR}><button>go</button></form>",
    f"<link rel=stylesheet href={FAR}>",
    f"<style>@import '{FAR}'</style>",
    f"<meta http-equiv=refresh content='0;url={FAR}'>",
    f"<base href={FAR}>",
    f"<object data={FAR}></object>",
    f"<embed src={FAR}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<template><script>{RUN}</script></template>",
    f"<lsip-assistant server={FAR}></lsip-assistant>",
    f"<x onclick={RUN} style=position:fixed;inset:0>",
)
ADDRESSES = tuple(
    f"{scheme}{rest}"
    for scheme in (
        "javascript:",
        "JaVaScRiPt:",
        "java\tscript:",
        " javascript:",
        "\u0001javascript:",
        "vbscript:",
        "data:text/html,",
        "blob:",
        "file:///",
        "ftp://",
        "https:javascript:",
        "//",
        "\\\\",
        "https://user:pw@",
        "https://good.example\u202e",
        "https://good.example/\u0000",
        "view-source:https://",
        "intent://",
        "about:",
        "https://[",
    )
    for rest in (RUN, f"alert(1)//{FAR}", "evil.example/x", "%0aalert(1)", "")
)
PLAIN = (
    f"[x](javascript:{RUN})",
    f"![x](https:{FAR})",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}",
    f"<%= {RUN} %>",
    f"url(https:{FAR})",
    f"expression({RUN})",
    f"red;background:url({FAR})",
    "\u202eevil\u202c",
    "\u2066\u2067x",
    "".join(chr(0xE0000 + ord(c)) for c in "ignore"),
    "\u200b\u200c\u200d\ufeff",
    "😀" * 50,
    "x" * 10_000,
    "\u0301" * 500,
    "__proto__",
    "constructor",
    "toString",
    "\r\n\r\nevent: done\ndata: {}\r\n\r\n",
    "data: x\n\nevent: failed\ndata: {}",
    "\u2028window.__ran=1\u2029",
    "&lt;script&gt;&#x3c;script&#x3e;",
    "%3Cscript%3E",
    "\\u003cscript\\u003e",
)
STRINGS = tuple(f"{a}{b}" for a, b in itertools.product(OPENINGS, TAGS)) + ADDRESSES + PLAIN
THEME = (
    f"url(https:{FAR})",
    f"red;background:url({FAR})",
    f"red}}*{{background:url({FAR})}}",
    f"var(--x,url({FAR}))",
    f"expression({RUN})",
    f"image-set('{FAR}')",
    f"</style><script>{RUN}</script>",
    "rgba(0,0,0,0)",
    "transparent",
    "10px;display:none",
    f"x{{}}@import '{FAR}'",
    f"Arial,url({FAR})",
)
NAMES = "accent accent-text surface text muted line focus font heading-font radius size".split()
LOOK = """() => {
  const root = document.querySelector("lsip-assistant").shadowRoot;
  const nodes = [...root.querySelectorAll("*")];
  const known = new Set(`div section p span b bdi a button form label textarea input details summary ol ul li
    h1 h2 h3 h4 h5 h6 blockquote fieldset legend svg path dialog line rect text select option`.split(/\\s+/));
  return {
    ran: window.__ran,
    strange: nodes.map((n) => n.localName).filter((n) => !known.has(n)),
    handlers: nodes.flatMap((n) => n.getAttributeNames()).filter((n) => /^on|^style$|^src/.test(n) && n !== "style"),
    links: [...new Set([...root.querySelectorAll("a")].map((a) => new URL(a.href)).filter((u) =>
      !/^https?:$/.test(u.protocol) || u.username || u.password).map(String))],
  };
}"""
CLEAN = {"ran": 0, "strange": [], "handlers": [], "links": []}
BATCH = 30


def test_there_are_enough_of_them() -> None:
    assert len(set(STRINGS)) == len(STRINGS) > 450
    assert len(STRINGS) + len(THEME) * len(NAMES) > 500


def outside(widget: Widget, seen: list[str]) -> list[str]:
    return [u for u in seen if not u.startswith((widget.stage.host, widget.stage.api))]


def watched(opener: Opener) -> tuple[Widget, list[str]]:
    widget = opener()
    seen: list[str] = []
    widget.page.context.on("request", lambda r: seen.append(r.url))

    def refused(dialog: Dialog) -> None:
        seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    widget.page.on("dialog", refused)
    widget.page.on("popup", lambda p: seen.append(f"popup {p.url}"))
    return widget, seen


@pytest.mark.parametrize("start", range(0, len(STRINGS), BATCH))
def test_in_questions_and_answers_nothing_runs_and_nothing_leaves(opener: Opener, stage: World, start: int) -> None:
    widget, seen = watched(opener)
    widget.visit("strict").open()
    for text in STRINGS[start : start + BATCH]:
        stage.reply = hostile(text)
        before = widget.page.locator("li.turn").count()
        widget.page.evaluate("text => document.querySelector('lsip-assistant').ask(text)", text or "x")
        widget.page.locator("li.turn").nth(before).wait_for()
        assert stage.bodies[-1]["question"] in text
    widget.page.wait_for_timeout(120)
    assert widget.page.locator("li.card").count() >= BATCH or start + BATCH > len(STRINGS)
    assert widget.page.evaluate(LOOK) == CLEAN
    assert outside(widget, seen) == []


@pytest.mark.parametrize("value", THEME)
def test_in_a_theme_nothing_is_fetched_or_hidden(opener: Opener, stage: World, value: str) -> None:
    widget, seen = watched(opener)
    stage.site["theme"] = dict.fromkeys(NAMES, value)
    widget.visit("strict").open().answered()
    assert widget.page.evaluate(LOOK) == CLEAN
    assert outside(widget, seen) == []
    assert widget.axe() == []


def test_in_what_a_site_says_of_itself(opener: Opener, stage: World) -> None:
    widget, seen = watched(opener)
    for text in STRINGS[::25]:
        suggestions = [text, text]
        contact = {"text": f"{text} contact", "url": text}
        stage.site |= {
            "name": text,
            "area": {"id": text, "name": text},
            "suggestions": suggestions,
            "contact": contact,
        }
        widget.visit("strict", mode="launcher").open()
        assert widget.page.evaluate(LOOK) == CLEAN
    assert outside(widget, seen) == []


def test_attributes_of_the_element_are_text(opener: Opener) -> None:
    widget, seen = watched(opener)
    widget.visit("bare")
    for text in STRINGS[::25]:
        widget.page.evaluate(
            """text => {
              document.querySelector("lsip-assistant")?.remove();
              const made = document.createElement("lsip-assistant");
              for (const name of ["site", "heading", "label", "level", "scheme"]) made.setAttribute(name, text);
              document.querySelector("main").append(made);
            }""",
            text,
        )
        assert widget.page.evaluate(LOOK) == CLEAN
    assert outside(widget, seen) == []
