"""What operators type about a site, checked: ids, names, contacts and NAME=VALUE pairs."""

from __future__ import annotations

import re
import unicodedata

from vectorstore.addresses import web_address
from vectorstore.errors import UsageError

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_MAIL = re.compile(r"mailto:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)
LONGEST_NAME = 120
LONGEST_CONTACT = 200
LONGEST_URL = 500


def site_id(text: str) -> str:
    """Raises UsageError."""
    if not _ID.fullmatch(text):
        raise UsageError(
            f"{text[:70]!r} cannot be a site's id.",
            "Use small letters, digits and hyphens, at most 63, such as dorset.",
        )
    return text


def site_name(text: str) -> str:
    """Raises UsageError."""
    return _line(text, "name", LONGEST_NAME, needed=True)


def contact(text: str, url: str) -> tuple[str, str]:
    """The contact's words and address. Raises UsageError; an address alone would be a link without a name."""
    line, address = _line(text, "contact", LONGEST_CONTACT), url.strip()
    if address and not line:
        raise UsageError("The contact's address has no words to it.", "Give them with --contact.")
    if address and not (
        len(address) <= LONGEST_URL
        and (_MAIL.fullmatch(address) or (address.startswith("https://") and web_address(address)))
    ):
        raise UsageError(
            "The contact's address cannot be used.", "Give an https: page or mailto: and one e-mail address."
        )
    return line, address


def pairs(given: list[str], option: str) -> dict[str, str]:
    """NAME=VALUE of a repeated option. Raises UsageError."""
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"{option} {text[:60]!r} is no NAME=VALUE.", f"Write it as {option} name=value.")
        found[name.strip()] = value.strip()
    return found


def _line(text: str, what: str, longest: int, *, needed: bool = False) -> str:
    """One line of words that can be seen."""
    line = " ".join(text.split())
    if (needed and not line) or len(line) > longest:
        raise UsageError(f"The site's {what} is missing or too long.", f"Give at most {longest} characters.")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Cn"} for c in line):
        raise UsageError(f"The site's {what} holds characters that nobody sees.", "Type it again by hand.")
    return line
