"""PDF files made here by reportlab: what a reader sees must come out, on the right page."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from ingestion.parsing.model import BlockKind, ParsedDocument
from ingestion.parsing.pdf import parse_pdf
from vectorstore.errors import BadFileError

STYLES = getSampleStyleSheet()
PROSE = "Employers across the area told the board that technicians are scarce and that training takes too long. "


def canvas_pdf(draw: Callable[[Any], None], title: str = "") -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    if title:
        canvas.setTitle(title)
    draw(canvas)
    canvas.save()
    return target.getvalue()


def story_pdf(story: list[Any], title: str | None = None, furniture: bool = False) -> bytes:
    target = io.BytesIO()

    def running(canvas: Any, template: Any) -> None:
        if furniture:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, 815, "Skills plan 2026")
            canvas.drawString(72, 25, f"Published by the chamber | Page {template.page} of 4")
            canvas.drawString(500, 25, str(template.page))

    SimpleDocTemplate(target, pagesize=A4, title=title).build(story, onFirstPage=running, onLaterPages=running)
    return target.getvalue()


def lines_pdf(*rows: str, size: float = 10) -> bytes:
    def draw(canvas: Any) -> None:
        text = canvas.beginText(72, 700)
        text.setFont("Helvetica", size, leading=size * 1.2)
        for row in rows:
            text.textLine(row)
        canvas.drawText(text)

    return canvas_pdf(draw)


def para(text: str, style: str = "BodyText") -> Any:
    return Paragraph(text, STYLES[style])


def rewritten(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def texts(document: ParsedDocument, kind: BlockKind) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


def three_pages() -> list[Any]:
    story: list[Any] = []
    for number in range(1, 5):
        story += [
            para(f"Chapter {number}", "Heading1"),
            para(PROSE * 6),
            para(f"Fact {number}. " + PROSE * 3),
            PageBreak(),
        ]
    return story


def test_running_lines_go_and_headings_stay() -> None:
    document = parse_pdf(story_pdf(three_pages(), furniture=True), "plan.pdf")
    whole = "\n".join(block.text for block in document.blocks)
    assert "Skills plan 2026" not in whole
    assert "Page" not in whole
    assert texts(document, BlockKind.HEADING) == [f"Chapter {number}" for number in range(1, 5)]
    assert [block.page for block in document.blocks if block.text.startswith("Fact")] == ["1", "2", "3", "4"]
    assert not any(line.strip().isdigit() for line in whole.splitlines())


def test_short_pages_keep_their_only_text() -> None:
    def draw(canvas: Any) -> None:
        for number in range(1, 5):
            canvas.drawString(72, 750, f"The text of sheet {number}")
            canvas.showPage()

    document = parse_pdf(canvas_pdf(draw), "short.pdf")
    assert [block.text for block in document.blocks] == [f"The text of sheet {number}" for number in range(1, 5)]


def test_page_labels() -> None:
    def label(writer: PdfWriter) -> None:
        writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
        writer.set_page_label(2, 3, style=PageLabelStyle.DECIMAL, prefix="A-", start=7)

    document = parse_pdf(rewritten(story_pdf(three_pages()), label), "plan.pdf")
    found = [block.page for block in document.blocks if block.kind is BlockKind.HEADING]
    assert found == ["i", "ii", "A-7", "A-8"]


def test_heading_levels_by_size_and_bold() -> None:
    story = [para("The plan", "Title"), para("Priorities", "Heading2"), para(PROSE * 5)]
    story += [para("<b>Digital</b>"), para(PROSE * 5), para(f"<b>Note</b> {PROSE}")]
    document = parse_pdf(story_pdf(story), "plan.pdf")
    headings = [(block.text, block.level) for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == [("The plan", 1), ("Priorities", 2), ("Digital", 3)]
    assert document.title == "The plan"


def test_outline_gives_levels() -> None:
    long = "A heading so long that it has to wrap over two lines of the page before it comes to its very end"

    def mark(writer: PdfWriter) -> None:
        top = writer.add_outline_item(title="One", page_number=0)
        writer.add_outline_item(title="Inner part", page_number=0, parent=top)
        writer.add_outline_item(title=long, page_number=0, parent=top)

    story = [para("Cover", "Title"), para("1. One", "Heading1"), para(PROSE * 3), para("Inner part", "Heading1")]
    story += [para(PROSE * 3), para(long, "Heading1"), para(PROSE * 4)]
    document = parse_pdf(rewritten(story_pdf(story), mark), "plan.pdf")
    headings = [(block.text, block.level) for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings[1:] == [("1. One", 1), ("Inner part", 2), (long, 2)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("The real title", "The real title"), ("Microsoft Word - draft.docx", "plan"), ("untitled", "plan")],
)
def test_title(title: str, expected: str) -> None:
    data = canvas_pdf(lambda canvas: canvas.drawString(72, 700, "Only some body text here."), title)
    assert parse_pdf(data, "folder/plan.pdf").title == expected


def test_hyphens() -> None:
    document = parse_pdf(
        lines_pdf(
            "The employer-led board asked for mainte-",
            "nance of post-",
            "16 courses in North-",
            "West England, an employer-",
            "led plan with short-",
            "and long-term goals.",
        ),
        "h.pdf",
    )
    assert [block.text for block in document.blocks] == [
        "The employer-led board asked for maintenance of post-16 courses in North-West England, an employer-led plan "
        "with short- and long-term goals."
    ]


def test_paragraphs_are_joined_within_a_page_only() -> None:
    story = [para(PROSE * 4), para("Second. " + PROSE * 4), PageBreak(), para("going on here without a capital")]
    document = parse_pdf(story_pdf(story), "plan.pdf")
    assert [block.page for block in document.blocks] == ["1", "1", "2"]
    assert document.blocks[0].text == (PROSE * 4).strip()


def test_lists() -> None:
    items = ["First thing", PROSE.strip() + " It wraps.", "Third thing"]
    flow = ListFlowable([ListItem(para(item)) for item in items], bulletType="bullet")
    document = parse_pdf(story_pdf([para("Before:"), flow, para("After the list.")]), "l.pdf")
    assert texts(document, BlockKind.LIST) == ["\n".join(f"- {item}" for item in items)]
    assert texts(document, BlockKind.PARAGRAPH) == ["Before:", "After the list."]


def test_lists_of_typed_marks() -> None:
    rows = ["It must:", "• consult", "- publish", "– review;", "(a) report", "1. close.", "The end"]
    document = parse_pdf(lines_pdf(*rows), "l.pdf")
    assert texts(document, BlockKind.LIST) == ["- consult\n- publish\n- review;\n- (a) report\n- 1. close."]


def test_a_dash_or_number_that_wrapped_is_no_item() -> None:
    document = parse_pdf(
        lines_pdf("The plan covers the years up", "- and including - those after", "2. it ends"), "d.pdf"
    )
    assert len(document.blocks) == 1


def test_tables_keep_their_rows() -> None:
    rows = [["Job", "Vacancies"], ["Welder", "40"], [para("Fitter of machines " * 8), "20"]]
    document = parse_pdf(story_pdf([para(PROSE * 3), Table(rows, colWidths=[150, 100]), para(PROSE)]), "t.pdf")
    assert texts(document, BlockKind.TABLE) == [
        f"| Job | Vacancies |\n| Welder | 40 |\n| {('Fitter of machines ' * 8).strip()} | 20 |"
    ]


def test_two_columns_in_stream_order() -> None:
    target = io.BytesIO()
    template = BaseDocTemplate(target, pagesize=A4)
    frames = [Frame(50, 400, 230, 380), Frame(310, 400, 230, 380)]
    template.addPageTemplates([PageTemplate(frames=frames)])
    paragraphs = [f"Part {number}. " + (PROSE * 3).strip() for number in range(1, 9)]
    template.build([para(text) for text in paragraphs])
    found = [block.text for block in parse_pdf(target.getvalue(), "c.pdf").blocks]
    assert sum(text in found for text in paragraphs) == len(paragraphs)


def test_two_columns_drawn_across() -> None:
    left = [f"the left column has line number {number} of" for number in range(12)]
    right = [f"the right side goes on with line {number} and" for number in range(12)]

    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        for number in range(12):
            canvas.drawString(60, 700 - 12 * number, left[number])
            canvas.drawString(310, 700 - 12 * number, right[number])

    whole = " ".join(block.text for block in parse_pdf(canvas_pdf(draw), "c.pdf").blocks)
    assert whole == " ".join([*left, *right])


def test_scanned_pages_are_told() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 700, "A page with text.")
        canvas.showPage()
        canvas.rect(50, 50, 300, 300)
        canvas.showPage()

    problems = parse_pdf(canvas_pdf(draw), "s.pdf").problems
    assert [(p.reason, p.remedy) for p in problems] == [
        ("page 2 has no text (scanned?)", "run OCR (for example ocrmypdf) and ingest the result")
    ]


def test_no_text_at_all() -> None:
    with pytest.raises(BadFileError, match="no text on any page") as caught:
        parse_pdf(canvas_pdf(lambda canvas: canvas.rect(50, 50, 300, 300)), "s.pdf")
    assert "OCR" in caught.value.remedy


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_encrypted(algorithm: str) -> None:
    plain = lines_pdf("Secret text.")
    locked = rewritten(plain, lambda writer: writer.encrypt("word", algorithm=algorithm))
    with pytest.raises(BadFileError, match="is encrypted") as caught:
        parse_pdf(locked, "e.pdf")
    assert "password" in caught.value.remedy
    open_to_read = rewritten(plain, lambda writer: writer.encrypt("", "owner", algorithm=algorithm))
    assert parse_pdf(open_to_read, "e.pdf").blocks[0].text == "Secret text."


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"garbage" * 50, b"\0" * 100])
def test_garbage(data: bytes) -> None:
    with pytest.raises(BadFileError):
        parse_pdf(data, "/home/someone/g.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated(share: float, caplog: pytest.LogCaptureFixture) -> None:
    data = story_pdf(three_pages())
    with caplog.at_level(logging.WARNING), pytest.raises(BadFileError) as caught:
        parse_pdf(data[: int(len(data) * share)], "/home/someone/t.pdf")
    assert "someone" not in caught.value.message
    assert not caplog.records
    assert logging.getLogger("pypdf").level == logging.NOTSET


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_nothing_but_bad_file_error(noise: bytes, place: int) -> None:
    whole = lines_pdf("Some text.")
    for data in (noise, b"%PDF-1.4\n" + noise + b"\n%%EOF", whole[:place] + noise + whole[place + len(noise) :]):
        try:
            parse_pdf(data, "n.pdf")
        except BadFileError:
            continue
