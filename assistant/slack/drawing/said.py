"""Short messages: help, and what is said when a question is not answered or something was done."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.slack.drawing.answer import fallback
from assistant.slack.drawing.contact import contact, is_channel
from assistant.slack.drawing.kit import Part, bullets, header, link, linked, quote, rich, section, words
from assistant.slack.drawing.look import Drawn, Look
from assistant.slack.drawing.mrkdwn import bare, cut, short
from assistant.slack.names import COMMAND
from prompts import message

LONGEST_QUESTION = 1_000


def said(text: str, *parts: Iterable[Part]) -> Drawn:
    """A message of a few words of ours, with parts of rich text after them."""
    extra = [p for some in parts for p in some]
    spoken = " ".join([text, *(str(p.get("text", "")) for p in extra)])
    channels = "".join(f" <#{p['channel_id']}>" for p in extra if p["type"] == "channel")
    return Drawn(fallback(spoken) + channels, rich(section(linked(text), words(" ") if extra else [], extra)))


def busy() -> Drawn:
    """Too many questions wait."""
    return said(message("busy"))


def failed() -> Drawn:
    """No answer could be made."""
    return said(message("failed"))


def limited(wait: str) -> Drawn:
    """A quota is used up; `wait` in words."""
    return said(f"{message('slack_limited')} {message('limited_remedy', wait=short(wait))}")


def closed() -> Drawn:
    """The door is switched off."""
    return said(f"{message('door_closed')} {message('door_closed_remedy')}")


def not_admitted(help_at: str = "") -> Drawn:
    """This person may not ask here."""
    return said(message("slack_not_admitted"), *turn_to(help_at))


def nothing_asked() -> Drawn:
    """A mention or command without a question."""
    return said(message("slack_nothing_asked", command=COMMAND))


def expired() -> Drawn:
    """A control of a message whose answer is kept no longer."""
    return said(message("slack_expired"))


def thanks(vote: str) -> Drawn:
    """A vote is kept."""
    return said(message("slack_thanks" if vote == "up" else "slack_thanks_down"))


def deleted(answers: int) -> Drawn:
    """What was kept of a person is deleted."""
    return said(message("slack_deleted", count=str(answers)))


def area_kept(name: str) -> Drawn:
    """The person's area is set."""
    return said(message("slack_area_kept", area=short(name)))


def area_cleared() -> Drawn:
    """The person's area is taken back."""
    return said(message("slack_area_cleared"))


def person_told(help_at: str) -> Drawn:
    """The question was posted to the help channel."""
    return said(message("slack_person_told"), contact(help_at))


def person_asked(user: str, question: str, note: str, answer_id: str, look: Look) -> Drawn:
    """What the help channel sees: who asks, the question, their note, and the answer that did not help."""
    text = cut(bare(question), LONGEST_QUESTION)
    asker: list[Part] = [{"type": "user", "user_id": user}]
    page = look.answer_page(answer_id)
    blocks = rich(
        section(asker, words(" " + message("slack_person_asks"))),
        quote(words(text)),
        section(words(cut(bare(note), LONGEST_QUESTION))),
        section(link(page, message("slack_person_answer")) if page else []),
    )
    return Drawn(fallback(f"{message('slack_person_asks_here')} {text}"), blocks)


def help_text(subject: str, look: Look, help_at: str = "") -> Drawn:
    """What it answers, how to ask, and the commands."""
    title = about(subject)
    commands = [("", "ask"), ("area", "area"), ("timeline", "timeline"), ("check", "check"), ("help", "help")]
    held = [
        [*words(f"{COMMAND} {name}".strip(), bold=True), *words(" " + message(f"slack_help_{key}"))]
        for name, key in commands
    ]
    blocks = [
        header(title),
        *rich(section(words(message("slack_how"))), bullets(held)),
        *rich(section(*turn_to(help_at))),
        *rich(section(words(message("slack_advice") + " "), link(look.page("/about"), message("slack_about")))),
    ]
    lines = [
        title,
        message("slack_how"),
        *("".join(p["text"] for p in item) for item in held),
        message("slack_advice"),
    ]
    return Drawn(fallback("\n".join(lines)), blocks)


def about(subject: str) -> str:
    """What it answers questions on, as a title."""
    return message("slack_title", subject=subject) if subject else message("slack_title_bare")


def turn_to(help_at: str) -> list[list[Part]]:
    """Whom to turn to; nothing where nobody is named."""
    if not bare(help_at):
        return []
    before = message("slack_help_channel" if is_channel(help_at) else "slack_help_at")
    return [words(before + " "), contact(help_at)]
