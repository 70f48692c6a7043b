"""One answer, one message: whatever fails on the way, what stands there in the end is the whole answer, once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk.errors import SlackApiError

from assistant.slack.calling import LostJobError
from assistant.slack.clients import Clients
from assistant.slack.delivery import InThread
from assistant.slack.drawing.look import Drawn
from assistant.slack.finding import EVENT_TYPE
from assistant.slack.model import Arrival, Job, Surface
from assistant.slack.private_delivery import SENT, ToOnePerson
from tests.fakes.slack.faults import broken, dropped, refused
from tests.fakes.slack.server import SlackServer, slack
from tests.fakes.slack.state import SCOPES, Message

WHOLE = Drawn("Whole.", [{"type": "section", "text": {"type": "mrkdwn", "text": "Whole."}}, {"type": "divider"}])
CLOSING = [{"type": "divider"}]


@pytest.fixture
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


class Way:
    """A delivery for one job, as a worker has it; what it wrote down is `posted`."""

    def __init__(
        self, server: SlackServer, clients: Clients, *, posted: str = "", attempts: int = 1, surface: str = "dm"
    ) -> None:
        asked = server.says("T0ONE", "D0ASKER" if surface == "dm" else "C0HALL", "U0ASKER", "When?")
        arrival = Arrival("Ev1", Surface(surface), "T0ONE", "", asked.channel, asked.ts, "", asked.user, "When?")
        self.asked = asked
        self.job = Job("job-1", arrival, "a1", "c1", datetime.now(UTC), attempts, posted)
        self.posted: list[str] = []
        self.counts = ""  # the message of another worker, where that has the job
        self.server = server
        self._clients = clients

    def open(self, *, posted: str = "", attempts: int = 0) -> InThread:
        from dataclasses import replace

        space = self.server.workspace()
        job = replace(self.job, posted=posted or self.job.posted, attempts=attempts or self.job.attempts)
        return InThread(self._clients.of(space.token), space.bot_user, job, self.keep)

    async def keep(self, ts: str) -> str:
        self.posted.append(ts)
        return self.counts or ts

    @property
    def seen(self) -> list[Message]:
        return self.server.ours(self.asked.channel, self.asked.ts)


def run(server: SlackServer, test: Callable[[Clients], Awaitable[None]]) -> None:
    async def go() -> None:
        clients = Clients(server.url)
        try:
            await test(clients)
        finally:
            await clients.close()

    asyncio.run(asyncio.wait_for(go(), 60))


def test_a_stream_is_named_before_it_says_anything_and_closed_with_its_sources(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        delivery = way.open()
        await delivery.say("One. ")
        await delivery.say("Two. ")
        await delivery.finish(WHOLE, CLOSING)
        (message,) = way.seen
        assert (message.text, message.blocks) == ("One. Two. ", CLOSING)
        assert way.posted == [message.ts] and not message.streaming(server.clock.now())
        assert message.metadata == {"event_type": EVENT_TYPE, "event_payload": {"job": "job-1"}}
        assert "markdown_text" not in server.called("chat.startStream")[0].body

    run(server, test)


def test_what_turned_out_otherwise_replaces_what_was_streamed(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        delivery = way.open()
        await delivery.say("One. ")
        await delivery.finish(WHOLE, None)
        (message,) = way.seen
        assert (message.text, message.blocks) == (WHOLE.text, WHOLE.blocks)

    run(server, test)


def test_without_a_stream_it_is_posted_in_the_thread(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        await way.open().finish(WHOLE, None)
        (message,) = way.seen
        assert message.thread_ts == way.asked.ts and way.posted == [message.ts]
        body = server.called("chat.postMessage")[0].body
        assert body["unfurl_links"] in (False, "0", 0) and body["unfurl_media"] in (False, "0", 0)

    run(server, test)


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
@pytest.mark.parametrize(
    "fault",
    [
        refused("message_not_in_streaming_state"),
        refused("invalid_blocks"),
        broken(),
        dropped("before"),
        dropped("after"),
    ],
    ids=["expired", "blocks", "broken", "lost", "unheard"],
)
def test_a_stream_that_fails_leaves_one_whole_message(server: SlackServer, method: str, fault: object) -> None:
    async def test(clients: Clients) -> None:
        server.script(method, fault)  # type: ignore[arg-type]
        way = Way(server, clients)
        delivery = way.open()
        await delivery.say("One. ")
        await delivery.say("Two. ")
        await delivery.finish(WHOLE, CLOSING)
        (message,) = way.seen
        assert (message.text, message.blocks) == (WHOLE.text, WHOLE.blocks)
        assert way.posted[-1] == message.ts
        assert not message.streaming(server.clock.now())

    run(server, test)


def test_a_stream_that_slack_ended_is_put_right(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        delivery = way.open()
        await delivery.say("One. ")
        server.clock.advance(301)
        await delivery.say("Two. ")
        await delivery.finish(WHOLE, CLOSING)
        (message,) = way.seen
        assert (message.text, message.blocks) == (WHOLE.text, WHOLE.blocks)

    run(server, test)


@pytest.mark.parametrize("fault", [dropped("after"), dropped("before"), broken()], ids=["unheard", "lost", "broken"])
def test_a_post_that_was_not_heard_of_is_looked_for_before_it_is_made_again(
    server: SlackServer, fault: object
) -> None:
    async def test(clients: Clients) -> None:
        server.script("chat.postMessage", fault)  # type: ignore[arg-type]
        way = Way(server, clients)
        await way.open().finish(WHOLE, None)
        (message,) = way.seen
        assert way.posted == [message.ts]

    run(server, test)


def test_whoever_takes_a_job_again_finishes_the_message_that_is_there(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        first = way.open()
        await first.say("One. ")  # and then it died
        second = way.open(posted=way.posted[-1], attempts=2)
        await second.say("One. ")
        await second.finish(WHOLE, CLOSING)
        (message,) = way.seen
        assert (message.text, message.blocks) == (WHOLE.text, WHOLE.blocks)
        assert not message.streaming(server.clock.now())

    run(server, test)


def test_a_message_whose_name_was_not_written_down_is_found(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        await way.open().say("One. ")
        second = way.open(attempts=2)  # it died before it could write
        await second.finish(WHOLE, None)
        (message,) = way.seen
        assert message.text == WHOLE.text

        posted = Way(server, clients)
        await posted.open().finish(WHOLE, None)
        await posted.open(attempts=2).finish(WHOLE, None)
        assert len(posted.seen) == 1

    run(server, test)


def test_the_answer_of_another_job_in_the_thread_is_left_alone(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        from dataclasses import replace

        way = Way(server, clients)
        await way.open().finish(Drawn("Another.", []), None)
        way.job = replace(way.job, job_id="job-2")
        await way.open(attempts=2).finish(WHOLE, None)
        assert [m.text for m in way.seen] == ["Another.", "Whole."]

    run(server, test)


def test_where_the_thread_may_not_be_read_it_is_posted(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        server.workspace(scopes=SCOPES - {"im:history"})
        way = Way(server, clients)
        await way.open(attempts=2).finish(WHOLE, None)
        assert len(way.seen) == 1

    run(server, test)


def test_blocks_that_slack_refuses_leave_the_words(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        bad = Drawn("Words.", [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
        await way.open().finish(bad, None)
        (message,) = way.seen
        assert (message.text, message.blocks) == ("Words.", [])

    run(server, test)


def test_a_message_that_somebody_deleted_is_not_brought_back(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        delivery = way.open()
        await delivery.say("One. ")
        way.seen[0].deleted = True
        await delivery.finish(WHOLE, CLOSING)
        assert way.seen == []

    run(server, test)


@pytest.mark.parametrize("streamed", [True, False])
def test_whoever_lost_the_job_takes_its_message_back(server: SlackServer, streamed: bool) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        way.counts = "1700000000.000100"
        delivery = way.open()
        with pytest.raises(LostJobError):
            if streamed:
                await delivery.say("One. ")
            await delivery.finish(WHOLE, None)
        assert way.seen == []

    run(server, test)


def test_a_message_that_was_found_and_is_taken_back_is_posted_anew(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients)
        await way.open().say("One. ")
        server.script("chat.update", refused("message_not_found"))
        await way.open(attempts=2).finish(WHOLE, None)
        assert WHOLE.text in [m.text for m in way.seen]

    run(server, test)


def test_what_cannot_be_is_raised(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        server.script("chat.postMessage", refused("is_archived"), times=None)
        way = Way(server, clients)
        with pytest.raises(SlackApiError):
            await way.open().finish(WHOLE, None)
        assert len(server.called("chat.postMessage")) == 1

    run(server, test)


def test_in_a_channel_only_the_person_is_told_what_is_no_answer(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        way = Way(server, clients, surface="mention")
        await way.open().tell(Drawn("Busy.", []))
        assert way.seen == []
        assert [m.text for m in server.ours("C0HALL", user="U0ASKER")] == ["Busy."]
        direct = Way(server, clients)
        await direct.open().tell(Drawn("Busy.", []))
        assert [m.text for m in direct.seen] == ["Busy."]

    run(server, test)


def private(server: SlackServer, clients: Clients, url: str, posted: str = "") -> tuple[ToOnePerson, list[str]]:
    arrival = Arrival("c", Surface.COMMAND, "T0ONE", "", "C0HALL", "t1", "", "U0ASKER", "When?", url)
    job = Job("job-1", arrival, "a1", "c1", datetime.now(UTC), 1, posted)
    kept: list[str] = []

    async def keep(ts: str) -> str:
        kept.append(ts)
        return ts

    return ToOnePerson(clients, clients.of(server.workspace().token), job, keep), kept


def test_a_command_is_answered_where_it_was_given_for_one_person(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        url = server.state.new_response_url("T0ONE", "C0HALL", "U0ASKER")
        delivery, kept = private(server, clients, url)
        await delivery.say("One. ")
        await delivery.finish(WHOLE, None)
        (message,) = server.ours("C0HALL", user="U0ASKER")
        assert message.only_for == "U0ASKER" and kept == [SENT] and delivery.ts == ""
        again, _ = private(server, clients, url, posted=SENT)
        await again.finish(WHOLE, None)
        assert len(server.ours("C0HALL", user="U0ASKER")) == 1

    run(server, test)


def test_an_address_that_ran_out_or_is_not_slacks_is_not_used(server: SlackServer) -> None:
    async def test(clients: Clients) -> None:
        server.workspace()
        url = server.state.new_response_url("T0ONE", "C0HALL", "U0ASKER")
        server.clock.advance(1801)
        for given in (url, "https://evil.example/x", ""):
            delivery, kept = private(server, clients, given)
            await delivery.finish(WHOLE, None)
            assert kept == [delivery.ts] and delivery.ts
        assert len(server.ours("D0ASKER")) == 3 and server.ours("C0HALL", user="U0ASKER") == []

    run(server, test)
