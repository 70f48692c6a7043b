"""Addresses of others in a text of ours, as links only where they are plain web addresses."""

from __future__ import annotations

from markupsafe import Markup, escape

from assistant.presenting.addresses import parted

REL = "noopener noreferrer"


def linkify(text: str) -> Markup:
    """`text` escaped, with its web addresses as links."""
    return Markup("").join(
        Markup('<a href="{0}" rel="{1}">{0}</a>').format(piece, REL) if is_address else escape(piece)
        for piece, is_address in parted(text)
    )
