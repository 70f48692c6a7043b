"""Web pages: the main content chosen, everything around it left out, blocks in reading order."""

from __future__ import annotations

import codecs
import re
from datetime import datetime

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector

from ingestion.parsing.html_blocks import HEADINGS, blocks_of, first_heading, soup_of
from ingestion.parsing.lines import file_name, squash, stem
from ingestion.parsing.model import ParsedDocument
from vectorstore.addresses import web_address
from vectorstore.errors import BadFileError

_AROUND = ["nav", "footer", "aside"]
_NEVER = (
    "script style noscript template svg iframe object canvas audio video select textarea input img math head"
).split()
_HIDDEN_CLASSES = frozenset({"visually-hidden", "govuk-visually-hidden", "sr-only", "visuallyhidden"})
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])opacity\s*:\s*0?\.?0*\s*(?:;|!|$)"
    r"|font-size\s*:\s*(?:0*\.?0*(?:px|pt|em|rem|%)?|1px)\s*(?:;|!|$)"
    r"|(?<![\w-])(?:text-indent|left|top|right)\s*:\s*-\d{3,}"
    r"|(?<![\w-])color\s*:\s*transparent|(?<![\w-])clip\s*:\s*rect\(\s*[01]",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))\s*(?:;|!|$)", re.IGNORECASE
)
_COOKIES = re.compile(r"cookie[\w-]*(banner|consent|notice|message|bar|popup|policy-bar)|^cookies?$", re.IGNORECASE)
_UNSAFE_CODECS = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})


def parse_html(data: bytes, name: str) -> ParsedDocument:
    """One web page; its published date and address are kept only where the page itself states them."""
    try:
        soup = soup_of(_decode(data))
        meta = _meta(soup)
        page_title = squash(soup.title.get_text()) if soup.title else ""
        root = _main(soup)
        title = first_heading(root) or first_heading(soup) or page_title or stem(name)
        blocks = blocks_of(root)
    except Exception as error:  # lxml and bs4 fail in many ways on what is no page
        raise BadFileError(f"{file_name(name)} cannot be read as a web page.", "Save it again as HTML.") from error
    if not blocks:
        raise BadFileError(
            f"{file_name(name)} has no text.", "Save the page as the browser shows it and ingest that file."
        )
    return ParsedDocument(title, tuple(blocks), meta)


def _decode(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    declared = EncodingDetector.find_declared_encoding(data, is_html=True, search_entire_document=False)
    for candidate in (declared, "utf-8"):
        try:
            codec = codecs.lookup(candidate or "utf-8").name
            if codec in _UNSAFE_CODECS or codec.startswith(("utf-16", "utf-32")):
                continue
            # Pages that declare Latin-1 mean cp1252, as browsers read them.
            return data.decode("cp1252" if codec in {"iso8859-1", "ascii"} else codec)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    stated: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        field = str(tag.get("name") or tag.get("property") or "").casefold()
        content = squash(str(tag.get("content") or ""))
        if field and content:
            stated.setdefault(field, content)
    published = _iso_date(stated.get("dcterms.issued")) or _iso_date(stated.get("article:published_time"))
    canonical = soup.find("link", rel="canonical")
    url = str(canonical.get("href") or "").strip() if isinstance(canonical, Tag) else ""
    found = {
        "description": stated.get("description"),
        "published": published,
        "url": web_address(url),
        "publisher": stated.get("og:site_name"),
    }
    return {field: value for field, value in found.items() if value}


def _iso_date(text: str | None) -> str | None:
    try:
        return datetime.fromisoformat(text).date().isoformat() if text else None
    except ValueError:
        return None


def _main(soup: BeautifulSoup) -> Tag:
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_hidden(tag):
            tag.decompose()
    articles = soup.find_all("article")
    for found in (
        soup.find("main"),
        articles[0] if len(articles) == 1 else None,
        soup.find(id="content"),
        soup.find(role="main"),
    ):
        if isinstance(found, Tag) and squash(found.get_text()):
            return _strip(found, inside=True)
    return _strip(soup.body or soup, inside=False)


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _NEVER or (tag.name == "button" and not tag.find_parent(HEADINGS)):
        return tag.name != "head"
    if tag.name in {"html", "body", "main", "article"}:
        return False
    classes = tag.get_attribute_list("class")
    names = [str(part) for part in (*classes, tag.get("id")) if part]
    return (
        tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(str(tag.get("style") or "")))
        or _white_on_white(tag)
        or not _HIDDEN_CLASSES.isdisjoint(names)
        or any(_COOKIES.search(part) for part in names)
    )


def _white_on_white(tag: Tag) -> bool:
    """Whether an element asks for white letters while neither it nor what it stands in asks for a background."""
    if not _WHITE.search(str(tag.get("style") or "")):
        return False
    around = (tag, *tag.parents)
    return not any("background" in str(t.get("style") or "") or t.get("bgcolor") for t in around if t.name)


def _strip(root: Tag, *, inside: bool) -> Tag:
    """Leave out what surrounds the text; the header of the content itself may hold its heading, which stays."""
    for tag in root.find_all([*_AROUND, "header", "form"]):
        if tag.decomposed:
            continue
        if tag.name == "form" and tag.find(["h1", "main", "article"]):
            tag.unwrap()  # whole pages of some sites are one form
        elif tag.name == "header" and inside and (heading := tag.find("h1")):
            tag.replace_with(heading.extract())
        else:
            tag.decompose()
    return root
