"""Which of the search's hits is meant: the one that the words name best."""

import re
from collections.abc import Sequence

from actions.candidates import NotingClient
from actions.named import is_online, names, on_site
from actions.staying import CANDIDATE
from actions.topic import LIKELY
from actions.voice import voice
from core.catalogue import Auskunft, Treffer
from core.settings import Settings
from katalog.client import CatalogueClient
from katalog.schemas import Suchergebnis
from language.naming import HEADS, SHORTEST_PART, bears, coverage, is_special, plain, says_lost, shared_words
from language.stems import stems

_UNDER = re.compile(r"\bunter (?P<age>\d{1,2})\b")
_client: CatalogueClient | None = None
# A hit with less than this share of the first one's probability is not meant instead.
MUCH_LESS = 0.2
# A service that is named whole, where the first is not named at all, is meant from this probability on.
MENTIONED = 0.02
# Few words name their object from here on.
SURE_OF_OBJECT = 0.5
SURELY_NAMED = 0.9
# What was offered is meant from this probability on, among so many hits.
HARDLY = 0.005
MOST_HITS = 20
# „parkausweis“ says something, „schein“ does not.
LONG_HEAD = 9


def client() -> CatalogueClient:
    """The process's pooled client, made at the first call (inside the running event loop)."""
    global _client
    if _client is None:
        _client = NotingClient(Settings().catalogue_url)
    return _client


def named_whole(text: str, found: Suchergebnis) -> bool:
    """Whether the first hit is named for sure: „und für Hilfe zur Pflege?“ is not about something near the service so far."""
    first = found.treffer[0] if found.treffer else None
    if first is None:
        return False
    sure = first.score >= SURELY_NAMED and names(text, found.auskunft)
    return sure or (first.score >= SURE_OF_OBJECT and coverage(text, plain(first.titel)) == 1)


async def for_age(text: str, found: Suchergebnis, age: int | None) -> Suchergebnis:
    """The hits without what is „unter 16“ first, for somebody of 16."""
    first = found.treffer[0] if found.treffer else None
    limit = _UNDER.search(first.titel) if first else None
    if age is None or limit is None or age < int(limit["age"]):
        return found
    return await _put_first(text, found, found.treffer[1]) if len(found.treffer) > 1 else found


async def named_first(text: str, found: Suchergebnis) -> Suchergebnis:
    """The hits with the one first that the words name best, where it is not much less likely than the first.

    „Was kostet der Pass?“ means „Reisepass beantragen“ and not „Verlust oder Diebstahl des Reisepasses melden“.
    """
    if voice().sprache != "de":
        return await _plain_first(text, found)
    if len(found.treffer) < 2:
        return found
    first = found.treffer[0]
    # „Er soll einen Reisepass bekommen“ at the end of a story about a guardian: the one that is named is meant.
    whole = (hit for hit in found.treffer[1:] if coverage(text, plain(hit.titel)) == 1)
    told = None if shared_words(text, first.titel) else next(whole, None)
    if told and told.score >= MENTIONED:
        return await _put_first(text, found, told)
    if says_lost(text):
        return found  # „Reisepass in Barcelona verloren“ is no wish for one
    likely = [hit for hit in found.treffer if hit.score >= max(CANDIDATE, MUCH_LESS * first.score)]
    if on_site(text):
        likely = [hit for hit in likely if not is_online(hit.titel)]
    best = max(likely or [first], key=lambda hit: coverage(text, plain(hit.titel)))
    # Only the plainer of two about the same: each of its words stands in the title of the other.
    named = coverage(text, plain(best.titel)) - coverage(text, plain(first.titel))
    if best is first or coverage(first.titel, plain(best.titel)) < 1 or named <= 0:
        return found
    return await _put_first(text, found, best)


async def offered_first(text: str, found: Suchergebnis, offered: Sequence[str]) -> Suchergebnis:
    """The hits with the likeliest of what was offered first; as they are where none of it is likely at all."""
    near_it = (await client().search(text, limit=MOST_HITS)).naechste
    best = next((hit for hit in near_it if hit.id in offered and hit.score >= HARDLY), None)
    return await _put_first(text, found, best) if best else found


async def _plain_first(text: str, found: Suchergebnis) -> Suchergebnis:
    """In another language: „Reisepass“ before „Express-Reisepass“ and „Verlust des Reisepasses“, where nothing special is said."""
    first = found.treffer[0] if found.treffer else None
    if first is None or is_special(text):
        return found
    plainer = (hit for hit in found.treffer[1:] if hit.score >= MENTIONED and coverage(first.titel, plain(hit.titel)) == 1)
    best = next(plainer, None)
    return await _put_first(text, found, best) if best and coverage(best.titel, plain(first.titel)) < 1 else found


async def _put_first(text: str, found: Suchergebnis, best: Treffer) -> Suchergebnis:
    of_it = await client().search(text, best.id)
    rest = [hit for hit in found.treffer if hit is not best]
    score = max(found.treffer[0].score if found.treffer else 0.0, LIKELY)
    hits = [best.model_copy(update={"score": score}), *rest]
    return found.model_copy(update={"treffer": hits, "auskunft": of_it.kontext, "saetze": of_it.kontext_saetze, "verwandt": None})


async def near(words: str, context: Auskunft) -> Treffer | None:
    """The service near the one talked about whose name holds what was said („ABmelden“ after „Gewerbe anmelden“)."""
    words = re.sub(r"meldung\b", "melden", words)  # „und bei der Abmeldung?“
    found = await client().search(f"{words} {context.titel}", context.kennung)
    others = [hit for hit in found.naechste if hit.id != context.kennung]
    # The very words: „Kurzzeitkennzeichen“ is no „Kennzeichen verloren“.
    near_it = (hit for hit in others if set(stems(words)) & set(stems(hit.titel)) and shared_words(context.titel, hit.titel))
    of_kind = (hit for hit in others if shared_words(words, hit.titel) and _of_one_kind(hit.titel, context.titel))
    return next(near_it, None) or next(of_kind, None) or next((hit for hit in others if _adds(words, hit.titel, context.titel)), None)


def _of_one_kind(title: str, other: str) -> bool:
    """Whether both are of a kind that says something: „der für Schwerbehinderte“ after „Bewohnerparkausweis“."""
    return any(len(head) >= LONG_HEAD and bears(title, head) and bears(other, head) for head in HEADS)


def _adds(words: str, title: str, context: str) -> bool:
    """Whether the words hold what the title has beyond that of the context: „im Expressverfahren“, „Express-Reisepass“, „Reisepass“."""
    beyond = [one for one in stems(title) if len(one) >= SHORTEST_PART and not shared_words(one, context)]
    said = stems(words)
    return bool(shared_words(title, context)) and any(one in word for one in beyond for word in said)
