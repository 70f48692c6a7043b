"""What the tables of a collection mean, as data: whose facts are their rows, and how questions name their columns."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ValueKind(_Frozen):
    """Values of one kind in a column of words, such as bodies of one sort."""

    words: str  # pattern of the phrases that mean it
    match: str  # pattern of the values that are of it; of what the fact says where the column names no value
    said: str  # completes the name of the rows: "led by a chamber"
    unsaid: str  # the same of rows whose value is another


class Column(_Frozen):
    """A kind of fact on the rows of a table. Its value is a word, an amount, or a list, counted by its length."""

    id: str
    fact: str
    value: str = ""  # the key of its data that holds the value; empty: what the fact says
    words: str  # pattern of the words that name it, the verbs by which a row has it among them
    one: str = ""  # for a number: what is counted, in the singular and the plural
    many: str = ""
    money: bool = False
    said: str = ""  # completes the name of the rows that have it, and of those that have not
    unsaid: str = ""
    kinds: tuple[ValueKind, ...] = ()
    is_held: str = ""  # pattern of the values that count as having it
    dated: str = ""  # the key of its data that holds a date: a year, a month or a day
    unlike: str = ""  # the id of a column: a row has this one where a body it names is none that the other names
    for_rows: bool = False  # its nouns may stand for the rows that have it: "how many plans are there"
    open: bool = False  # what is not held here may be so all the same: its absence proves nothing
    overall: str = ""  # kind of the fact that speaks of this column in all rows
    note: str = ""  # what is to be known of it, said beside the answer


class Table(_Frozen):
    """Facts of one kind as the rows of a table; `words` is how questions name the rows."""

    id: str
    fact: str
    name: str = ""  # the key of the data that names a row; empty: the subject. Facts of one name are one row
    areas: str = ""  # the key that holds the area, or areas, that a row belongs to; empty: the subject
    held: str = ""  # the key that says whether anything is held of the row
    words: str
    many: str  # what the rows are called
    about: str = ""  # pattern that a question has to hold somewhere, where the words of the rows say too little
    beside: str = ""  # pattern of words that add nothing
    measure: str = ""  # the column that is meant where a question names none
    shows: str = ""  # the column that is told of a row where a question names none
    overall: str = ""  # kind of the fact that speaks of all rows
    note: str = ""  # what is to be known of the rows
    columns: tuple[Column, ...] = ()

    def column(self, ident: str) -> Column | None:
        """The column of that id."""
        return next((c for c in self.columns if c.id == ident), None)
