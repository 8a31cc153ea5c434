"""Short follow-ups: which keep the question, and what they name."""

import pytest

from language.ellipsis import for_somebody, goes_on, keeps_question, object_of, picks_one

FOLLOW_UPS = [
    ("und beim Reisepass?", "Reisepass"),
    ("Und für Kinder?", "Kinder"),
    ("für Kinder?", "Kinder"),
    ("FÜR KINDER", "KINDER"),
    ("fuer den Hund", "Hund"),
    ("was ist mit dem Führerschein?", "Führerschein"),
    ("ok, und beim Auto?", "Auto"),
    ("wie ist es beim Hund", "Hund"),
    ("oder für einen Hund?", "Hund"),
    ("mit Kind", "Kind"),
    ("and for kids?", "kids"),
    ("und beim vorläufigen Reisepass für Kinder?", "vorläufigen Reisepass für Kinder"),
]
OWN_REQUESTS = [
    "Ich habe meinen Ausweis verloren",
    "Beim Umzug habe ich meinen Ausweis verloren und brauche jetzt einen neuen",
    "Beine machen",
    "Formular",
    "Mittagessen in der Schule",
    "Unterhaltsvorschuss",
    "Was kostet der Reisepass?",
    "Was ist Wohngeld?",
    "und was kostet das?",
    "und wie lange dauert das?",
    "Gut, danke",
    "Ein Hund",
    "",
    "   ",
    "?",
]


@pytest.mark.parametrize(("text", "named"), FOLLOW_UPS)
def test_a_follow_up_keeps_the_question_and_names_an_object(text: str, named: str) -> None:
    assert keeps_question(text)
    assert object_of(text) == named


@pytest.mark.parametrize("text", OWN_REQUESTS)
def test_a_request_of_its_own_is_left_as_it_is(text: str) -> None:
    assert not keeps_question(text)
    assert object_of(text) == text


@pytest.mark.parametrize("text", ["und", "und?", "für", "und was ist mit", "und für"])
def test_a_follow_up_that_names_nothing_still_leaves_a_text(text: str) -> None:
    assert object_of(text)


CASES = [
    "und wenn ich gleich zwei nehme?", "Und wenns ein Reisepass wird", "was ist, wenn ich 65 bin?", "and if I take two",
    "und wenn es ganz schnell gehen muss, im Express?",
    "und für mich? ich bin 19", "Und für meine Mutter, die ist 55?", "un beim Brief?", "und die Anmeldung vom Wohnsitz, wenn man zuzieht?",
]  # fmt: skip
OWN_QUESTIONS = [
    "und wenn es schnell gehen soll, was kostet das?", "wann ist das?", "wenn ich umziehe, wo muss ich hin", "und wie lange gilt der?",
    "und wenn ich krank bin, kann ich wen schicken?", "und muss ich da selbst hin?", "Ich bin 19", "",
]  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_another_case_asks_the_same(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize("text", OWN_QUESTIONS)
def test_a_question_of_its_own_is_no_other_case(text: str) -> None:
    assert not goes_on(text)


@pytest.mark.parametrize(
    ("text", "other"), [("und für mich? ich bin 19", True), ("and for my daughter, she is 9", True), ("und für Kinder?", False),
     ("für mein Baby", True), ("für meine Tochter, 2", True), ("für meinen Sohn, was brauche ich da?", False)],
)  # fmt: skip
def test_somebody_else(text: str, *, other: bool) -> None:
    assert for_somebody(text) is other


@pytest.mark.parametrize(
    ("text", "picks"),
    [("zuerst den Führerschein", True), ("Ok, erst mal der Ausweis", True), ("zuerst", False), ("Was kommt zuerst?", False),
     ("zuerst die Frage, was das kostet", False), ("Ich möchte zuerst mein Auto abmelden", False)],
)  # fmt: skip
def test_one_thing_of_several(text: str, *, picks: bool) -> None:
    assert picks_one(text) is picks
