"""The citizen's side of a talk with a person: what is offered when, consent, waiting, the way back. The bot is not asked meanwhile."""

import json
from dataclasses import dataclass

from connectors.gateway.bot import BotAnswer
from connectors.gateway.desk.callbacks import Callbacks
from connectors.gateway.desk.duty import Duty
from connectors.gateway.desk.failures import Failures
from connectors.gateway.desk.hours import Desk
from connectors.gateway.desk.texts import DeskTexts, desk_texts
from connectors.gateway.handover import Handover, Held
from connectors.gateway.schemas import Act, Queued
from core.answer import Antwort, Button
from core.clock import now
from language.danger import danger, help_lines

WRITE, AGREE, BACK, CALL = "/mensch_schreiben", "/mensch_einverstanden", "/mensch_zurueck", "/mensch_rueckruf"
OURS = (WRITE, AGREE, BACK, CALL)
# Two failures in a row: then somebody else should help.
FAILURES = 2


@dataclass(frozen=True)
class Talk:
    """Each method gives an answer of the gateway's own, or none where the bot is to be asked."""

    desk: Desk
    handover: Handover
    duty: Duty
    callbacks: Callbacks
    failures: Failures

    def told(self, act: Act) -> BotAnswer:
        """What the citizen is told of the desk's act; what a person writes comes from that person."""
        texts = desk_texts(act.sprache)
        if act.was == "sagt":
            said = Antwort(text=act.text, sprache="de", absender="mensch", absender_name=act.name or texts.mitarbeit)
            return _answer(said.model_copy(update={"buttons": [self._back(texts)]}))
        words = {
            "nimmt": texts.da, "gibt_zurueck": texts.zurueckgegeben, "schliesst": texts.geschlossen, "niemand": texts.niemand,
            "still": texts.still, "rueckt": texts.stelle,
        }[act.was]  # fmt: skip
        text = words.format(name=act.name or texts.mitarbeit, platz=act.platz)
        if act.was == "niemand":
            return _answer(self._instead(texts, text))
        return _answer(_said(texts, text, *([self._back(texts)] if act.was in ("nimmt", "rueckt") else [])))

    async def answer(self, conversation: str, message: Queued, held: Held) -> BotAnswer | None:
        """None: the bot is to be asked. No messages: it lies with the person, and the bot is silent."""
        name, language = _pressed(message.payload)
        texts = desk_texts(language or held.sprache)
        typed = " ".join((message.text or "").lower().strip(" .!").split())
        if held.zustand != "bot" and (name == BACK or typed in desk_texts("de").worte_zurueck + texts.worte_zurueck):
            return await self._leave(conversation, texts, held)
        if name in OURS:
            return await self._wish(conversation, name, texts, held)
        if held.zustand == "wartet":
            place = await self.handover.place(conversation)
            return _answer(*_help(message, texts), _said(texts, texts.wartet_nachricht.format(platz=place), self._back(texts)))
        if held.zustand == "mensch":
            return _answer(*_help(message, texts))
        if held.zustand in ("rueckruf_nummer", "rueckruf_nochmal", "rueckruf_wunsch"):
            if message.payload is not None:  # something else was pressed: the call back is left
                await self.handover.leave(conversation)
                return None
            return _answer(await self._call(conversation, message.text or "", texts, held))
        return None

    async def _leave(self, conversation: str, texts: DeskTexts, held: Held) -> BotAnswer:
        await self.handover.leave(conversation)
        if held.zustand == "wartet":
            await self.handover.move_up()
        return _answer(_said(texts, texts.verlassen))

    async def _wish(self, conversation: str, name: str, texts: DeskTexts, held: Held) -> BotAnswer:
        if name == CALL and self.desk.rueckruf and held.zustand not in ("wartet", "mensch"):
            await self.handover.ask(conversation, "rueckruf_nummer", texts.sprache)
            return _answer(_hidden(texts, texts.rueckruf_nummer.format(tage=self.desk.rueckruf_tage), self._back(texts)))
        if name == BACK or held.zustand == "mensch":
            return _answer(_said(texts, texts.verlassen)) if held.zustand != "mensch" else BotAnswer(messages=[], intent=None)
        # Sent once more, or there twice: the place that it has already.
        if held.zustand != "wartet" and not await self.available():
            return _answer(await self.absent(texts))
        if name == WRITE and held.zustand != "wartet":
            yes, no = _button(texts, texts.knopf_ja, AGREE), _button(texts, texts.knopf_nein, BACK)
            return _answer(_said(texts, texts.einwilligung, yes, no))
        place = await self.handover.enter(conversation, texts.sprache)
        if place <= 0:
            return _answer(await self.absent(texts))
        return _answer(_said(texts, texts.wartet.format(platz=place), self._back(texts)))

    async def _call(self, conversation: str, text: str, texts: DeskTexts, held: Held) -> Antwort:
        if held.zustand in ("rueckruf_nummer", "rueckruf_nochmal"):
            number = self.callbacks.number(text)
            if number is None and held.zustand == "rueckruf_nochmal":  # no third time: nobody is asked in a circle
                await self.handover.leave(conversation)
                return _said(texts, texts.nummer_nicht)
            if number is None:
                await self.handover.ask(conversation, "rueckruf_nochmal", texts.sprache)
                return _hidden(texts, texts.nummer_falsch, self._back(texts))
            await self.handover.ask(conversation, "rueckruf_wunsch", texts.sprache, number)
            return _hidden(texts, texts.rueckruf_wunsch, self._back(texts))
        await self.callbacks.keep(conversation, self.handover.number(held), text)
        await self.handover.leave(conversation)
        return _hidden(texts, texts.rueckruf_notiert)

    async def offered(self, conversation: str, answer: BotAnswer) -> BotAnswer:
        """The bot's answer, and the offer of a person where the citizen wants one, fails twice, or is in need."""
        intent = answer.intent.name if answer.intent else None
        failed = answer.fallback or any(one.nicht_verstanden or one.ohne_auskunft for one in answer.messages)
        failures = await self.failures.count(conversation, failed)
        if any(one.notfall for one in answer.messages):
            intent = "notfall"  # known by its words, whatever the message was taken for
        if intent not in ("mensch_sprechen", "notfall") and failures < FAILURES:
            return answer
        first = answer.messages[0]
        texts = desk_texts(first.sprache)
        if not await self.available():
            # Help in need and ways on after a failure stand in the bot's own answer.
            extra = [await self.absent(texts)] if intent == "mensch_sprechen" and self.desk.is_set_up else []
        else:
            words = {"mensch_sprechen": texts.angebot, "notfall": texts.angebot_notfall}.get(intent or "", texts.angebot_fehler)
            extra = [_said(texts, words, _button(texts, texts.knopf_schreiben, WRITE))]
        if not extra:
            return answer
        if any(one.vertraulich for one in answer.messages):
            extra = [one.model_copy(update={"vertraulich": True}) for one in extra]
        # „Ich selbst kann Sie nicht verbinden“ would be wrong beside the offer.
        kept = [] if intent == "mensch_sprechen" and await self.available() else answer.messages
        return answer.model_copy(update={"messages": [*kept, *extra]})

    async def sweep(self) -> None:
        """Gives back to the bot whom nobody takes, and whom their person leaves without an answer."""
        await self.handover.sweep(self.desk.niemand_minuten * 60, self.desk.still_minuten * 60)

    async def available(self) -> bool:
        """Whether people write now, somebody is on duty and a place is free."""
        if not self.desk.is_open(now()) or not await self.duty.anybody():
            return False
        return len(await self.handover.waiting()) < self.desk.warteplaetze

    async def absent(self, texts: DeskTexts) -> Antwort:
        """Nobody can write now: when people do, and what can be done instead."""
        hours = self.desk.in_words(texts)
        if self.desk.is_open(now()) or not hours:
            return self._instead(texts, texts.keiner_da)
        return self._instead(texts, texts.ausserhalb.format(zeiten=hours))

    def _instead(self, texts: DeskTexts, text: str) -> Antwort:
        more = [texts.rueckruf_angebot] if self.desk.rueckruf else []
        more += [texts.email.format(email=self.desk.email)] if self.desk.email else []
        return _said(texts, " ".join([text, *more]), *([_button(texts, texts.knopf_rueckruf, CALL)] if self.desk.rueckruf else []))

    @staticmethod
    def _back(texts: DeskTexts) -> Button:
        return _button(texts, texts.knopf_zurueck, BACK)


