"""Whole dialogues about a form, against the real catalogue."""

import pytest
from dialogue import Talk

import actions.antrag.client
from actions.antrag.texts import tell
from core.errors import NotFound, Unavailable
from katalog.applications.client import ApplicationsClient

REGISTRATION = [
    "Für mich selbst", "Erika", "Mustermann", "12.3.1985", "Musterstraße 5", "67655", "zwei", "für die Bank", "erika@example.org",
]  # fmt: skip


async def begun(talk: Talk, service: str = "meldebescheinigung") -> Talk:
    """A conversation at the first question of a form."""
    talk.slots["leistung"] = service
    await talk.say("Das möchte ich jetzt beantragen", "antrag_starten")
    assert talk.state, talk.text()
    return talk


async def at_summary(talk: Talk) -> Talk:
    """A conversation in which everything is answered."""
    await begun(talk)
    for answer in REGISTRATION:
        await talk.say(answer)
    assert talk.state and talk.state["phase"] == "summary"
    return talk


async def test_a_form_is_filled_in_and_sent_and_its_status_told(talk: Talk) -> None:
    await at_summary(talk)
    assert "Nachname: Mustermann" in talk.text()
    assert "Anzahl: 2" in talk.text()
    await talk.press("Absenden")
    assert "Vorgangsnummer: KL-" in talk.text()
    assert "Demonstration: Es wurde nichts an die Stadt übermittelt." in talk.text()
    assert [fact.text for fact in talk.last.fakten] == ["Personalausweis oder Reisepass"]
    assert talk.state is None
    number, pin = (talk.last.text.split(word)[1].split("\n")[0] for word in ("Vorgangsnummer: ", "PIN: "))
    await talk.say("Wie steht es um meinen Antrag?", "antrag_status")
    await talk.say(number.lower())
    assert number in talk.text()
    await talk.say(pin)
    assert "Ihr Antrag ist eingegangen." in talk.text()


async def test_no_value_is_ever_kept_in_a_slot(talk: Talk) -> None:
    await begun(talk)
    for answer in REGISTRATION:
        await talk.say(answer)
        kept = str({name: value for name, value in talk.slots.items() if name != "leistung"})
        assert not any(one in kept for one in ("Erika", "Muster", "1985", "67655", "example"))
        assert talk.slots.get("alter") is None


async def test_all_that_is_said_inside_is_confidential(talk: Talk) -> None:
    await at_summary(talk)
    assert all(one.vertraulich for one in talk.said)
    await talk.say("Wie lange dauert das?", "frage_dauer")
    assert all(one.vertraulich for one in talk.said)
    await talk.press("Absenden")
    assert all(one.vertraulich for one in talk.said)


async def test_nothing_is_sent_before_it_is_confirmed(talk: Talk) -> None:
    await at_summary(talk)
    await talk.say("hm, ich weiß nicht")
    assert "Vorher geht nichts ab" in talk.text()
    assert talk.state and talk.state["phase"] == "summary"


async def test_an_answer_is_corrected_in_words_and_the_form_goes_on_where_it_was(talk: Talk) -> None:
    await begun(talk)
    for answer in REGISTRATION[:5]:
        await talk.say(answer)
    assert "Postleitzahl" in talk.last.text
    await talk.say("der Straßenname war falsch")
    assert "Bisher steht dort: Musterstraße 5" in talk.text()
    await talk.say("Hauptstraße 7")
    assert "Postleitzahl" in talk.last.text
    await talk.say("Zusammenfassung")
    assert "Hauptstraße 7" in talk.text()


async def test_a_correction_at_the_summary_leads_back_to_it(talk: Talk) -> None:
    await at_summary(talk)
    await talk.press("Etwas ändern")
    await talk.press("Nachname")
    await talk.say("Musterfrau")
    assert talk.state and talk.state["phase"] == "summary"
    assert "Nachname: Musterfrau" in talk.text()


async def test_a_correction_that_opens_a_question_asks_it_first(talk: Talk) -> None:
    await at_summary(talk)
    await talk.say("Für wen das ist, stimmt nicht")
    await talk.say("für eine andere Person")
    assert "Wie heißen Sie selbst" in talk.last.text
    await talk.say("Eva Muster")
    assert talk.state and talk.state["phase"] == "summary"
    await talk.press("Absenden")
    assert [fact.text for fact in talk.last.fakten] == ["Personalausweis oder Reisepass", "Vollmacht und Ausweise"]


