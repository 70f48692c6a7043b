"""Web addresses that stand in a text of ours, told apart from its words: each door makes its own links of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vectorstore.addresses import web_address

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’]+", re.IGNORECASE)


def parted(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches of `text` in order, each with whether it is an address that a reader may be sent to."""
    position = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(".,;:!?")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?")
        if web_address(address) is None:
            continue
        if found.start() > position:
            yield text[position : found.start()], False
        yield address, True
        position = found.start() + len(address)
    if position < len(text):
        yield text[position:], False
