"""All that is needed to say who asks and whether they may: one object for the front doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from assistant.sites.model import DEMO, Site
from assistant.sites.origins import is_loopback
from assistant.sites.quotas import Quotas
from assistant.sites.rules import Quota, Rules
from assistant.sites.secret import pseudonym
from assistant.sites.sessions import Session, Sessions
from assistant.sites.switchboard import Board, Switchboard


@dataclass(frozen=True, slots=True)
class Visitors:
    """`secret` turns addresses into names that lead nowhere; `open_api` lets anyone use the routes for programs."""

    switchboard: Switchboard
    sessions: Sessions
    quotas: Quotas
    rules: Rules
    secret: Callable[[], str]
    open_api: bool = True

    async def close(self) -> None:
        """Let go of threads and connections."""
        self.switchboard.close()
        await self.quotas.close()


def admitted(board: Board, site_id: str, origin: str, own: str) -> Site | None:
    """The site, if it may be used from `origin`. The sample page of a service on one's own machine needs no entry."""
    if site_id == DEMO and DEMO not in board.sites and origin == own and is_loopback(origin):
        return Site(DEMO, "Sample page", (own,))
    return board.admitted(site_id, origin)


def address_name(address: str, key: str) -> str | None:
    """A pseudonym of an address to count by; None for the machine itself, which is not counted.

    One household or phone holds a whole /64 of IPv6, so that is one address here.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return pseudonym(key, address)
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif not ip.is_loopback:
            return pseudonym(key, ip.exploded[:19])
    return None if ip.is_loopback else pseudonym(key, str(ip))


def question_quotas(
    rules: Rules, site: Site | None, session: Session | None, key_id: str | None, address: str | None
) -> list[Quota]:
    """What a question counts against, the narrowest first."""
    own = site.limits if site else {}
    quotas: list[Quota] = []
    if session:
        quotas.append(Quota("session", session.session_id, own.get("session", rules.session)))
    if key_id:
        quotas.append(Quota("key", key_id, rules.key))
    elif address:
        quotas.append(Quota("address", address, own.get("address", rules.address)))
    if site:
        quotas.append(Quota("site", site.site_id, own.get("site", rules.site)))
    return quotas


def other_quotas(rules: Rules, key_id: str | None, address: str | None, *, opening: bool) -> list[Quota]:
    """What anything but a question counts against: reading, and opening sessions, which make room for questions."""
    if key_id or not address:
        return []
    return [Quota("opening", address, rules.address) if opening else Quota("reads", address, rules.reads)]