def _answer(*said: Antwort) -> BotAnswer:
    return BotAnswer(messages=list(said), intent=None)


def _said(texts: DeskTexts, text: str, *buttons: Button) -> Antwort:
    return Antwort(text=text.strip(), sprache=texts.sprache, buttons=list(buttons))


def _help(message: Queued, texts: DeskTexts) -> list[Antwort]:
    """The help lines, where the words tell of danger: nobody waits for a person to name them."""
    kind = danger(message.text or "")
    if kind is None:
        return []
    said = help_lines()[kind]
    return [Antwort(text=" ".join(said.get(texts.sprache, said["de"]).split()), sprache=texts.sprache, notfall=True)]


def _hidden(texts: DeskTexts, text: str, *buttons: Button) -> Antwort:
    """Around a telephone number: staff read no word of it in the record."""
    return _said(texts, text, *buttons).model_copy(update={"vertraulich": True})


def _button(texts: DeskTexts, title: str, name: str) -> Button:
    """The language travels with the button: the bot is not asked when it is pressed."""
    return Button(title=title, payload=name if texts.sprache == "de" else name + json.dumps({"sprache": texts.sprache}))


def _pressed(payload: str | None) -> tuple[str, str]:
    """(name, language) of a button; empty where there is none."""
    name, brace, rest = (payload or "").partition("{")
    if name not in OURS or not brace:
        return name, ""
    try:
        told = json.loads(brace + rest)
    except ValueError:
        return name, ""
    return name, str(told.get("sprache", ""))
