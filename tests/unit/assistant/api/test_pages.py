"""The pages as a reader gets them: structure, sources, escaping, and what becomes of each status."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient

from assistant.answering.model import Answer, AnswerStatus, Note, Paragraph, Related, RestsOn, Statement
from vectorstore.errors import UsageError

QUOTES = '“”„"«»‘’'
HTML = {"accept": "text/html"}
HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
BAD_URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    " javascript:alert(1)",
    "//evil.example",
    "https://user:pw@evil.example/",
    "http://[",
    "https://",
    "ftp://x.example/",
    'https://a.example/"onx=1',
]


def soup(response: Any, status: int = 200) -> BeautifulSoup:
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(response.text, "html.parser")


def ask(
    client: TestClient, question: str = "Is the LSIF still open?", status: int = 200, **more: str
) -> BeautifulSoup:
    return soup(client.get("/", params={"q": question, **more}, headers=HTML), status)


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def sound(page: BeautifulSoup) -> None:
    """What every page must be: landmarks, one h1, labels, unique ids, targets that exist, nothing from elsewhere."""
    assert one(page, "html")["lang"] == "en-GB"
    assert len(page.select("h1")) == len(page.select("main")) == len(page.select("header.masthead")) == 1
    assert one(page, "a.skip")["href"] == "#main_"
    assert one(page, "title").get_text(strip=True)
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.select("a[href^='#']"):
        assert str(link["href"])[1:] in ids, link
    for control in page.select("input, select, textarea"):
        assert page.select(f"label[for='{control['id']}']"), control
    for tag in page.select("[aria-labelledby], [aria-describedby]"):
        for name in (tag.get("aria-labelledby"), tag.get("aria-describedby")):
            assert name is None or str(name) in ids, tag
    assert not page.select("script, style, iframe, [style]")
    assert not [a for tag in page.find_all(True) for a in tag.attrs if a.startswith("on")]
    for tag in page.select("[src], link[href]"):
        assert str(tag.get("src") or tag.get("href")).startswith("/static/")
    for link in page.select("a[href]"):
        scheme = urlsplit(str(link["href"])).scheme
        assert scheme in {"", "http", "https"}, link
        assert not scheme or link["rel"] == ["noopener", "noreferrer"], link
    levels = [int(h.name[1]) for h in page.select("h1, h2, h3, h4, h5, h6")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=x", "/documents", "/documents?show=all", "/about", "/documents/guidance/statutory/v-2022",
     "/documents/guidance/statutory/v-2025", "/documents/lsif/v-lsif", "/documents?as_of=1999-01-01"],
)  # fmt: skip
def test_every_page_is_sound(client: TestClient, path: str) -> None:
    sound(soup(client.get(path, headers=HTML)))
    assert client.head(path).status_code == 200


def test_home_has_one_box_and_examples(client: TestClient, services: Any) -> None:
    page = soup(client.get("/"))
    form = one(page, "main form")
    assert (form["method"], form["action"]) == ("get", "/")
    assert one(form, "[name=q]")
    assert one(form, "details [name=as_of]")["type"] == "date"
    options = [(o["value"], o.get_text()) for o in form.select("details [name=area] option")]
    assert options == [("", "All of England"), ("A03", "Cumbria"), ("A06", "Lancashire")]
    examples = [parse_qs(urlsplit(str(a["href"])).query)["q"] for a in page.select(".examples a")]
    assert len(examples) == 4
    assert ["Is the LSIF still open?"] in examples
    assert services.assistant.asked == []


@pytest.mark.parametrize("status", list(AnswerStatus))
def test_every_status_has_its_page(
    client: TestClient, services: Any, replies: dict[AnswerStatus, Answer], status: AnswerStatus
) -> None:
    services.assistant.reply = replies[status]
    code = {AnswerStatus.BUSY: 503, AnswerStatus.FAILED: 500}.get(status, 200)
    page = ask(client, status=code)
    sound(page)
    for block in replies[status].blocks:
        if isinstance(block, Note):
            assert block.text in words(one(page, ".prose"))
    assert bool(page.select(".card")) == bool(replies[status].citations)
    headings = {words(one(page, "h1"))}
    assert headings
    assert one(page, ".as-json a")["href"] == f"/v1/answers/a-{status if 'partly' not in status else 'answered'}"


def test_status_headings_differ(client: TestClient, services: Any, replies: dict[AnswerStatus, Answer]) -> None:
    seen = set()
    for answer in replies.values():
        services.assistant.reply = answer
        response = client.get("/", params={"q": "x?"}, headers=HTML)
        seen.add(words(one(BeautifulSoup(response.text, "html.parser"), "h1")))
    assert len(seen) == len(replies)


def test_every_mark_resolves_to_a_card_that_holds_the_quotation(client: TestClient, services: Any) -> None:
    page = ask(client)
    answer: Answer = services.assistant.reply
    marks = page.select("a.mark")
    assert len(marks) == 7
    for mark in marks:
        assert one(page, str(mark["href"]))["class"][0] == "card"
    for c in answer.citations:
        card = one(page, f"#source-{c.n}")
        shown = one(card, "blockquote p, .summary p").get_text()
        assert shown == (c.quote if c.kind == "brief" else f"“{c.quote}”")
        assert c.title in words(one(card, "h3"))
        assert c.publisher in words(one(card, ".place"))


def test_a_brief_is_never_shown_as_the_publishers_words(client: TestClient) -> None:
    card = one(ask(client), ".card.brief")
    assert not card.select("blockquote, q")
    assert not set(QUOTES) & set(one(card, ".summary").get_text())
    assert not set(QUOTES) & set(card.get_text())
    assert words(one(card, ".kind")) == "Our summary"
    lines = [words(li) for li in card.select(".grounds li")]
    assert lines == [
        "Our summary of Department for Education, Local Skills Improvement Fund: stage 2 guidance, section 3.2: "
        "not the publisher's words (page 7)",
        "Our summary of HM Government, Skills and Post-16 Education Act 2022, section 1(2): "
        "not the publisher's words (no link held)",
    ]
    assert [a["href"] for a in card.select(".grounds a")] == [
        "https://www.gov.uk/government/publications/local-skills-improvement-fund"
    ]
    assert str(one(card, "h3 a")["href"]).startswith("/documents/lsif/v-lsif?quote=")
    assert words(one(card, ".evidence")) == "Rests on press or sector sources"
    assert words(one(card, ".provenance")) == "Compiled 23 November 2026 from copies, not checked live"


def test_badges_say_what_is_in_force_and_what_became_of_it(client: TestClient) -> None:
    page = ask(client)
    states = {n: words(one(page, f"#source-{n} .state")) for n in range(1, 6)}
    assert states[1] == "In force on 23 November 2026 Valid: from 1 April 2025"
    newer = "Local Skills Improvement Plans: guidance for the next round"
    assert states[2].startswith(
        f"Superseded on 18 November 2025 by {newer} Valid: 31 October 2022 to 17 November 2025"
    )
    assert states[3].startswith(f"In force on 23 November 2026 Superseded on 18 November 2025 by {newer}")
    assert states[4] == "In force on 23 November 2026 Valid: no dates stated"
    assert states[5].startswith("Closed on 31 March 2025")
    assert one(page, "#source-2 .state a")["href"] == "/documents/guidance/statutory/v-2025"
    assert words(one(page, "#source-5 .evidence")) == "Rests on a third party's notes of the document"
    assert words(one(page, "#source-2 .provenance")) == "Checked against the live page on 20 November 2026"
    assert "no link held" in words(one(page, "#source-4"))


def test_each_card_opens_the_passage_it_quotes(client: TestClient) -> None:
    for card in ask(client).select(".card"):
        path = str(one(card, ".links a")["href"])
        target = soup(client.get(path))
        passage = one(target, f"#{urlsplit(path).fragment}")
        quoted = re.sub(r"\W+", "", one(card, "blockquote, .summary").get_text())
        assert re.sub(r"\W+", "", "".join(m.get_text() for m in passage.select("mark"))) == quoted


@pytest.mark.parametrize("hostile", [HOSTILE, "{{ 7 * 7 }} {% raw %}", "\u202eabc\x00"])
def test_hostile_strings_stay_text(client: TestClient, services: Any, hostile: str) -> None:
    base: Answer = services.assistant.reply
    ground = RestsOn(title=hostile, publisher=hostile, url=None, section=hostile, page=hostile)
    wild = base.citations[0].model_copy(
        update={"title": hostile, "publisher": hostile, "quote": hostile, "section": hostile, "rests_on": (ground,)}
    )
    services.assistant.reply = base.model_copy(
        update={
            "blocks": (
                Paragraph(statements=(Statement(text=hostile, citations=(1,)),)),
                Note(text=hostile),
            ),
            "citations": (wild,),
            "interpreted_question": hostile,
            "related": (Related(title=hostile, url=None, section=hostile),),
        }
    )
    page = ask(client, hostile, area=hostile[:90])
    sound(page)
    assert not page.select("img:not([src='/static/mark.svg'])")
    assert "49" not in words(one(page, ".prose"))
    shown = hostile.replace("\x00", "\ufffd")
    assert one(page, "textarea").get_text().lstrip("\n").replace("\x00", "\ufffd") == shown


@pytest.mark.parametrize("url", BAD_URLS)
def test_only_plain_web_addresses_are_linked(client: TestClient, services: Any, url: str) -> None:
    base: Answer = services.assistant.reply
    assert base.area is not None
    ground = RestsOn(title="A page", publisher="A publisher", url=url, section=None, page=None)
    services.assistant.reply = base.model_copy(
        update={
            "citations": tuple(c.model_copy(update={"url": url, "rests_on": (ground,)}) for c in base.citations),
            "related": (Related(title="Related", url=url, section=None),),
            "area": base.area.model_copy(update={"erb": base.area.erb.model_copy(update={"url": url})}),
            "blocks": (*base.blocks[:2], Note(text=f"See {url} now")),
        }
    )
    page = ask(client)
    sound(page)
    assert not [a for a in page.select("a[href]") if str(a["href"]) == url]
    assert not page.select(".card a[rel], .related a, .frame-of a")
    held = replace(services.catalogue.held[1], url=url)
    services.catalogue.held = (held,)
    assert not soup(client.get("/documents/guidance/statutory/v-2025")).select(".about-version .links a[rel]")


def test_addresses_in_notes_are_linked_without_their_brackets(client: TestClient) -> None:
    link = one(ask(client), ".next a")
    assert link["href"] == link.get_text() == "https://example.org/lsip"


def test_choices_keep_the_date(client: TestClient, services: Any, replies: dict[AnswerStatus, Answer]) -> None:
    services.assistant.reply = replies[AnswerStatus.CLARIFY]
    links = ask(client, "What does my plan say?", as_of="2025-06-30").select(".choices a")
    assert [a.get_text() for a in links] == ["Lancashire", "Cumbria"]
    assert parse_qs(urlsplit(str(links[0]["href"])).query) == {
        "q": ["What does the plan say (Lancashire)?"],
        "as_of": ["2025-06-30"],
    }


def test_the_question_and_its_options_come_back_in_the_form(client: TestClient, services: Any) -> None:
    page = ask(client, "Is it open?", as_of="2025-06-30", area="A06")
    assert services.assistant.asked[0].area == "A06"
    assert services.assistant.asked[0].as_of.isoformat() == "2025-06-30"
    assert one(page, "textarea").get_text().strip() == "Is it open?"
    assert one(page, "[name=as_of]")["value"] == "2025-06-30"
    assert one(page, "option[selected]")["value"] == "A06"
    assert words(one(page, ".read-as")) == "Read as: Is the LSIF still open?"


def test_a_question_that_is_too_long_gets_the_message(
    client: TestClient, services: Any, replies: dict[AnswerStatus, Answer]
) -> None:
    services.assistant.reply = replies[AnswerStatus.BLOCKED_INPUT]
    page = ask(client, "word " * 180)
    assert "the limit is 500" in words(one(page, ".message"))


@pytest.mark.parametrize("query", [{"as_of": "soon"}, {"area": "x" * 101}])
def test_a_field_that_cannot_be_is_a_422_page(client: TestClient, query: dict[str, str]) -> None:
    page = ask(client, status=422, **query)
    sound(page)
    assert one(page, "h1")


def test_an_unknown_area_is_a_422_page_with_the_remedy(client: TestClient, services: Any) -> None:
    services.assistant.reply = UsageError("There is no area '<b>x</b>'.", "Give an area's id.")
    page = ask(client, status=422, area="<b>x</b>")
    assert "There is no area '<b>x</b>'." in words(one(page, "main"))
    assert "Give an area's id." in words(one(page, "main"))


def test_documents_are_listed_as_of_a_date(client: TestClient) -> None:
    now = words(one(soup(client.get("/documents")), "main"))
    assert "3 documents in 3 editions" in now
    assert "October 2022" not in now
    then = soup(client.get("/documents?as_of=2023-12-01"))
    assert [words(h) for h in then.select(".shelf h2")] == [
        "Guidance 1 documents",
        "LSIF 1 documents",
        "Lancashire 1 documents",
    ]
    every = soup(client.get("/documents?show=all&area=A06"))
    assert [words(h) for h in every.select(".held h3")] == ["Notes of the spring meeting"]


def test_a_long_list_of_documents_comes_in_pages(client: TestClient, services: Any) -> None:
    base = services.catalogue.held[2]
    services.catalogue.held = tuple(replace(base, document_id=f"d{n:03}", version_id=f"v{n}") for n in range(401))
    page = soup(client.get("/documents?page=2&show=all"))
    assert len(page.select(".held > li")) == 200
    assert [a["href"] for a in page.select(".pager a")] == [
        "/documents?as_of=&area=&show=all&page=1",
        "/documents?as_of=&area=&show=all&page=3",
    ]


def test_a_document_shows_headings_lists_tables_and_what_it_rests_on(client: TestClient) -> None:
    old = soup(client.get("/documents/guidance/statutory/v-2022"))
    assert [words(h) for h in old.select(".text h2")] == ["The employer representative body", "What a plan must hold"]
    assert len(old.select("#what-a-plan-must-hold li")) == 3
    assert "Superseded on 18 November 2025" in words(one(old, ".about-version .state"))
    new = soup(client.get("/documents/guidance/statutory/v-2025"))
    assert [words(th) for th in new.select("th[scope=col]")] == ["Cycle", "Plans begin", "Plans end"]
    assert [words(td) for td in new.select("td")] == ["First", "2023", "2026", "Second", "2026", "2029"]
    brief = soup(client.get("/documents/lsif/v-lsif"))
    assert "not the publisher's words" in words(one(brief, "#is-the-fund-open .rests"))
    assert "never quoted" in words(one(brief, "#what-it-paid-for-2 .rests"))
    notes = soup(client.get("/documents/notes%3A%20spring%3F/v-notes"))
    assert "<b>bold</b> & more" in words(one(notes, "#top"))
