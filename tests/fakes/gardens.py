"""Three hundred rules of allotment gardens in invented parishes, each a document of its own."""

from __future__ import annotations

import random
from dataclasses import dataclass

_FIRST = "Wend Marl Thrush Hollow Bram Quern Sallow Pease Otter Gorse Fenn Larch Tarn Clove Yarrow".split()
_SECOND = ("bury", "combe")
PARISHES = [a + b for a in _FIRST for b in _SECOND]  # thirty


@dataclass(frozen=True)
class Topic:
    """What a parish rules on; `rule` and `ask` may use {parish}, {n}, {month} and {day}."""

    name: str
    ask: str
    rule: str
    more: str


TOPICS = (
    Topic(
        "sheds",
        "How tall may a shed be in {parish}?",
        "A shed in {parish} may be at most {n} centimetres tall.",
        "Roofs are felted or tiled, and gutters lead into a water butt.",
    ),
    Topic(
        "bonfires",
        "When may bonfires be lit in {parish}?",
        "Bonfires in {parish} may be lit on {day} evenings from {month} onwards.",
        "A bucket of water stands by every fire, and nobody leaves embers glowing.",
    ),
    Topic(
        "hens",
        "How many hens may a tenant keep in {parish}?",
        "A tenant in {parish} may keep {few} hens on a plot.",
        "Cockerels are not allowed because of the noise at dawn.",
    ),
    Topic(
        "rent",
        "How much is the yearly rent of a plot in {parish}?",
        "The yearly rent of a plot in {parish} is £{n}.",
        "The treasurer takes it in cash or by bank transfer.",
    ),
    Topic(
        "hosepipes",
        "On which day may hosepipes be used in {parish}?",
        "Hosepipes may be used in {parish} on {day} only.",
        "In a drought the committee may forbid watering altogether.",
    ),
    Topic(
        "waiting list",
        "How long is the waiting list in {parish}?",
        "The waiting list in {parish} stands at {few} years.",
        "Residents come before people from elsewhere.",
    ),
    Topic(
        "trees",
        "Which fruit trees may be planted in {parish}?",
        "Fruit trees on dwarfing rootstock may be planted in {parish} after {month}.",
        "Walnuts and willows have to stay outside the fence.",
    ),
    Topic(
        "compost",
        "How large may a compost heap be in {parish}?",
        "A compost heap in {parish} may cover {few} square metres.",
        "Cooked food attracts rats and goes into the bin.",
    ),
    Topic(
        "bees",
        "Where may beehives stand in {parish}?",
        "Beehives in {parish} stand {few} paces from the nearest path.",
        "The keeper signs the register and hangs a warning on the gate.",
    ),
    Topic(
        "paths",
        "How wide must a path be in {parish}?",
        "A path between plots in {parish} must be {n} centimetres wide.",
        "Neighbours mow it in turns, and a barrow has to pass.",
    ),
)


@dataclass(frozen=True)
class Rule:
    """One document: its id, title and text, a question it answers and the sentence that answers."""

    id: str
    title: str
    text: str
    question: str
    answer: str


def rules(seed: int = 7) -> list[Rule]:
    """All rules, the same for the same seed."""
    draw = random.Random(seed)
    made = []
    for parish in PARISHES:
        for topic in TOPICS:
            values = {
                "parish": parish,
                "n": draw.randint(40, 399),
                "few": draw.choice(["two", "three", "four", "five", "six", "nine", "eleven"]),
                "month": draw.choice(["March", "April", "September", "October", "November"]),
                "day": draw.choice(["Monday", "Tuesday", "Thursday", "Saturday", "Sunday"]),
            }
            rule = topic.rule.format(**values)
            made.append(
                Rule(
                    id=f"{parish.lower()}/{topic.name.replace(' ', '-')}",
                    title=f"{parish} allotments: {topic.name}",
                    text=f"{rule} {topic.more}\n\nThe {parish} committee may grant an exception in writing.",
                    question=topic.ask.format(**values),
                    answer=rule,
                )
            )
    return made
