"""Puts an answer together: lead sentence, facts, what to do where one is missing, links, buttons, source and Stand."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.copy import copy, render
from actions.detail import NO_DETAIL, Detail, told
from actions.facts import FACTS, IN_PERSON, at_age
from actions.plain_language import no_plain_text, plain_facts
from actions.short import short_answer, short_question
from actions.sources import check_hint, cited, is_old
from actions.voice import SHORT, voice
from core.answer import MOST_BUTTONS, Antwort, Button, Fakt, LeistungBezug, Link
from core.catalogue import Auskunft, Treffer
from core.checklist import ChecklisteAuskunft
from core.clock import today

# What citizens usually ask next, in this order, as far as the catalogue knows it.
NEXT = (
    "frage_unterlagen",
    "frage_kosten",
    "frage_zustaendigkeit",
    "frage_online",
    "frage_ablauf",
    "frage_frist",
    "frage_voraussetzungen",
)

OVERVIEW = "leistung_suchen"

# „Wie lange?“ may mean the work of the office or how long something holds; where the one is not known, the other is said.
NEAREST = {"frage_dauer": "frage_frist", "frage_frist": "frage_dauer"}

# Questions that the office's own page answers best.
OF_THE_OFFICE = ("frage_zustaendigkeit", "frage_kontakt", "frage_oeffnungszeiten", "antrag_status", "termin_buchen")

# Titles of the catalogue may have 4,000 characters, those of a link 200 (core/answer.py).
LONGEST_LINK = 200


def payload(intent: str, leistung: str) -> str:
    """The payload of a button that asks this about that service."""
    return f"/{intent}{json.dumps({'leistung': leistung})}"


def _reference(leistung: Auskunft) -> LeistungBezug:
    return LeistungBezug(id=leistung.kennung, schluessel=leistung.schluessel, titel=leistung.titel)


def _links(leistung: Auskunft, aspect: str) -> list[Link]:
    links = []
    o = leistung.stelle_auskunft
    elsewhere = leistung.zustaendig != "stadt"
    if leistung.online:
        links.append(Link(title=render(f"links.{leistung.online.typ}", l=leistung)[:LONGEST_LINK], url=leistung.online.url))
    city_page = next((q.url for q in leistung.quellen if q.art == "stadt" and q.url), None)
    if city_page:
        links.append(Link(title=render("links.stadtseite"), url=city_page))
    if o and o.url and (elsewhere or aspect in OF_THE_OFFICE):
        links.append(Link(title=render("links.stelle", o=o)[:LONGEST_LINK], url=o.url))
    return list({link.url: link for link in reversed(links)}.values())[::-1]


def _next_buttons(leistung: Auskunft, aspect: str) -> list[Button]:
    known = [a for a in NEXT if a != aspect and FACTS[a](leistung)]
    unknown = [a for a in NEXT[:4] if a != aspect and a not in known]
    return [Button(title=copy()["aspekte"][a], payload=payload(a, leistung.kennung)) for a in (known + unknown)[:MOST_BUTTONS]]


def _offers(leistung: Auskunft, aspect: str, others: Sequence[Treffer], event: ChecklisteAuskunft | None) -> list[Button]:
    return [*_apply_button(leistung), *_other_buttons(others, aspect), *_event_button(event, aspect)]


def _apply_button(leistung: Auskunft) -> list[Button]:
    return [Button(title=copy()["hier_beantragen"], payload=payload("antrag_starten", leistung.kennung))] if leistung.antrag else []


def _in_person(leistung: Auskunft) -> list[Fakt]:
    """Who wants to apply for what is neither here nor online is told at once where one has to come oneself."""
    return [fact for fact in FACTS["frage_vertretung"](leistung) if re.search(IN_PERSON[0], fact.text, re.IGNORECASE)]


def _other_buttons(others: Sequence[Treffer], aspect: str) -> list[Button]:
    title = copy()["rueckfrage"]["oder"]
    return [Button(title=f"{title} {one.titel}"[:120], payload=payload(aspect, one.id)) for one in others[:2]]


@dataclass(frozen=True)
class Beside:
    """What a message says beside its question: a detail asked for, somebody's age, a life event that the service begins."""

    detail: Detail = NO_DETAIL
    age: int | None = None
    event: ChecklisteAuskunft | None = None


NOTHING = Beside()


