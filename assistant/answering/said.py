"""What a conversation has come to, as far as its next turn may hang on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What a conversation has come to: its last question standing alone, its last place, and who is asking.

    `question` is what was asked, `whole` the same with its background, which a reply to a question back completes;
    `topic` is what pronouns of the last turns stood for; where no one phrase did, `meant` is what the question before
    them said. `earlier` are the questions before, the last one last.
    """

    question: str = ""
    whole: str = ""
    place: str = ""
    asker: str = ""
    topic: str = ""
    meant: str = ""
    earlier: tuple[str, ...] = ()
