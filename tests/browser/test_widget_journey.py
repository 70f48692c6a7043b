"""The whole way by keyboard, what assistive technology is given, and every word the live regions say."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opener, Widget
from tests.fakes.widget_answers import SUMMARY

pytestmark = pytest.mark.browser
FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return (at.getAttribute("aria-label") ?? at.innerText ?? at.tagName).replace(/\\s+/g, " ").trim() || at.tagName;
}"""
RING = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const root = at.getRootNode();
  const middle = root.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return { ring: parseFloat(style.outlineWidth), seen: at === middle || at.contains(middle) || middle?.contains(at) };
}"""
SMALL_TARGETS = """() => {
  const all = document.querySelector("lsip-assistant").shadowRoot.querySelectorAll("button, input, summary");
  const shown = [...all].filter((n) => n.checkVisibility()).map((n) => [n.getBoundingClientRect(), n.outerHTML]);
  return shown.filter(([box]) => box.width < 24 || box.height < 24).map(([, html]) => html.slice(0, 80));
}"""


def tab(widget: Widget, keys: str = "Tab") -> str:
    """Where the focus is after the keys."""
    widget.page.keyboard.press(keys)
    return str(widget.page.evaluate(FOCUS))


def test_from_the_button_to_an_answer_its_source_a_vote_and_back(widget: Widget) -> None:
    widget.visit(mode="launcher")
    keyboard = widget.page.keyboard
    assert tab(widget) == "A link of the host"
    assert tab(widget) == "Ask about skills plans"
    keyboard.press("Enter")
    widget.page.get_by_text("Contact:").wait_for()
    assert widget.page.evaluate(FOCUS) == "TEXTAREA"
    keyboard.type("three What must")
    keyboard.press("Shift+Enter")
    keyboard.type("a college do?")
    assert widget.field.input_value() == "three What must\na college do?"
    keyboard.press("Enter")
    widget.page.get_by_text("Was this useful?").wait_for()
    assert widget.page.evaluate(FOCUS) == "TEXTAREA"
    back = [tab(widget, keys="Shift+Tab") for _ in range(5)]
    assert back == ["No", "Yes", "Print", "Copy with sources", "Show the dates as a picture"]
    mark = "Source 2: Local skills improvement plans: statutory guidance, section 1(4), page 12"
    while widget.page.evaluate(FOCUS) != mark:
        keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    assert "Official text" in widget.page.evaluate(FOCUS)
    while widget.page.evaluate(FOCUS) != "Back to the answer":
        keyboard.press("Tab")
    keyboard.press("Enter")
    assert widget.page.evaluate(FOCUS) == mark
    while widget.page.evaluate(FOCUS) != "No":
        keyboard.press("Tab")
    keyboard.press("Space")
    widget.page.get_by_text("What was wrong?").wait_for()
    tab(widget)
    keyboard.press("Space")
    while widget.page.evaluate(FOCUS) != "Send":
        keyboard.press("Tab")
    keyboard.press("Enter")
    widget.page.get_by_text("What was wrong?").wait_for(state="hidden")
    assert widget.stage.votes[-1] == {"vote": "down", "reasons": ["wrong"], "comment": ""}
    keyboard.press("Escape")
    assert widget.page.evaluate(FOCUS) == "Ask about skills plans"
    assert not widget.field.is_visible()


@pytest.mark.parametrize("size", [(1280, 800), (320, 256)])
@pytest.mark.parametrize("mode", ["inline", "launcher"])
def test_each_stop_has_a_ring_and_nothing_lies_over_it(opener: Opener, mode: str, size: tuple[int, int]) -> None:
    widget = opener(viewport={"width": size[0], "height": size[1]}).visit(mode=mode).open().answered()
    widget.field.focus()
    for _ in range(30):
        widget.page.keyboard.press("Shift+Tab")
        at = widget.page.evaluate(FOCUS)
        if at in {"BODY", "A link of the host", "Ask about skills plans"}:
            break
        seen = widget.page.evaluate(RING)
        assert seen["ring"] >= 3, at
        assert seen["seen"], at
    assert widget.page.evaluate(SMALL_TARGETS) == []


def test_a_small_screen_keeps_the_page_behind_out_of_reach(opener: Opener) -> None:
    widget = opener(viewport={"width": 375, "height": 667}).visit(mode="launcher").open()
    stops = {tab(widget) for _ in range(12)}
    assert "A link of the host" not in stops
    widget.page.keyboard.press("Escape")
    assert widget.page.evaluate(FOCUS) == "Ask about skills plans"


def test_beside_a_large_page_there_is_no_trap(opener: Opener) -> None:
    widget = opener().visit(mode="launcher").open()
    stops = {tab(widget) for _ in range(16)}
    assert "A link of the host" in stops or "BODY" in stops


def test_what_assistive_technology_is_given(widget: Widget) -> None:
    widget.visit().open().answered("one What must a college do?")
    panel = widget.page.get_by_role("region", name="Ask about local skills plans")
    snapshot = panel.aria_snapshot()
    wanted = """
    - heading "Ask about local skills plans" [level=2]
    - log "Questions and answers":
    - heading "You asked" [level=3]
    - heading "Answer" [level=3]
    - button "Source 1: Skills and Post-16 Education Act 2022, section 1, section 1(4)"
    - heading "Source 1: Skills and Post-16 Education Act 2022, section 1 (opens in a new tab)" [level=4]
    - blockquote:
    - button "Back to the answer"
    - button "Copy with sources"
    - button "Yes"
    - button "No"
    - textbox "Your question"
    - button "Ask"
    - button "Start again"
    """
    at = 0
    for line in (line.strip().removeprefix("- ") for line in wanted.strip().splitlines()):
        found = snapshot.find(line, at)
        assert found >= 0, f"{line}\n\n{snapshot}"
        at = found
    described = widget.field.evaluate("""(field) => field.getAttribute("aria-describedby").split(" ")
      .map((id) => field.getRootNode().getElementById(id)?.textContent).join("|")""")
    assert described == ("|Enter sends, Shift and Enter makes a new line. Do not enter personal information.")


ANSWER = (
    "You askedone What must a college do?AnswerA college must co-operate with the employer representative body of "
    "its area while the plan is made.1 That is 1,254 days before 25 November 2026.Next stepAsk Dorset Chamber "
    "(https://chamber.example/lsip (opens in a new tab)) before you plan on money."
)
SPOKEN = {
    "one What must a college do?": [["status", "Searching"], ["log", ANSWER], ["status", "Answer ready. 1 source."]],
    "": [["alert", "Error: write a question first."]],
    "x" * 502: [["status", "2 characters too many"], ["alert", "Error: the question is 2 characters too long."]],
    "personal": [
        ["status", "Searching"],
        [
            "alert",
            "Error: The question seems to hold personal data (an e-mail address). Please leave it out.",
        ],
    ],
    "busy": [
        ["status", "Searching"],
        [
            "alert",
            "Very busy Too many people are asking at this moment. Your question is kept. "
            "Please try again in 20 seconds.",
        ],
    ],
    "failed": [
        ["status", "Searching"],
        [
            "alert",
            "Something went wrong No answer was made. Your question is kept; please try again.",
        ],
    ],
    "outside": [
        ["status", "Searching"],
        [
            "log",
            "You askedoutsideOutside what this coversThat is outside what I cover.Next stepGOV.UK "
            "(https://www.gov.example (opens in a new tab)) may help.",
        ],
        ["status", "Answer ready."],
    ],
}


@pytest.mark.parametrize("question", SPOKEN, ids=lambda q: q[:12] or "nothing")
def test_the_live_regions_say_exactly_this(widget: Widget, question: str) -> None:
    widget.visit().open()
    widget.field.fill(question)
    if len(question) > 500:
        widget.page.wait_for_timeout(1200)
    widget.page.keyboard.press("Enter")
    widget.page.wait_for_timeout(600)
    assert widget.said() == SPOKEN[question]


def test_a_long_stream_is_not_read_out_as_it_comes(widget: Widget) -> None:
    widget.visit().open().ask("slow")
    widget.page.get_by_text("A college must").wait_for()
    widget.page.wait_for_timeout(300)
    assert widget.said() == [["status", "Searching"]]
    widget.stage.go.set()
    widget.page.get_by_text("Was this useful?").wait_for()
    assert [role for role, _ in widget.said()] == ["status", "log", "status"]


def test_the_second_answer_does_not_say_the_first_again(widget: Widget) -> None:
    widget.visit().open().answered("one First").answered("three Second")
    spoken = [text for role, text in widget.said() if role == "log"]
    assert len(spoken) == 2 and "First" not in spoken[1]


@pytest.mark.parametrize("choice", ["reduced", "chosen"])
def test_an_answer_can_come_all_at_once(opener: Opener, choice: str) -> None:
    widget = opener(reduced_motion="reduce" if choice == "reduced" else "no-preference").visit().open()
    if choice == "chosen":
        widget.page.get_by_text("Area and date").click()
        widget.page.get_by_label("Show each answer all at once").check()
    widget.ask("slow")
    widget.page.get_by_role("button", name="Stop").wait_for()
    widget.page.wait_for_timeout(200)
    assert widget.page.get_by_text("A college must").count() == 0
    widget.stage.go.set()
    widget.page.get_by_text("A college must").wait_for()


def test_stop_gives_the_question_back(widget: Widget) -> None:
    widget.visit().open().ask("slow Why?")
    widget.page.get_by_text("A college must").wait_for()
    widget.page.get_by_role("button", name="Stop").click()
    widget.page.get_by_role("button", name="Ask", exact=True).wait_for()
    assert widget.field.input_value() == "slow Why?"
    assert widget.page.evaluate(FOCUS) in {"TEXTAREA", "slow Why?"}
    assert widget.said()[-1] == ["status", "Stopped. No answer was kept."]


def test_a_question_while_one_is_pending_is_not_lost(widget: Widget) -> None:
    widget.visit().open().ask("slow One")
    widget.page.get_by_text("A college must").wait_for()
    widget.ask("three Two")
    assert widget.field.input_value() == "three Two"
    assert widget.said()[-1] == ["status", "Please wait for the answer, or stop it."]
    widget.stage.go.set()
    widget.page.get_by_text("Was this useful?").wait_for()
    assert widget.field.input_value() == "three Two"


def test_a_stream_that_breaks_is_taken_up_by_polling(widget: Widget) -> None:
    widget.visit().open().ask("broken")
    widget.page.wait_for_timeout(800)
    assert ("GET", "/v1/answers/a-1") in widget.stage.requests
    widget.stage.go.set()
    widget.page.get_by_text("3 sources", exact=True).wait_for()


def test_a_reload_takes_up_the_answer_that_was_being_made(widget: Widget) -> None:
    widget.visit().open().ask("slow One")
    widget.page.get_by_text("A college must").wait_for()
    widget.stage.kept.clear()
    widget.page.reload()
    widget.page.wait_for_timeout(200)
    before = len(widget.stage.requests)
    assert widget.stage.requests[-1][1].startswith("/widget/")
    widget.field.focus()
    widget.page.get_by_role("button", name="Stop").wait_for()
    assert len(widget.stage.requests) > before
    widget.stage.go.set()
    widget.page.get_by_text("3 sources", exact=True).wait_for()


def test_try_again_asks_again(widget: Widget) -> None:
    widget.visit().open().ask("busy")
    widget.page.get_by_role("button", name="Try again").click()
    widget.page.wait_for_timeout(300)
    assert [b["question"] for b in widget.stage.bodies] == ["busy", "busy"]
    assert widget.field.input_value() == "busy"


def test_choices_and_suggestions_are_questions(widget: Widget) -> None:
    widget.visit().open()
    widget.page.get_by_role("button", name="three Who leads the plan for Dorset?").click()
    widget.page.get_by_text("Was this useful?").wait_for()
    widget.ask("clarify Newport")
    widget.page.get_by_role("button", name="Newport in Telford").click()
    widget.page.get_by_text("three Telford").first.wait_for()
    assert [b["question"] for b in widget.stage.bodies] == [
        "three Who leads the plan for Dorset?",
        "clarify Newport",
        "three Telford",
    ]


def test_an_area_by_postcode_and_an_earlier_date_go_with_the_question(widget: Widget) -> None:
    widget.stage.site["area"] = None
    widget.visit().open()
    widget.page.get_by_text("Area and date").click()
    area = widget.page.get_by_label("Area", exact=True)
    area.fill("nowhere")
    widget.page.keyboard.press("Enter")
    widget.page.get_by_text("Error: no area was found").wait_for()
    area.fill("BH1 1AA")
    widget.page.keyboard.press("Enter")
    widget.page.get_by_text("Answers are for Dorset.").wait_for()
    widget.page.get_by_role("button", name="What are the priorities of the Dorset plan?").wait_for()
    widget.page.get_by_label("Answer as of").fill("2024-06-01")
    widget.page.get_by_text("Dorset · 1 June 2024").wait_for()
    widget.answered()
    assert widget.stage.bodies[-1] == {
        "question": "three What must a college do?",
        "area": "A34",
        "as_of": "2024-06-01",
    }


def test_a_vote_can_be_taken_back_and_a_comment_with_personal_data_is_not_sent(widget: Widget) -> None:
    widget.visit().open().answered("one")
    yes, no = (widget.page.get_by_role("button", name=n, exact=True) for n in ("Yes", "No"))
    yes.click()
    yes.click()
    no.click()
    widget.page.get_by_label("Comment").fill("write to me@example.org")
    widget.page.get_by_role("button", name="Send").click()
    widget.page.get_by_text("Error: The comment seems to hold personal data").wait_for()
    assert [v["vote"] for v in widget.stage.votes] == ["up", None, "down"]
    assert no.get_attribute("aria-pressed") == "true"


def test_copied_text_has_the_sources(opener: Opener) -> None:
    widget = opener(permissions=["clipboard-read", "clipboard-write"]).visit().open().answered("three What?")
    widget.page.get_by_role("button", name="Copy with sources").click()
    widget.page.wait_for_timeout(100)
    text = widget.page.evaluate("() => navigator.clipboard.readText()")
    assert text.startswith("three What?\n\nA college must")
    assert "[2] Department for Education, Local skills improvement plans" in text
    assert "https://www.legislation.example/ukpga/2022/21/section/1#2" in text
    assert "“The window" not in text
    assert widget.said()[-1] == ["status", "Copied"]


def test_a_summary_of_ours_is_never_shown_as_the_publishers_words(widget: Widget) -> None:
    widget.visit().open().answered("three")
    card = widget.page.locator("li.card").nth(2)
    text = card.inner_text()
    assert "Our summary of Department for Education" in text and "not the publisher’s words" in text
    assert not set('“”"«»') & set(text)
    assert card.get_by_role("link").first.get_attribute("href") == (
        f"{widget.stage.api}/documents/document/3/version-3?quote=10-{10 + len(SUMMARY)}"
    )
