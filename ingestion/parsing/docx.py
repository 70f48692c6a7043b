"""Word files: mammoth gives plain markup by style, and that is read like a web page's content."""

from __future__ import annotations

import zipfile
from io import BytesIO

import mammoth
from lxml import etree

from ingestion.parsing.html_blocks import blocks_of, first_heading, soup_of
from ingestion.parsing.lines import file_name, stem
from ingestion.parsing.model import ParsedDocument
from vectorstore.errors import BadFileError

_MOST_BYTES = 200 * 1024 * 1024
_BODY = "word/document.xml"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
p[style-name='Quote'] => p:fresh
p[style-name='Intense Quote'] => p:fresh
comment-reference =>
"""


def parse_docx(data: bytes, name: str) -> ParsedDocument:
    """One Word file; pictures are left out, a table's and a list's shape stays."""
    _refuse_what_is_no_docx(data, file_name(name))
    try:
        result = mammoth.convert_to_html(
            BytesIO(_without_hidden_text(data)),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _image: {"src": ""}),
        )
        soup = soup_of(str(result.value))
        title = first_heading(soup) or stem(name)
        blocks = blocks_of(soup)
    except Exception as error:  # mammoth and the XML below it fail in many ways on a damaged file
        raise BadFileError(
            f"{file_name(name)} cannot be read as a Word file.",
            "Open it in a word processor and save it again as .docx.",
        ) from error
    if not blocks:
        raise BadFileError(f"{file_name(name)} has no text.", "Check that it is the right file.")
    return ParsedDocument(title, tuple(blocks))


def _without_hidden_text(data: bytes) -> bytes:
    """The file without the runs that its writer hid: Word does not show them, and mammoth does not know it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        held = archive.read(_BODY) if _BODY in archive.namelist() else b""
        if b":vanish" not in held:
            return data
        root = etree.fromstring(held, etree.XMLParser(resolve_entities=False, no_network=True))
        for mark in root.xpath("//*[local-name()='r']/*[local-name()='rPr']/*[local-name()='vanish']"):
            run = mark.getparent().getparent()
            shown = any(str(v).lower() in {"0", "false", "off"} for v in mark.attrib.values())
            if not shown and run.getparent() is not None:
                run.getparent().remove(run)
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in archive.infolist():
                copy.writestr(entry, etree.tostring(root) if entry.filename == _BODY else archive.read(entry))
    return made.getvalue()


def _refuse_what_is_no_docx(data: bytes, name: str) -> None:
    """Look before unpacking: a small file may unpack to more than the machine has."""
    if data.startswith(_OLD_WORD):
        raise BadFileError(
            f"{name} is an old Word file or locked by a password.",
            "Save it as .docx without a password and ingest it.",
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception as error:
        raise BadFileError(f"{name} is not a Word file.", "Save it as .docx and ingest that file.") from error
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise BadFileError(f"{name} is not a Word file.", "Save it as .docx and ingest that file.")
    # zipfile never reads past the size an entry declares, so the declared sizes bound what is unpacked.
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise BadFileError(
            f"{name} unpacks to more than {_MOST_BYTES // 1024 // 1024} MB.", "Remove its pictures or split the file."
        )
