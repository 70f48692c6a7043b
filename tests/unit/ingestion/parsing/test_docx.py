"""Word files made here by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.parsing.docx import parse_docx
from vectorstore.errors import BadFileError


def made(fill: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    fill(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def fill(document: Document) -> None:
    document.add_heading("The plan", 0)
    document.add_heading("Priorities", 1)
    document.add_paragraph("Some text.")
    document.add_heading("Digital", 2)
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Two", style="List Bullet")
    document.add_paragraph("First", style="List Number")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("Job", "Count"), ("Welder", "40")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_whole_file() -> None:
    document = parse_docx(made(fill), "plan.docx")
    assert document.title == "The plan"
    assert [(block.kind.value, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "The plan"),
        ("heading", 1, "Priorities"),
        ("paragraph", 0, "Some text."),
        ("heading", 2, "Digital"),
        ("list", 0, "- One\n- Two"),
        ("list", 0, "1. First"),
        ("table", 0, "| Job | Count |\n| Welder | 40 |"),
    ]


def test_title_from_name() -> None:
    assert parse_docx(made(lambda document: document.add_paragraph("Text")), "a/my plan.docx").title == "my plan"


def test_empty() -> None:
    with pytest.raises(BadFileError, match="no text"):
        parse_docx(made(lambda document: None), "e.docx")


@pytest.mark.parametrize("data", [b"", b"garbage", zipped(readme=b"x"), made(fill)[:2000]])
def test_not_a_word_file(data: bytes) -> None:
    with pytest.raises(BadFileError, match="not a Word file"):
        parse_docx(data, "g.docx")


def test_damaged() -> None:
    with pytest.raises(BadFileError, match="cannot be read"):
        parse_docx(zipped(word__document=b"<w"), "d.docx")


def test_encrypted_or_old() -> None:
    with pytest.raises(BadFileError, match="locked by a password"):
        parse_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "o.docx")


def test_zip_bomb() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", b"<w/>")
        with archive.open("word/media.bin", "w") as entry:
            for _ in range(201):
                entry.write(b"\0" * 1024 * 1024)
    assert len(target.getvalue()) < 5_000_000
    with pytest.raises(BadFileError, match="unpacks to more than 200 MB"):
        parse_docx(target.getvalue(), "b.docx")


WHOLE = made(fill)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 40_000))
def test_nothing_but_bad_file_error(noise: bytes, place: int) -> None:
    for data in (noise, zipped(word__document=noise), WHOLE[:place] + noise + WHOLE[place + len(noise) :]):
        try:
            parse_docx(data, "n.docx")
        except BadFileError:
            continue


def test_text_that_the_writer_hid_is_left_out() -> None:
    def fill_hidden(document: Document) -> None:
        paragraph = document.add_paragraph("Seen")
        paragraph.add_run(" and hidden").font.hidden = True
        paragraph.add_run(" and shown.").font.hidden = False

    (block,) = parse_docx(made(fill_hidden), "a.docx").blocks
    assert block.text == "Seen and shown."
