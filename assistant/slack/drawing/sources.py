"""The sources of an answer: a few lines for each under the answer, and all that is known of each in a modal."""

from __future__ import annotations

from assistant.answering.model import Answer
from assistant.presenting.cards import Card, Ground, cards
from assistant.slack import limits
from assistant.slack.drawing.kit import Block, Part, divider, line, link, modal, quote, rich, section, words
from assistant.slack.drawing.look import Look
from assistant.slack.drawing.mrkdwn import bare, cut, short
from assistant.slack.names import SOURCES
from prompts import message

SHOWN = 5
SHORT_QUOTE = 200
LONG_QUOTE = 2_500
_PLACE, _STATE = 160, 240
_MOST_IN_MODAL = limits.VIEW_BLOCKS // 2 - 1


def source_blocks(answer: Answer, look: Look) -> list[Block]:
    """The first sources, in brief."""
    made = cards(answer.citations[:SHOWN], answer.as_of, look.today, look.library)
    return [block for card in made for block in one_source(card, look, short=True)]


def shortened(answer: Answer) -> bool:
    """Whether `source_blocks` leaves something out that the modal shows."""
    many = len(answer.citations) > SHOWN
    return many or any(len(c.quote) > SHORT_QUOTE or len(c.rests_on) > 1 for c in answer.citations)


def all_sources(answer: Answer, look: Look) -> Block:
    """The modal of every source, with its words in full and all that they rest on."""
    held = cards(answer.citations[:_MOST_IN_MODAL], answer.as_of, look.today, look.library)
    blocks: list[Block] = []
    for card in held:
        blocks += [*([divider()] if blocks else []), *one_source(card, look, short=False)]
    if not blocks:
        blocks = rich(section(words(message("slack_no_sources"))))
    elif len(answer.citations) > len(held):
        left = str(len(answer.citations) - len(held))
        page = link(look.answer_page(answer.answer_id), message("slack_open"))
        blocks += rich(section(words(message("slack_sources_left", left=left) + " "), page))
    return modal(f"{SOURCES}_modal", message("slack_sources"), blocks, close=message("slack_close"))


def source_lines(answer: Answer) -> list[str]:
    """The sources as lines of plain text."""
    return [
        f"[{c.n}] " + ", ".join(bare(p) for p in (c.title, c.publisher, c.url or "") if p)
        for c in answer.citations[:SHOWN]
    ]


def one_source(card: Card, look: Look, *, short: bool = True) -> list[Block]:
    """One source: its title, whose words they are and where they stand, the words, and their state.

    A summary of ours is neither in quotation marks nor behind the bar of a quotation.
    """
    most = SHORT_QUOTE if short else LONG_QUOTE
    text = cut(bare(card.quote) if short else card.quote, most)
    about = section(_title(card, look), line(), words(_where(card)))
    state = section(*_state(card, look, short=short))
    if card.quoted:
        return rich(about, quote(words(f"“{text}”")), state)
    return rich(section(about["elements"], line(), words(text)), state)


def _title(card: Card, look: Look) -> list[Part]:
    """The number and the title, which opens the text: on our page, at the words quoted, or at the publisher's."""
    url = look.page(card.path) or card.url or next((g.url for g in card.grounds if g.url), None)
    return [*words(f"[{card.n}] ", bold=True), *link(url, short(card.title), bold=True)]


def _where(card: Card) -> str:
    """Whose words they are, and where they stand."""
    return cut(" · ".join(bare(p) for p in (card.label, card.publisher, card.place) if p), _PLACE)


def _state(card: Card, look: Look, *, short: bool) -> list[list[Part]]:
    """Whether the text is in force, what became of it, and what a reader must know of its making."""
    badge = card.badge
    by = _successor(card, look) if badge.names_successor else []
    state = [words(cut(bare(badge.label), _STATE), bold=badge.tone != "good")]
    if badge.change:
        state += [words(". "), words(badge.change, bold=True), by]
    else:
        state.append(by)
    if not short:
        state.append(words(". " + message("slack_valid", dates=card.dates)))
    remarks = [r for r in (card.evidence, card.compiled or ("" if short else card.checked)) if r]
    state += [words(f". {r[:1].upper()}{r[1:]}") for r in remarks]
    for ground in card.grounds[:1] if short else card.grounds:
        state += [line(), _ground(ground)]
    if not card.quoted and not card.grounds:
        state += [line(), words(message("slack_ours"))]
    if card.url:
        state += [line(), link(card.url, message("slack_publishers_page"))]
    return state


def _successor(card: Card, look: Look) -> list[Part]:
    if card.successor is None:
        return []
    title = short(card.successor.title)
    return [*words(" " + message("slack_by") + " "), *link(look.page(card.successor.path), title)]


def _ground(ground: Ground) -> list[Part]:
    """The line that a summary of ours carries: what it sums up, and that these are not the publisher's words."""
    page = f" ({short(ground.page)})" if ground.page else ""
    what = link(ground.url, cut(bare(ground.what), _PLACE))
    return [*words(ground.before), *what, *words(ground.after + page)]