async def test_one_question_back_and_on_again(talk: Talk) -> None:
    await begun(talk)
    for answer in REGISTRATION[:3]:
        await talk.say(answer)
    await talk.say("eins zurück")
    assert "Nachnamen" in talk.last.text
    await talk.say("eins zurück")
    assert "Vornamen" in talk.last.text
    await talk.press("So lassen")
    assert "geboren" in talk.last.text


async def test_an_optional_question_may_be_skipped_and_a_required_one_may_not(talk: Talk) -> None:
    await begun(talk)
    await talk.say("überspringen")
    assert "Diese Angabe brauche ich leider" in talk.text()
    for answer in REGISTRATION[:7]:
        await talk.say(answer)
    await talk.press("Überspringen")
    await talk.say("nein danke")
    assert talk.state and talk.state["phase"] == "summary"
    assert "Zweck" not in talk.text()


async def test_a_question_in_between_is_answered_and_the_form_goes_on(talk: Talk) -> None:
    await begun(talk)
    await talk.say("Für mich selbst")
    await talk.say("Wie lange dauert das eigentlich?", "frage_dauer")
    assert "in der Regel sofort" in talk.text()
    assert "Weiter mit Ihrem Antrag: Frage 2 von 9" in talk.last.text
    await talk.say("Erika")
    assert "Nachnamen" in talk.last.text


async def test_a_wrong_answer_is_explained_and_after_two_a_person_is_offered(talk: Talk) -> None:
    await begun(talk)
    for answer in REGISTRATION[:3]:
        await talk.say(answer)
    await talk.say("im Frühling")
    assert "nicht als Datum verstanden" in talk.text()
    assert "Tag, Monat und Jahr" in talk.text()
    await talk.say("blubb")
    await talk.say("bla")
    assert "115" in talk.text()
    assert {"Mit einem Menschen sprechen", "Später weiter"} <= {button.title for button in talk.last.buttons}
    await talk.say("morgen")
    assert "zu spät" in talk.text()
    await talk.say("12. März 1985")
    assert "Straße" in talk.last.text


async def test_a_pause_gives_a_code_with_which_another_conversation_goes_on(talk: Talk) -> None:
    await begun(talk)
    for answer in REGISTRATION[:4]:
        await talk.say(answer)
    await talk.say("ich mache später weiter")
    assert talk.state is None
    code = talk.last.text.split("weiter: ")[1].split(". ")[0]
    other = Talk()
    await other.say(f"Mein Code ist {code.lower()}")
    assert "Willkommen zurück" in other.text()
    assert "Straße" in other.last.text
    await other.say("Zusammenfassung")
    assert "Mustermann" in other.text()
    await talk.say(code)
    assert "finde ich keinen Antrag" in talk.text()  # it works once


async def test_to_abort_is_asked_once_and_deletes_the_draft(talk: Talk) -> None:
    await begun(talk)
    draft = talk.state["id"] if talk.state else ""
    await talk.say("Erika")
    await talk.say("abbrechen")
    assert "wirklich löschen" in talk.text()
    await talk.press("Nein, weitermachen")
    assert talk.state and talk.state["id"] == draft
    await talk.say("abbrechen", "abbrechen")
    await talk.say("ja", "bestaetigen")
    assert "ist gelöscht" in talk.text()
    assert talk.state is None
    with pytest.raises(NotFound):
        await actions.antrag.client.client().draft(draft)


async def test_a_turn_that_is_delivered_twice_begins_once_and_sends_once(talk: Talk) -> None:
    talk.slots["leistung"] = "meldebescheinigung"
    talk.keep()
    await talk.say("Jetzt beantragen", "antrag_starten", "m1")
    first = talk.state
    talk.undo()
    await talk.say("Jetzt beantragen", "antrag_starten", "m1")
    assert talk.state == first
    for answer in REGISTRATION:
        await talk.say(answer)
    talk.keep()
    button = talk.offered("Absenden")
    sent = [one.text for one in await talk.push(button, "m2")]
    talk.undo()
    assert [one.text for one in await talk.push(button, "m2")] == sent
    talk.undo()
    await talk.push(button, "m3")
    assert "schon abgesendet" in talk.text()


