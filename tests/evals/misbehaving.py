"""`python -m tests.evals.misbehaving`: what a reader sees of each way in which a model can misbehave, as a table."""

from __future__ import annotations

from assistant.answering.events import Done, Said
from assistant.answering.model import Question
from tests.fakes import model_world as w
from tests.fakes.scripted_model import BEHAVIOURS, Behaviour, ScriptedModel


def row(behaviour: Behaviour) -> tuple[str, str, str, str]:
    """Name, what the model does, what became of it, and who composed the answer."""
    events = list(w.assistant(ScriptedModel(behaviour)).stream(Question(question=w.QUESTION)))
    done = events[-1]
    assert isinstance(done, Done)
    answer, writing = done.answer, done.answer.writing
    assert writing is not None
    shown = " ".join([answer.text, *(e.statement.text for e in events if isinstance(e, Said))])
    false = [b for b in behaviour.bad if b in shown]
    if writing.fallback:
        seen = f"the answer by extraction ({writing.fallback})"
    elif writing.dropped:
        seen = f"its {writing.kept} true sentences; dropped: {'; '.join(writing.dropped)}"
    else:
        seen = f"its {writing.kept} sentences"
    composer = "extractive" if answer.composer == "extractive" else "the model"
    return behaviour.name, behaviour.what, f"FALSE: {false}" if false else seen, composer


def main() -> None:
    """Print the table of docs/model.md."""
    print("| behaviour | the model sends | the reader sees | composer |")
    print("|---|---|---|---|")
    for behaviour in BEHAVIOURS.values():
        print("| " + " | ".join(row(behaviour)) + " |")


if __name__ == "__main__":
    main()
