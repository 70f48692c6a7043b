"""Whether the words of a sentence that carry its meaning stand in what it quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.verification.grounds import Ground
from assistant.verification.ordinary import ORDINARY
from vectorstore.text import content_stems
from vectorstore.vocabulary import expansions

ENOUGH = 0.86  # share of the stems that carry meaning
# Words that join a sentence up and claim nothing by themselves, and those that have a check of their own.
_GLUE = frozenset(
    content_stems(
        """according set sets out include includes including included say says said state states stated mean means
        called known name named given give gives use used uses make makes made take takes taken also such well part
        which way following follow follows these those another both kind kinds type types per via whose whom thus
        number order relation regard respect terms example namely therefore hence
        must shall should may might can could will would all every each any some many most several only
        million billion thousand hundred bn cent pounds"""
    )
)


def unsupported(sentence: str, grounds: Sequence[Ground], vocabulary: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The stems of `sentence` that carry meaning and that no ground has, in order."""
    known = " ".join(g.known for g in grounds)
    held = set(content_stems(known)) | {s for _, o in expansions(known, vocabulary) for s in content_stems(o)}
    held |= {
        s
        for term, o in expansions(sentence, vocabulary)
        if set(content_stems(o)) <= held
        for s in content_stems(term)
    }
    return [s for s in _meaning(sentence) if s not in held and not _number(s)]


def supported(sentence: str, grounds: Sequence[Ground], vocabulary: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether enough of what `sentence` means stands in its grounds, so that it is not an invention beside them.

    What does not stand there must be everyday words: in a long sentence one other word can say what was never held.
    """
    meaning = [s for s in _meaning(sentence) if not _number(s)]
    own = unsupported(sentence, grounds, vocabulary)
    return bool(meaning) and ORDINARY.issuperset(own) and 1 - len(own) / len(meaning) >= ENOUGH


def _meaning(sentence: str) -> list[str]:
    return [s for s in content_stems(sentence) if s not in _GLUE]


def _number(stem: str) -> bool:
    return stem[:1].isdigit()  # figures have a check of their own