async def test_a_catalogue_that_is_away_loses_nothing(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = actions.antrag.client.client()
    await begun(talk)
    for answer in REGISTRATION:
        asked = talk.last.text
        monkeypatch.setattr(actions.antrag.client, "_client", ApplicationsClient("http://127.0.0.1:9", "x"))
        for _ in range(2):
            await talk.say(answer)
            assert talk.last.text == f"{tell('ausgefallen')} {asked}"
            assert talk.last.stoerung == "katalog"
        monkeypatch.setattr(actions.antrag.client, "_client", real)
        await talk.say(answer)
    assert talk.state and talk.state["phase"] == "summary"


async def test_a_submission_whose_answer_got_lost_is_sent_once_and_shows_its_pin(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await at_summary(talk)
    real = actions.antrag.client.client()

    async def lost(id: str, fassung: int, key: str) -> None:
        """The catalogue gets it; its answer does not come back."""
        await ApplicationsClient.submit(real, id, fassung, key)
        raise Unavailable("lost")

    with monkeypatch.context() as broken:
        broken.setattr(real, "submit", lost)
        await talk.press("Absenden")
    assert "weiß gerade nicht" in talk.text()
    assert "Vorgangsnummer" not in talk.text()
    await talk.press("Absenden")
    assert "PIN: " in talk.text()


async def test_the_answer_about_a_service_with_a_form_offers_it_first(talk: Talk) -> None:
    talk.slots["leistung"] = "hundesteuer-anmelden"
    await talk.say("Was kostet das?", "frage_kosten")
    assert talk.last.buttons[0].title == "Jetzt hier beantragen"
    await talk.press("Jetzt hier beantragen")
    assert "Möchten Sie einen Hund anmelden oder abmelden?" in talk.last.text


async def test_a_service_without_a_form_says_that_one_must_come(talk: Talk) -> None:
    talk.slots["leistung"] = "personalausweis"
    await talk.say("Das will ich jetzt beantragen", "antrag_starten")
    assert talk.state is None
    assert "persönlich" in talk.text()


async def test_another_form_does_not_begin_inside_one(talk: Talk) -> None:
    await begun(talk)
    draft = talk.state
    talk.slots["leistung"] = "sperrmuell"
    await talk.say("Wie kann ich den Sperrmüll jetzt beantragen?", "antrag_starten")
    assert talk.state and draft and talk.state["id"] == draft["id"]
    assert "noch nicht fertig" in talk.text()


async def test_words_of_danger_come_before_any_form(talk: Talk) -> None:
    await begun(talk)
    await talk.say("Ich will nicht mehr leben")
    assert "0800 111 0 111" in talk.text()
    assert talk.state
    assert all(one.vertraulich for one in talk.said)


async def test_a_file_is_optional_and_asked_for_by_a_link_only(talk: Talk) -> None:
    await begun(talk, "maengelmelder")
    for answer in ("Müll oder Schmutz", "Musterstraße 5", "Dort liegt ein alter Reifen.", "nein", "heute"):
        await talk.say(answer)
    assert "Foto" in talk.last.text
    await talk.say("ich habe da ein Bild")
    assert "Ich sehe noch keine Datei" in talk.last.text
    await talk.press("Überspringen")
    assert "E-Mail" in talk.last.text


async def test_in_another_language_the_frame_is_english(talk: Talk) -> None:
    talk.slots["leistung"] = "meldebescheinigung"
    await talk.say("I would like to apply for this now", "antrag_starten")
    assert "Question 1 of 9" in talk.last.text
    assert talk.last.sprache == "en"
    await talk.say("Für mich selbst")
    await talk.say("Anna Kowalska")  # a name changes no language
    assert "Question 3 of" in talk.last.text


async def test_a_field_to_change_that_is_not_chosen_after_all_leads_on(talk: Talk) -> None:
    await begun(talk)
    for answer in REGISTRATION[:3]:
        await talk.say(answer)
    await talk.say("da ist was falsch")
    assert "Welche Angabe" in talk.last.text
    await talk.say("Was kostet das?", "frage_kosten")
    assert "geboren" in talk.last.text
    await talk.say("da ist was falsch")
    await talk.press("So lassen")
    assert "geboren" in talk.last.text
