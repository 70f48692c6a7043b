"""What makes a collection particular, as data: its vocabulary, what lies outside it, premises and next steps."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vectorstore.tables import Table


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AreaName(_Frozen):
    """One area and the names people use for it; `names` holds councils and common names."""

    id: str
    name: str
    erb: str
    url: str
    names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


class Outside(_Frozen):
    """Places the collection does not cover, and the document that says so."""

    places: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # nation -> its names and those of its places
    document: str = ""
    unless: tuple[str, ...] = ()  # phrases that hold such a name and mean something else
    said: str = ""  # what is said of a place outside; {land} is the nation
    elsewhere: dict[str, str] = Field(default_factory=dict)  # nation -> where to look instead


class Premise(_Frozen):
    """A claim that people arrive with and that is wrong on some dates; `passages` lead the correction.

    `pattern` and `unless` are regular expressions on the question, read without case. The correction is the first
    sentence of the passage at `document` whose heading contains `section`, if that text is in force on the date.
    """

    id: str
    pattern: str
    unless: str = ""
    document: str
    section: str = ""
    from_date: date | None = None
    to_date: date | None = None


class AreaFinding(_Frozen):
    """A kind of fact on areas and the questions that it settles: `pattern`, without `unless`.

    `of` says whose fact it is: that of each area asked about, of the body asked about, or of no area at all.
    """

    kind: str
    of: Literal["area", "body", "all"]
    pattern: str
    unless: str = ""
    gives: str = ""  # pattern of later questions that its address answers, where it gives one
    broad: bool = False  # its pattern takes in questions that ask for more than the fact says
    history: bool = False  # told as of today, although the question names a past day


class AreaLeads(_Frozen):
    """How the collection calls leading an area, for questions whether a body does."""

    role: str = ""  # pattern of the nouns ("is it the ..."); empty: no such question is answered by the facts
    sole: str = ""  # pattern of those nouns that only one body may be called
    verbs: str = ""  # pattern of the verbs ("does it ...")
    beside: str = ""  # words that may stand beside the area without asking for something else
    others: str = ""  # pattern of the words in names of bodies that never lead


class AreaReach(_Frozen):
    """How the collection calls taking part, for questions whom to turn to in an area and how to be heard."""

    topics: str = (
        ""  # pattern of what one takes part in or has to say something of; empty: no such question is answered
    )
    unless: str = ""  # pattern of others who may be turned to, and of other matters
    document: str = ""  # says how anybody takes part
    section: str = ""
    not_for: str = ""  # pattern of askers whom that does not concern


class AreaPlans(_Frozen):
    """The latest plans of the areas, for questions whether an area's is out."""

    first: str = ""  # the first day on which such a question means them; empty: none is answered by the facts
    unless: str = ""  # pattern of what is asked of a plan instead, and of other texts that come out


class AreaSection(_Frozen):
    """A section of an area's own texts and the questions that ask for it as a whole."""

    pattern: str
    headings: str  # pattern of the headings it stands under
    but_not: str = ""  # pattern of headings that only sound like it
    not_held: str  # pattern of the recorded gaps that say it is not held
    words: str = ""  # ways to ask for it, which make no question a more specific one


class ChangeQuestion(_Frozen):
    """A document held in several editions, and the pattern of questions that ask what changed in it."""

    pattern: str
    document: str


class Mistakes(_Frozen):
    """Documents whose headings state wrong claims and whose texts correct them; `heading` begins such headings."""

    documents: tuple[str, ...] = ()
    heading: str = "Mistake: "


class NextStep(_Frozen):
    """Where to go next, chosen by the words of the question; `text` is shown as it is."""

    pattern: str
    text: str
    outside: bool = False  # only for a question about a place that the collection does not cover


class CollectionProfile(_Frozen):
    """The particulars of one collection. Empty for a collection that nobody described."""

    subject: str = ""  # completes "I answer questions on ..."
    scope_terms: tuple[str, ...] = ()  # words that put a question inside the subject
    place_terms: tuple[str, ...] = ()  # words that do so in a question that names one of its places
    vocabulary: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # term -> other ways to say it
    areas: tuple[AreaName, ...] = ()
    area_findings: tuple[AreaFinding, ...] = ()
    area_leads: AreaLeads = AreaLeads()
    area_reach: AreaReach = AreaReach()
    area_plans: AreaPlans = AreaPlans()
    awards: str = ""  # pattern of questions on awards to areas, which are compared by their sums
    tables: tuple[Table, ...] = ()  # facts that are counted, added up and compared
    regions: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # pattern -> the regions it stands for
    area_sections: tuple[AreaSection, ...] = ()
    ordinary_words: tuple[str, ...] = ()  # names of places that are also common words
    alternatives: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # kind -> terms that stand for one another
    rivals: tuple[tuple[str, ...], ...] = ()  # things that are taken for one another, each with its names
    parts: dict[str, str] = Field(default_factory=dict)  # kind -> pattern of what belongs to such a term named before
    carries_area: str = ""  # pattern of questions on the area that a conversation is about
    own_area: str = ""  # pattern of questions about "our area" that need one to be named
    outside: Outside = Outside()
    premises: tuple[Premise, ...] = ()
    changes: tuple[ChangeQuestion, ...] = ()
    mistakes: Mistakes = Mistakes()
    next_steps: tuple[NextStep, ...] = ()
    suggestions: tuple[str, ...] = ()  # questions to begin with
    area_suggestions: tuple[str, ...] = ()  # the same for one area; {area} is its name
    ask: str = ""  # whom to ask when a fact is not held
    ask_elsewhere: str = ""  # where to turn with what is outside the subject
    link_hosts: tuple[str, ...] = ()  # hosts answers may link to; empty = any https host of the document
