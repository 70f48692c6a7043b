"""Web pages: the content stays, what surrounds it goes, lists and tables keep their shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.parsing.html import parse_html
from ingestion.parsing.model import BlockKind, ParsedDocument
from vectorstore.errors import BadFileError

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Plan - Site</title>
<meta name="description" content="What it is"><meta name="dcterms.issued" content="2026-03-04T09:00:00+00:00">
<meta property="og:site_name" content="GOV.UK"><link rel="canonical" href="https://example.org/plan"></head><body>
<div id="global-cookie-message">We use cookies</div><header><h1>Site</h1></header><nav>Menu</nav>
<main><header><h1>The <em>plan</em></h1><p>Share this</p></header>
<p>Some   text with <a href="#">a link</a>,<br>and more.</p><script>alert(1)</script><aside>Related</aside>
<h2>Jobs ¶</h2><ul><li>One <b>bold</b><ul><li>Inner</li></ul></li><li><p>Two</p><p>parts</p></li></ul>
<ol start="3"><li>Third</li><li>Fourth</li></ol>
<table><caption>Vacancies</caption><tbody><tr><td>Welder</td><td>4|5</td></tr></tbody>
<thead><tr><th>Job</th><th>Count</th></tr></thead></table>
<blockquote><p>Said so.</p></blockquote><dl><dt>LSIP</dt><dd>Local plan</dd><dd>of skills</dd></dl>
<pre>a  b
c</pre><p hidden>Hidden</p><p style="display: none">Gone</p><form><label>Mail</label></form>
Loose words<div>Boxed</div><noscript>No</noscript></main><footer>Crown</footer></body></html>"""


def parse(text: str) -> ParsedDocument:
    return parse_html(text.encode(), "dir/page.html")


def test_whole_page() -> None:
    document = parse(PAGE)
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "The plan"),
        ("paragraph", 0, "Some text with a link, and more."),
        ("heading", 2, "Jobs"),
        ("list", 0, "- One bold\n- Inner\n- Two parts"),
        ("list", 0, "3. Third\n4. Fourth"),
        ("paragraph", 0, "Vacancies"),
        ("table", 0, "| Job | Count |\n| Welder | 4\\|5 |"),
        ("paragraph", 0, "Said so."),
        ("list", 0, "- LSIP: Local plan; of skills"),
        ("paragraph", 0, "a  b\nc"),
        ("paragraph", 0, "Loose words"),
        ("paragraph", 0, "Boxed"),
    ]
    assert document.title == "The plan"
    assert document.meta == {
        "description": "What it is",
        "published": "2026-03-04",
        "url": "https://example.org/plan",
        "publisher": "GOV.UK",
    }


@pytest.mark.parametrize(
    "content",
    [
        "<article><p>Wanted</p></article>",
        "<div id=content><p>Wanted</p></div>",
        "<div role=main><p>Wanted</p></div>",
        "<main></main><div role=main><p>Wanted</p></div>",
    ],
)
def test_main_content_is_chosen(content: str) -> None:
    document = parse(f"<title>T</title><body><p>Around</p>{content}<p>Around</p>")
    assert [block.text for block in document.blocks] == ["Wanted"]
    assert document.title == "T"


def test_body_without_landmarks_and_title_from_name() -> None:
    document = parse("<article>One</article><article>Two</article><header>Top</header>")
    assert [block.text for block in document.blocks] == ["One", "Two"]
    assert document.title == "page"


def test_a_page_within_a_form() -> None:
    assert parse("<form><h1>Title</h1><p>Text</p><input></form>").blocks[-1].text == "Text"


def test_spans() -> None:
    table = "<table><tr><th rowspan=2>A</th><th colspan=2>B</th></tr><tr><td>c</td><td>d</td></tr></table>"
    assert parse(table).blocks[0].text == "| A | B |  |\n| A | c | d |"


