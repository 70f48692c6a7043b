"""Addresses of others in a text of ours, as links only where they are plain web addresses."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from vectorstore.addresses import web_address

REL = "noopener noreferrer"
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’]+", re.IGNORECASE)


def linkify(text: str) -> Markup:
    """`text` escaped, with its web addresses as links."""
    made: list[Markup] = []
    position = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(".,;:!?")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?")
        if web_address(address) is None:
            continue
        made.append(escape(text[position : found.start()]))
        made.append(Markup('<a href="{0}" rel="{1}">{0}</a>').format(address, REL))
        position = found.start() + len(address)
    made.append(escape(text[position:]))
    return Markup("").join(made)
