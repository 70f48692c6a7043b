"""The timeline as commands, HTTP and pages show it: events with their state, and the texts that date them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from assistant.answering.assemble import citation
from assistant.answering.model import Citation
from assistant.answering.quoting import quote_of
from assistant.areas.atlas import Atlas
from assistant.timeline.engine import KINDS, TimelineEngine
from assistant.timeline.events import Event
from assistant.timeline.schemas import EventReport, TermReport, TimelineReport
from assistant.timeline.terms import count_term
from assistant.timeline.wording import sentence, when
from vectorstore.errors import UsageError
from vectorstore.retrieval import Retriever


class TimelineDesk:
    """Looks the timeline up and words what is found."""

    def __init__(
        self,
        engine: TimelineEngine,
        retriever: Retriever,
        atlas: Callable[[], Atlas],
        locate: Callable[[str, date], str | None],
    ) -> None:
        self._engine = engine
        self._retriever = retriever
        self._atlas = atlas
        self._locate = locate

    def report(
        self,
        on: date,
        *,
        area: str = "",
        kind: str = "",
        fund: str = "",
        start: date | None = None,
        end: date | None = None,
        national: bool = True,
    ) -> TimelineReport:
        """The events known on a date. Raises UsageError for an unknown area, kind or fund, or a span that is none."""
        if kind and kind not in KINDS:
            raise UsageError(f"There is no kind of event {kind!r}.", f"Give one of: {', '.join(KINDS)}.")
        if fund and fund not in self._engine.funds:
            raise UsageError(
                f"There is no fund {fund!r}.", f"Give one of: {', '.join(self._engine.funds) or 'none'}."
            )
        if start and end and end < start:
            raise UsageError(f"{end} lies before {start}.", "Give the first day first.")
        found = self._area(area, on)
        areas = self._atlas().scope([found]) if found else ()
        events = self._engine.events(
            on, areas=areas, only_areas=not national, kind=kind, fund=fund, start=start, end=end
        )
        citations: list[Citation] = []
        reports = [self._event(e, on, citations, areas) for e in events]
        return TimelineReport(
            as_of=on,
            area=found,
            areas=areas,
            kind=kind or None,
            fund=fund or None,
            events=tuple(r for r in reports if r is not None),
            citations=tuple(citations),
        )

    @property
    def funds(self) -> list[str]:
        """The funds that have events."""
        return self._engine.funds

    def term(self, term_id: str, start: date) -> TermReport:
        """When a period that is counted from `start` ends. Raises UsageError for an unknown one."""
        terms = {t.id: t for t in self._engine.almanac.terms}
        term = terms.get(term_id)
        quote = quote_of(term.fact, self._retriever, start) if term else None
        if term is None or quote is None:
            raise UsageError(
                f"There is no period {term_id!r} on {start}.", f"Give one of: {', '.join(terms) or 'none'}."
            )
        finding = count_term(term, start, quote)
        said = " ".join(finding.notes)
        cited = citation(quote, (quote.start, quote.end), 1, start)
        return TermReport(
            id=term_id, start=start, end=date.fromisoformat(finding.data["end"]), said=said, citations=(cited,)
        )

    def _area(self, area: str, on: date) -> str | None:
        if not area.strip():
            return None
        atlas = self._atlas()
        wanted = area.strip().upper()
        if atlas.of("area", wanted):
            return wanted
        found = self._locate(area, on)
        if found is None:
            raise UsageError(
                f"There is no one area for {area!r}.", "Give an area's id (such as A06), its name or a place."
            )
        return found

    def _event(self, event: Event, on: date, citations: list[Citation], areas: Sequence[str]) -> EventReport | None:
        """The event with its citation; None where no text in force says it, so that nothing rests on nothing."""
        quote = quote_of(event.fact, self._retriever, on)
        if quote is None:
            return None
        number = len(citations) + 1
        citations.append(citation(quote, (quote.start, quote.end), number, on))
        return EventReport(
            id=event.id,
            title=event.title,
            kind=event.kind,
            area=next((a for a in (*areas, *event.areas) if a in event.areas), None),
            areas=event.areas,
            fund=event.fund,
            start=event.start,
            end=event.end,
            precision=event.precision.value,
            state=event.state(on).value,
            days=event.days(on),
            time=event.time,
            when=when(event),
            said=sentence(event, on),
            text=event.fact.text,
            citations=(number,),
        )