def test_layout_table_is_no_table() -> None:
    found = parse("<table><tr><td><h1>Head</h1><p>Text</p></td></tr></table>").blocks
    assert [block.kind for block in found] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    "data",
    [
        "<p>caf\u00e9 \u2013</p>".encode(),
        "<p>caf\u00e9 \u2013</p>".encode("cp1252"),
        '<meta charset="iso-8859-1"><p>caf\u00e9 \u2013</p>'.encode("cp1252"),
        '<meta charset="nonsense"><p>caf\u00e9 \u2013</p>'.encode(),
        "\ufeff<p>caf\u00e9 \u2013</p>".encode(),
        "<p>caf\u00e9 \u2013</p>".encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-8"?><html><body>' + "<p>caf\u00e9 \u2013</p>".encode(),
    ],
)
def test_charsets(data: bytes) -> None:
    assert parse_html(data, "c.html").blocks[0].text == "caf\u00e9 \u2013"


@pytest.mark.parametrize(
    "text", ["", "   ", "<html><body></body></html>", "<nav>Only a menu</nav>", "<script>1</script>"]
)
def test_empty(text: str) -> None:
    with pytest.raises(BadFileError, match="no text"):
        parse(text)


@pytest.mark.parametrize("text", ["page.html", "https://example.org", "plain words"])
def test_text_that_is_no_markup(text: str) -> None:
    assert parse(text).blocks[0].text == text


def test_deep_nesting_is_refused_rather_than_overflowing() -> None:
    assert parse("<div>" * 200 + "deep").blocks[0].text == "deep"
    with pytest.raises(BadFileError, match="cannot be read"):
        parse("<div>" * 5000 + "deep" + "<ul><li>" * 3000)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.sampled_from(
                "<p> </p> <ul> <li> </ul> <ol> <table> <tr> <td rowspan=3> <th colspan=9> </table> <dl> <dt> "
                "<dd> <h1> <pre> <header> <form> <main> <article> <nav> text <br> <!-- --> <![CDATA[ ]]> <?xml &amp; "
                "<svg> <template>".split()
            ),
            max_size=30,
        ).map(lambda parts: "".join(parts).encode()),
        st.text(max_size=100).map(lambda text: f'<meta charset="{text}"><p>é'.encode("utf-8", "replace")),
    )
)
def test_nothing_but_bad_file_error(data: bytes) -> None:
    try:
        assert parse_html(data, "n.html").blocks
    except BadFileError:
        return


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0px",
        "font-size: 0",
        "opacity:0",
        "opacity: 0.0; top: 1px",
        "position:absolute;left:-9999px",
        "text-indent:-1000px",
        "color:transparent",
        "color: #FFF",
        "color:white; margin:0",
        "visibility:hidden",
        "clip: rect(0 0 0 0)",
    ],
)
def test_what_a_style_hides_goes(style: str) -> None:
    assert [b.text for b in parse(f"<main><p>Seen.</p><p style='{style}'>Hidden.</p></main>").blocks] == ["Seen."]


@pytest.mark.parametrize(
    "style",
    [
        "font-size:1em",
        "font-size:0.9rem",
        "font-size:10px",
        "opacity:1",
        "opacity:0.8",
        "margin-left:-100px",
        "left:-10px",
        "color:#ffffcc",
        "background-color:white",
        "color:white;background:#1d70b8",
        "border-color:transparent",
    ],
)
def test_what_a_style_only_changes_stays(style: str) -> None:
    assert [b.text for b in parse(f"<main><p style='{style}'>Seen.</p></main>").blocks] == ["Seen."]


def test_white_letters_on_the_colour_around_them_stay() -> None:
    page = "<main><div style='background:black'><p style='color:#fff'>Seen.</p></div></main>"
    assert [b.text for b in parse(page).blocks] == ["Seen."]


@pytest.mark.parametrize("address", ["https://[", "https://a@b.example/", "javascript:x"])
def test_a_canonical_address_that_is_none_is_left_out(address: str) -> None:
    page = f"<html><head><link rel='canonical' href='{address}'></head><body><p>Text.</p></body></html>"
    assert "url" not in parse(page).meta
