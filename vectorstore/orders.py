"""Text that gives orders to a language model instead of saying something to a reader.

Patterns, not understanding: they find what is written to be found by a model, in the disguises that people use, and
leave alone what is said *about* rules and instructions. What they miss must be harmless for other reasons.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters of other scripts that look like Latin ones (after Unicode's table of confusables).
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝѡьвкмнтгαβγεηικνορτυχωıɑɡοϲⅼᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxijshdqwwbbkmhtrabyenikvoptuxwiagoclabcdeghijklmnoprstuvwyz",
)
_DIGITS = str.maketrans("01345@$!|", "oieasasil")
_MIXED = re.compile(r"(?<![\w@$!|])(?=[\w@$!|]*[a-z])(?=[\w@$!|]*[01345@$!|])[\w@$!|]{3,}")
_SPACED = re.compile(r"(?<!\w)(?:\w[ ._*-]){4,}\w(?!\w)")

_KINDS = r"(?: (?:assistant|model|system|agent|chat ?bot|tool|reader|bot)s?)"
_MODEL = (
    rf"(?:(?:the|an?|any|all|every|this|other) )?(?:(?:ai|a\.i\.|artificial intelligence){_KINDS}?"
    rf"|(?:virtual|digital)"
    r" (?:assistant|agent)s?|(?:large )?language models?|llms?|chat ?bots?|chat ?gpt|copilot|claude|gemini)"
)
_ADDRESSED = r"s?(?=\s*(?:[:,.;!?)]|and\b|who\b|that\b|reading\b|processing\b|when\b|if\b|$))"
_START = r"(?:^\W*|[.!?;:,]\s+|\b(?:please|and|then|now|just|kindly|you (?:must|should|will|shall|can now))\s+)"
_ASIDE = r"(?:ignore|disregard|forget|override|bypass|discard)"
_FILL = r"(?:(?:all|any|every|everything|of|your|my|the|these|those|that|this|its|our|in)\s+)*"
_SAID = r"(?:instructions?|prompts?|rules?|guidelines?|directions?|restrictions?|guardrails|programming|training)"
_BEFORE = r"(?:previous|above|prior|earlier|preceding|foregoing|original|initial|existing|system|safety)"

# Words of which one must stand in a text before its pattern is worth trying, and the pattern.
_TO_MODEL: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("ignor", "disregard", "forget", "overrid", "bypass", "discard"),
        rf"{_START}{_ASIDE}\s+{_FILL}(?:{_BEFORE}\s+)+(?:\w+\s+)?(?:{_SAID}|messages?|context|text|conversation)\b"
        rf"|{_START}{_ASIDE}\s+(?:all|any|everything|your)\b(?:\s+\w+){{0,2}}\s+(?:instructions?|prompts?"
        rf"|programming)\b"
        rf"|{_START}{_ASIDE}\s+everything\b.{{0,20}}\b(?:above|before|told|said)\b"
        r"|\bignor(?:iere|ieren sie|ez|e|a|e todas|are)\b.{0,40}\b(?:anweisungen|instructions précédentes"
        r"|instructions precedentes|instrucciones|istruzioni|instrucoes|polecenia)\b",
    ),
    (
        ("vergiss", "vergessen", "oubli", "olvida", "zignoruj", "anwybydd", "negeer"),
        r"\b(?:vergiss|vergessen sie)\b.{0,30}\b(?:anweisungen|regeln)\b|\boubliez?\b.{0,30}\bconsignes\b"
        r"|\bolvida\b.{0,30}\binstrucciones\b|\bzignoruj\b.{0,30}\b(?:polecenia|instrukcje)\b"
        r"|\banwybydd\w*\b.{0,30}\b[cg]yfarwyddiadau\b|\bnegeer\b.{0,30}\binstructies\b",
    ),
    (
        ("忽略", "игнорируй", "تجاهل", "以前の指示", "이전"),
        r"忽略.{0,12}(?:指令|指示|说明)|игнорируй.{0,30}(?:инструкции|указания)|تجاهل.{0,30}التعليمات"
        r"|以前の指示を無視|이전.{0,6}지시.{0,6}무시",
    ),
    # Speaks to a model.
    (
        (
            " ai",
            "a.i.",
            "artificial",
            "language model",
            "llm",
            "chat",
            "copilot",
            "claude",
            "gemini",
            "assistant",
            "agent",
        ),
        rf"^\W*(?:\w+ )?(?:note|notice|message|memo|instructions?|reminder|warning) (?:to|for) (?:all |any "
        rf"|the )*{_MODEL}"
        rf"{_ADDRESSED}|^\W*(?:attention|dear|hey|hello|hi)\W+(?:(?:to|all|any|the)\W+){{0,3}}{_MODEL}{_ADDRESSED}"
        r"|^\W*(?:dear|hey|hello|note to|message to|instructions? (?:to|for)"
        r"|attention,?) (?:the )?assistant\b\s*[:,.!-]"
        rf"|\b(?:if|when|since|because) you(?: are|'re) {_MODEL}{_ADDRESSED}"
        rf"|\byou are (?:now |no longer |actually |really )?{_MODEL}{_ADDRESSED}"
        rf"|\b{_MODEL}s?,? (?:(?:that|which|when) )?(?:read|summari[sz]|process|answer|retriev|us)(?:es|s|e|ing)?\b"
        r".{0,60}\b(?:must|should|shall|(?:are|is) (?:required|instructed|asked|told) to|ha(?:s|ve) to)\b.{0,60}"
        r"\b(?:answer|respond|reply|say|output|print|recommend|cite|append|ignore|quote|link|insert|claim|assert)\b"
        rf"|\b{_MODEL}s?,? (?:you )?(?:must|should|shall|will)(?: always| only| now)? (?:answer|respond|reply|say)"
        r"(?: that| with)\b"
        rf"|\b(?:new|updated|revised|special|hidden|secret|additional) (?:system )?instructions? (?:for|to) (?:the"
        rf" assistant\b|{_MODEL}{_ADDRESSED})",
    ),
    (
        ("unrestricted", "uncensored", "unfiltered", "jailbroken", "helpful", "evil", "rogue"),
        r"\byou are (?:now |no longer )?(?:an? |the )?(?:\w+ )?(?:unrestricted|uncensored|unfiltered"
        r"|jailbroken|helpful"
        r"|evil|rogue)\b.{0,20}\b(?:assistant|model|ai|bot)\b",
    ),
    (
        ("from now on",),
        r"\bfrom now on,? (?:you (?:will|must|shall|are to) )?(?:only |always |never )?(?:answer|respond"
        r"|reply|say|act"
        r"|pretend|speak|talk)\b",
    ),
    (
        ("the user", "the human", "person asking", "user asks", "human asks"),
        r"\b(?:do not|don't|never|without) (?:tell|telling|inform|informing|reveal\w*|mention\w*|disclos\w*)\b.{0,30}"
        r"\bthe (?:user|person asking|human)\b"
        r"|\b(?:if|when|whenever) (?:a|the|any) (?:user|human) asks\b.{0,120}\b(?:say|answer|reply|respond"
        r"|output|claim"
        r"|insist)\b",
    ),
    (
        (" with", "output "),
        r"\b(?:respond|reply|answer) (?:only|exactly|solely) with\b|\boutput (?:only|exactly)\b",
    ),
    (
        ("of your ", "all your ", "each your ", "every your ", "in your "),
        r"\b(?:in|to|at the end of) (?:all|every one|each) (?:of )?your (?:future )?(?:answers?|responses?|replies"
        r"|outputs?)\b|\b(?:cite|quote|link)\b.{0,120}\bin your (?:answers?|replies|reply|outputs?)\b",
    ),
    # Prompts, modes and the marks between turns.
    (
        ("prompt", "instruction", "message"),
        r"\b(?:reveal|print|show|repeat|output|display|dump|leak|disclose)\b.{0,30}\b(?:system|hidden|initial|secret"
        r"|original|developer) (?:prompt|instructions?|message)\b",
    ),
    (
        (" mode", "do anything now"),
        r"\b(?:enter|enable|activate|switch to|engage|you are (?:now )?in)\b.{0,12}\b(?:developer|god|dan"
        r"|jailbreak|debug"
        r"|maintenance|admin\w*|root|unrestricted) mode\b|\bdo anything now\b|\bjailbreak mode\b",
    ),
    (
        ("<", "[", "##"),
        r"<\|?\s*/?(?:im_start|im_end|im_sep|endoftext|system|assistant|start_header_id|end_header_id|eot_id)\b"
        r".{0,20}\|?>"
        r"|\[/?inst\]|<</?sys>>|\[(?:system|assistant|developer)\]|^\W*#{2,4} ?(?:system|instruction|assistant)\b",
    ),
    (
        ("system", "developer", "assistant"),
        r"(?:^|[.!?]\s+)\W*(?:system|developer|assistant)(?: (?:prompt|message|override|note"
        r"|instruction))?s?\s*[:\]]+\s*"
        r"(?:you\b|ignore|override|new |from now|all |always|answer|respond|reply|the assistant|set |say |admin|debug"
        r"|sure|policy|certainly)|\bsystem (?:override|prompt)\s*[:\]]",
    ),
    (
        ("end of",),
        r"\bend of (?:system )?(?:prompt|instructions|context|document)\b.{0,30}\b(?:new|begin|now)\b",
    ),
    (
        ("user:", "human:", "user :", "human :"),
        r"(?:^|\s)(?:user|human)\s*:[\s\S]{1,400}\b(?:assistant|ai|bot)\s*:",
    ),
)
_ASKS_MODEL = (
    rf"\b{_ASIDE}\b.{{0,40}}\b(?:instructions|prompts?)\b",
    rf"{_START.replace('kindly', 'kindly|to')}{_ASIDE}\s+{_FILL}(?:previous|above|prior|earlier|your|instruct\w*"
    r"|rules?|guidelines?|everything|all)\b",
    r"\b(?:system|developer) prompt\b|\byou are now\b|\bact as (?:an?|the)\b.{0,30}\b(?:ai|assistant|bot|admin)\b",
    r"\b(?:reveal|print|show|repeat|output|display|dump|leak|disclose|translate|encode|summari[sz]e|tell me)\b.{0,30}"
    r"\byour (?:\w+ )?(?:prompt|instructions|rules|configuration)\b",
    r"\b(?:what|which) (?:are|is|were|was) your (?:system |hidden |initial |secret |original )(?:prompt|instructions"
    r"|rules)\b",
    rf"{_START}(?:pretend|role-?play|imagine) (?:that )?(?:to be|you|as)\b",
    r"\b(?:repeat|print|output) (?:everything|all|the (?:text|words|message)s?) (?:that is )?(?:above|before)\b",
)
_PASSAGE = tuple((cues, re.compile(pattern, re.MULTILINE)) for cues, pattern in _TO_MODEL)
_QUESTION = re.compile("|".join(f"(?:{p})" for p in _ASKS_MODEL), re.MULTILINE)
_JOINED = re.compile(
    r"(?:ignore|disregard|forget|override)(?:all|any)?(?:the|your|previous|prior|above){0,3}instructions"
)


@lru_cache(maxsize=8_192)
def addresses_model(text: str) -> bool:
    """Whether `text`, a paragraph of a document, speaks to a language model."""
    return any(_speaks(form) for form in _forms(text))


def orders_model(text: str) -> bool:
    """Whether `text`, a question as asked, gives the assistant orders instead of asking it something."""
    return any(
        _speaks(form) or _QUESTION.search(form) or _JOINED.search(form.replace(" ", "")) for form in _forms(text)
    )


def _speaks(form: str) -> bool:
    """Whether any pattern finds something; most texts hold no cue, so that most patterns are never tried."""
    return any(pattern.search(form) for cues, pattern in _PASSAGE if any(cue in form for cue in cues))


def _forms(text: str) -> tuple[str, ...]:
    """`text` in small letters, and where that differs, with its disguises taken off."""
    plain = text.replace("’", "'").lower()
    bare = unmasked(plain)
    return (plain,) if bare == plain else (plain, bare)


def unmasked(text: str) -> str:
    """`text` in small letters with look-alikes, accents, digits for letters and spaced letters undone."""
    text = text.lower()
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in marked if not unicodedata.combining(c)).translate(_LOOK_ALIKES)
    text = _SPACED.sub(lambda m: re.sub(r"[ ._*-]", "", m[0]), text)
    return _MIXED.sub(lambda m: m[0].translate(_DIGITS), text)