def about(leistung: Auskunft, aspect: str, others: Sequence[Treffer] = (), beside: Beside = NOTHING) -> Antwort:
    """The answer to one question about one service; ``others`` may have been meant instead and are offered first.

    Where the city is not responsible, that comes first.
    """
    o, every = leistung.stelle_auskunft, leistung
    leistung = at_age(every, beside.age)
    plain = plain_facts(leistung) if voice().variant == "einfach" and aspect == OVERVIEW else []
    left_out = [fact for fact in FACTS[aspect](every) if fact not in FACTS[aspect](leistung)]
    said = told(plain or FACTS[aspect](leistung), every, beside.detail, left_out)
    facts = said.facts
    present = bool(facts) or (aspect == OVERVIEW and leistung.kurz is not None)
    lead = said.lead or render(f"{'vorhanden' if present else 'fehlt'}.{aspect}", l=leistung, o=o)
    known = present
    if not known and aspect in NEAREST and (facts := FACTS[NEAREST[aspect]](leistung)):
        lead, present = f"{lead} {render(f'vorhanden.{NEAREST[aspect]}', l=leistung, o=o)}", True
    if not known and aspect == "antrag_starten" and not every.antrag and (facts := _in_person(every)):
        lead, present = f"{lead} {render('persoenlich')}", True
    if not (present or said.note) and aspect != "antrag_status" and (facts := said.near or _in_short(leistung)):
        lead, present = f"{lead} {render('detail.daneben')}", True
    if plain:
        lead = f"„{leistung.titel}“:"
    if left_out and not said.lead and not plain:
        lead = f"{render('alter', n=beside.age)} {lead}"
    if leistung.zustaendig != "stadt" and (leistung.referat or o):
        lead = f"{render(f'zuschaltung.{leistung.zustaendig}', l=leistung, o=o)} {lead}"
    notes = [said.note] if said.note else []
    if voice().variant == "einfach" and aspect == OVERVIEW and not plain:
        notes.append(no_plain_text(leistung))
    if not known or said.note:
        old = bool(o and o.telefon and is_old(o.herkunft[0].stand, today()))
        notes.append(render("wo_fragen", l=leistung, o=o, alt=old))
    if hint := check_hint(aspect, facts, today()):
        notes.append(hint)
    numbered, lines = cited(facts if facts or not present else [_short_fact(leistung)])
    first = numbered[0].quellen[0] if numbered and numbered[0].quellen else None
    if voice().variant == "en" and present:
        notes.append(copy()["hinweis_deutsch"])
    answer = Antwort(
        text=lead,
        fakten=numbered if facts else [],
        nachtrag="\n\n".join(notes) or None,
        quellenangaben=lines,
        buttons=[*_offers(leistung, aspect, others, beside.event), *_next_buttons(leistung, aspect)][:MOST_BUTTONS],
        links=_links(leistung, aspect),
        leistung=_reference(leistung),
        quelle=first,
        # „Jetzt hier beantragen“ is an answer to who wants to apply.
        ohne_auskunft=(not known or bool(said.note)) and not (aspect == "antrag_starten" and every.antrag),
    )
    return short_answer(answer, leistung) if voice().sprache in SHORT else answer


def _in_short(leistung: Auskunft) -> list[Fakt]:
    return [_short_fact(leistung)] if leistung.kurz else []


def _short_fact(leistung: Auskunft) -> Fakt:
    """The short description as a fact: it stands in the lead sentence already and gives the source line."""
    return Fakt(text=leistung.kurz or leistung.titel, quellen=leistung.herkunft["kurz"])


def _event_button(event: ChecklisteAuskunft | None, aspect: str) -> list[Button]:
    if event is None or aspect != OVERVIEW:
        return []
    return [Button(title=render("checkliste.alles", c=event)[:120], payload=f"/leistung_suchen{json.dumps({'checkliste': event.id})}")]


def checklist(event: ChecklisteAuskunft) -> Antwort:
    """The services of a life event in their order, each opened by a button."""
    facts = [
        Fakt(
            text=render("checkliste.schritt", s=step), art="schritt", quellen=step.herkunft,
            button=Button(title=step.titel[:120], payload=payload("leistung_suchen", step.leistung)),
        )
        for step in event.schritte
    ]  # fmt: skip
    numbered, lines = cited(facts)
    lead, rest = render("checkliste.einleitung", c=event), copy()["checkliste"]["nachtrag"]
    return Antwort(text=lead, fakten=numbered, nachtrag=rest, quellenangaben=lines)


def clarification(candidates: list[Treffer], aspect: str) -> Antwort:
    """One question with the candidates' titles and a way out."""
    buttons = [Button(title=one.titel[:120], payload=payload(aspect, one.id)) for one in candidates[: MOST_BUTTONS - 1]]
    buttons.append(Button(title=copy()["rueckfrage"]["keine_davon"], payload="/ablehnen"))
    answer = Antwort(text=copy()["rueckfrage"]["welche"], buttons=buttons, rueckfrage=True)
    return short_question(answer, "welche") if voice().sprache in SHORT else answer


def which_service() -> Antwort:
    """The question for the service, when only the aspect is known."""
    answer = Antwort(text=copy()["rueckfrage"]["welche_leistung"], rueckfrage=True)
    return short_question(answer, "nicht_verstanden") if voice().sprache in SHORT else answer


def not_understood(failures: int, nearest: list[Treffer], aspect: str) -> Antwort:
    """Offers instead of a dead end; never the same text twice in a row."""
    steps = copy()["nicht_verstanden"]
    # Text 1 first, then 2 and 3 in turn: after two misunderstandings the way to a person comes first.
    step = steps[failures] if failures < len(steps) else steps[1 + (failures - 1) % 2]
    offers = nearest[: MOST_BUTTONS - 1] if step["mit"] == "angebote" else []
    buttons = [Button(title=one.titel[:120], payload=payload(aspect, one.id)) for one in offers]
    buttons.append(Button(title=copy()["mensch"], payload="/mensch_sprechen"))
    answer = Antwort(text=step["text"], buttons=buttons, nicht_verstanden=True)
    return short_question(answer, "nicht_verstanden") if voice().sprache in SHORT else answer


def simple(key: str) -> Antwort:
    """One of the plain sentences of the file."""
    answer = Antwort(text=copy()[key])
    return short_question(answer, "nicht_verstanden" if key == "ausgefallen" else "weiter") if voice().sprache in SHORT else answer
