"""Any answer on any messenger: nothing is lost, no limit is exceeded, the choices keep their order and their meaning."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.rendering.limits import MESSENGER, TELEGRAM, WHATSAPP, Form, Limits
from connectors.rendering.render import Outgoing, render
from connectors.rendering.text import clusters, shortened, split, units
from core.answer import Antwort, Button, Fakt, Link, fact_line, source_lines

pytestmark = pytest.mark.channels

CHANNELS = {"telegram": TELEGRAM, "whatsapp": WHATSAPP, "messenger": MESSENGER}
CHOOSE = {"de": "Bitte wählen Sie:"}
# Half the time with many of them, so that every limit is passed.
MOST = 30

WORDS = st.text(st.sampled_from("aäßé中😀👩\u200d\u0301.! \n"), min_size=1, max_size=40)
LONG = st.builds(lambda word, times: word * times, WORDS, st.integers(1, 300))
ADDRESSES = st.builds(lambda path: f"https://www.kaiserslautern.example/{path}", st.text("abc/-_%?=&", max_size=600))
TITLES = st.one_of(
    st.sampled_from(["Was kostet das?", "Jetzt hier beantragen", "Wie lange dauert es?", "Personalausweis", "Personalausweis verloren"]),
    st.text(min_size=1, max_size=120).filter(lambda title: title.isprintable()),
)
BUTTONS = st.builds(lambda title, n: Button(title=title, payload=f'/leistung_suchen{{"leistung": "{n}"}}'), TITLES, st.integers(0, 40))
FACTS = st.builds(
    lambda text, button, art: Fakt(text=(button.title if button else "") + text, art=art, button=button),
    st.one_of(WORDS, LONG), st.one_of(st.none(), BUTTONS), st.sampled_from(["punkt", "schritt", "unterlage"]),
)  # fmt: skip
LINKS = st.builds(Link, title=TITLES, url=st.one_of(ADDRESSES, st.just("tel:+496313650")))
ANSWERS = st.builds(
    Antwort, text=st.one_of(WORDS, LONG), fakten=st.lists(FACTS, max_size=MOST), nachtrag=st.one_of(st.none(), WORDS),
    quellenangaben=st.lists(st.one_of(WORDS, ADDRESSES), max_size=3), buttons=st.lists(BUTTONS, max_size=4),
    links=st.lists(LINKS, max_size=4), sprache=st.sampled_from(["de", "xx"]), leistung=st.none(), quelle=st.none(), kandidaten=st.just([]),
)  # fmt: skip


def token(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()[:16]


def form_of(limits: Limits, message: Outgoing) -> Form:
    return next(form for form in (*limits.forms, limits.overflow) if form.name == message.form)


def seen(text: str) -> list[str]:
    return [one for one in clusters(text) if not one.isspace()]


def read(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("channel", CHANNELS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=st.lists(ANSWERS, min_size=1, max_size=3))
def test_any_answer_keeps_every_limit_and_loses_nothing(channel: str, answers: list[Antwort]) -> None:
    limits = CHANNELS[channel]
    messages = render(answers, limits, token, CHOOSE)
    for number, message in enumerate(messages):
        assert message.text.strip()
        if message.form is None:
            assert not message.options
            assert units(message.text) <= limits.text
            continue
        form = form_of(limits, message)
        assert units(message.text) <= form.text
        assert 1 <= len(message.options) <= form.most
        assert len({option.token for option in message.options}) == len(message.options)
        assert not form.fleeting or number == len(messages) - 1, "it would disappear with the next message"
        for option in message.options:
            assert 1 <= units(option.title) <= form.title
            assert units(option.description) <= form.description
            assert len(option.token.encode()) <= 64
    everything = read("".join(message.text for message in messages))
    for answer in answers:
        for piece in [answer.text, answer.nachtrag or "", *map(fact_line, answer.fakten), *source_lines(answer)]:
            assert read(piece) in everything
        for link in answer.links:
            assert read(f"{link.title}: {link.url.removeprefix('tel:')}") in everything
    offered = [button for answer in answers for button in dict.fromkeys(answer.offered())]
    options = [option for message in messages for option in message.options]
    assert [option.token.partition(".")[0] for option in options] == [token(button.payload) for button in offered]
    for button, option in zip(offered, options, strict=True):
        whole = read(button.title)
        assert whole in read(option.title) or whole == read(option.description) or whole in everything
    for answer in answers:
        shown = [option.title for message in render([answer], limits, token, CHOOSE) for option in message.options]
        assert len(set(shown)) == len(shown), "nobody could tell them apart"


@settings(max_examples=80, deadline=None)
@given(text=st.one_of(st.text(max_size=300), st.lists(st.one_of(WORDS, ADDRESSES), max_size=8).map(" ".join)), most=st.integers(20, 900))
def test_a_text_is_cut_between_characters_and_outside_of_addresses(text: str, most: int) -> None:
    pieces = split(text, most)
    assert read("".join(pieces)) == read(text)
    assert all(0 < units(piece) <= most for piece in pieces)
    if max(map(units, clusters(text)), default=0) <= most:
        assert [one for piece in pieces for one in seen(piece)] == seen(text)
    for address in (one for one in text.split() if one.startswith("https://") and units(one) <= most):
        assert any(address in piece for piece in pieces)


@settings(max_examples=50, deadline=None)
@given(title=st.text(max_size=60), most=st.integers(3, 30))
def test_a_short_title_is_one_line_that_fits(title: str, most: int) -> None:
    short = shortened(title, most)
    assert 1 <= units(short) <= most
    assert len(short.splitlines()) == 1


def test_a_text_is_cut_where_a_reader_would_pause() -> None:
    first, second = "Erster Absatz. " * 5, "Zweiter Absatz. " * 5
    assert split(f"{first}\n\n{second}", 120) == [first.strip(), second.strip()]
    assert split("Ein kurzer Satz. Noch ein Satz mit mehr Wörtern.", 30) == ["Ein kurzer Satz.", "Noch ein Satz mit mehr", "Wörtern."]
    assert split("Siehe https://www.kaiserslautern.example/dienste/personalausweis", 55) == [
        "Siehe",
        "https://www.kaiserslautern.example/dienste/personalausweis"[:55],
        "https://www.kaiserslautern.example/dienste/personalausweis"[55:],
    ]


def buttons(*titles: str) -> Antwort:
    return Antwort(text="Was möchten Sie wissen?", buttons=[Button(title=one, payload=f"/hilfe{{{n}}}") for n, one in enumerate(titles)])


def test_whatsapp_has_buttons_where_they_fit_and_a_list_where_not() -> None:
    few = render([buttons("Ja", "Nein", "Weiß nicht")], WHATSAPP, token, CHOOSE)
    assert [(one.form, [option.title for option in one.options]) for one in few] == [("buttons", ["Ja", "Nein", "Weiß nicht"])]
    longer = render([buttons("Jetzt hier beantragen")], WHATSAPP, token, CHOOSE)
    assert [(one.form, one.options[0].title) for one in longer] == [("list", "Jetzt hier beantragen")]
    (long,) = render([buttons("Personalausweis wegen Verlust neu beantragen")], WHATSAPP, token, CHOOSE)
    assert (long.options[0].title, long.options[0].description) == (
        "Personalausweis wegen V…",
        "Personalausweis wegen Verlust neu beantragen",
    )


def test_titles_that_would_look_the_same_are_numbered_and_stand_in_full_above() -> None:
    (message,) = render([buttons("Anmeldung einer Eheschließung", "Anmeldung einer Eheschließung im Ausland")], MESSENGER, token, CHOOSE)
    assert [option.title for option in message.options] == ["1 Anmeldung einer E…", "2 Anmeldung einer E…"]
    assert "1 Anmeldung einer Eheschließung\n2 Anmeldung einer Eheschließung im Ausland" in message.text


def test_a_long_text_on_whatsapp_is_whole_and_the_choices_come_below() -> None:
    answer = buttons("Ja", "Nein").model_copy(update={"text": "Wort " * 300})
    assert [(len(one.text), one.form) for one in render([answer], WHATSAPP, token, CHOOSE)] == [(1499, None), (17, "buttons")]


def test_an_answer_that_says_and_offers_nothing_is_no_message() -> None:
    assert render([Antwort(text=" ")], TELEGRAM, token, CHOOSE) == []
