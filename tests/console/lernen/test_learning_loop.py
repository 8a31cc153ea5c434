"""A citizen's question fails, and an hour of office work later, in minutes here, it is answered: the whole loop on the real system."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from cli.processes import free_port
from cli.system import find_running
from cli.training import ensure_model
from cli.versions import link
from console.access.tables import protokoll
from console.learning.cases import Case
from console.learning.progress import Progress
from console.parts import Console
from console.person import Person
from core import learned
from core.database import engine_for
from core.learned import Stand
from core.settings import Settings
from tests.chromium import needs_chromium
from tests.conftest import Stack, start_stack, stop_stack
from tests.console.house import PASSWORD
from tests.console.lernen.measured import report
from tests.console.lernen.poison import two_models
from tests.stack.browser import citizens

pytestmark = [pytest.mark.stack, pytest.mark.learning, needs_chromium]
QUESTION = "Mein Drahtesel wurde gemopst, wo kann ich das angeben?"
OTHERS = ("Mein Drahtesel wurde gestohlen, wo kann ich das angeben?", "Man hat meinen Drahtesel gemopst, wo kann ich das angeben?")
OWN = "Jemand hat mir über Nacht den Drahtesel geklaut, bei wem zeige ich das an?\ngestern drahtesel weg, wohin damit"
RIGHT = "polizei-anzeige"
# A small selection, measured as the whole would be; the search's model learns at the next start (data/lernen.yml).
PLAN = {
    "pruefsaetze": ["c"], "hoechstens_saetze": 60, "gespraeche": ["teil2.yml"], "hoechstens_gespraeche": 4, "suche": False,
    "tor": {"macro_f1": 0.5, "leistung_top1": 0.5, "gespraeche": 0.5, "fehler_je_absicht": 2},
}  # fmt: skip
ANNA = Person("anna", "trainer")
# Of training and measuring: a slow machine needs minutes.
PATIENCE = 900_000
CHANGED = 180
PICTURES = Path(os.environ["LOTSE_TEST_PICTURES"]) if os.environ.get("LOTSE_TEST_PICTURES") else None


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of this module's own: its model changes. Its cache begins with the project's, which stays as it is."""
    home, shared = tmp_path_factory.mktemp("lernen"), Settings().cache_folder
    ensure_model(Settings(home=home / "training", cache=shared))
    for path in shared.rglob("*"):
        if path.is_file() and path.relative_to(shared).parts[0] not in ("tests", "rasa"):
            link(path, home / "cache" / path.relative_to(shared))
    plan = home / "lernen.yml"
    plan.write_text(yaml.safe_dump(PLAN), "utf-8")
    settings = Settings(
        home=home, cache=home / "cache", learning=plan, port=free_port(), pin_cost="test", messages_per_minute=0,
        new_conversations_per_minute=0,
    )  # fmt: skip
    running = start_stack(settings)
    yield running
    assert stop_stack(running) == []


@pytest.fixture(scope="module")
def console(stack: Stack) -> Console:
    """The console's database, beside the running one; two trainers may work with it."""
    made = Console.open(engine_for(stack.settings, "konsole"), stack.settings)
    for name in ("anna", "ben"):
        made.accounts.add(name, PASSWORD, "trainer", "test")
    return made


@dataclass
class Traffic:
    """Citizens who write five messages a second, in a thread of their own."""

    stack: Stack
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Traffic":
        self._thread = threading.Thread(target=lambda: asyncio.run(self._flow()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._thread.join()

    async def _flow(self) -> None:
        async with citizens(self.stack, 10) as people:
            running = []
            while not self.over.is_set():
                running.append(asyncio.create_task(self._say(people[len(running) % 10], len(running))))
                await asyncio.sleep(0.2)
            await asyncio.gather(*running)
            self.wrong += ["refused"] * sum(one.refused for one in people)

    async def _say(self, citizen, number: int) -> None:  # type: ignore[no-untyped-def]
        begun = time.monotonic()
        answer = (await citizen.send("Was kostet ein Personalausweis?", f"n{number}", wait=True)).json()
        self.took.append(time.monotonic() - begun)
        service = answer["replies"][0]["leistung"] if "replies" in answer else None
        if not service or service["id"] != "personalausweis":
            self.wrong.append(str(answer)[:200])


def asked(stack: Stack, text: str, thumb: bool = False) -> str | None:
    """The service that a citizen's question is answered with; with a thumb down, if it displeases."""
    with httpx.Client(base_url=f"{stack.running.web_url}/api/v1", timeout=30) as http:
        made = http.post("/conversations").json()
        own = {"headers": {"Authorization": f"Bearer {made['token']}"}}
        path = f"/conversations/{made['id']}/messages"
        answer = http.post(path, params={"wait": "true"}, json={"message_id": f"m{time.time_ns()}", "text": text}, **own).json()
        if thumb:
            rated = http.post(f"{path}/{answer['message_id']}/rating", json={"value": "down"}, **own)
            assert rated.status_code == 204, rated.text
    service = answer["replies"][0]["leistung"]
    return service and service["id"]


def person(browser: Browser, stack: Stack, name: str, **looks: object) -> tuple[BrowserContext, Page]:
    """Somebody of the staff in a browser of their own, signed in."""
    context = browser.new_context(viewport={"width": 1180, "height": 900}, **looks)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{stack.running.web_url}/konsole/anmelden")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "anmelden" not in url)
    return context, page


def wait_for(console: Console, version: str, state: str) -> dict[str, str]:
    """Until the supervisor has told this of a change."""
    deadline = time.monotonic() + CHANGED
    while True:
        told = console.candidates.change()
        if (told.get("fassung"), told.get("zustand")) == (version, state):
            return told
        assert time.monotonic() < deadline, told
        time.sleep(0.2)


def picture(page: Page, name: str) -> None:
    """For docs/redaktion.md, where LOTSE_TEST_PICTURES names a folder; and nothing on the page keeps anybody out."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    if PICTURES:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")


def test_a_failed_question_is_answered_after_the_loop(browser: Browser, stack: Stack, console: Console) -> None:
    begun, marks = time.monotonic(), {}
    assert asked(stack, QUESTION, thumb=True) != RIGHT
    for text in OTHERS:
        asked(stack, text, thumb=True)

    own, anna = person(browser, stack, "anna")
    anna.goto(f"{stack.running.web_url}/konsole/posteingang")
    while not anna.get_by_role("link", name="Drahtesel").count():
        assert time.monotonic() - begun < 120, anna.inner_text("main")
        time.sleep(1)
        anna.reload()
    marks["im Posteingang"] = time.monotonic() - begun
    expect(anna.get_by_role("main")).to_contain_text("3 ähnliche Nachrichten")
    picture(anna, "posteingang")

    # By keyboard alone, from here to the decision.
    anna.keyboard.press("n")
    expect(anna.get_by_role("heading", level=1)).to_have_text("3 ähnliche Nachrichten")
    key = anna.url.rsplit("/", 1)[1]
    anna.keyboard.press("1")
    anna.keyboard.press("a")
    anna.keyboard.type("Zustän")
    anna.locator("#suche").focus()
    anna.keyboard.type("Strafanzeige Diebstahl")
    choice = anna.get_by_role("radio", name=RIGHT)
    expect(choice).to_be_visible(timeout=10_000)
    choice.focus()
    anna.keyboard.press("Space")
    anna.locator("#eigene").focus()
    anna.keyboard.type(OWN)
    picture(anna, "gruppe")
    anna.keyboard.press("Control+Enter")
    anna.wait_for_url(lambda url: not url.endswith(f"/{key}"))
    marks["entschieden"] = time.monotonic() - begun

    anna.goto(f"{stack.running.web_url}/konsole/lernen")
    expect(anna.get_by_role("main")).to_contain_text("Drahtesel")
    picture(anna, "lernen")
    anna.get_by_role("link", name="Als Änderung am Projekt ansehen").click()
    expect(anna.get_by_role("main")).to_contain_text("data/catalogue/beispielfragen/gelernt.yml")
    picture(anna, "aenderungen")
    anna.goto(f"{stack.running.web_url}/konsole/lernen")
    anna.get_by_role("button", name="Kandidat trainieren").click()
    expect(anna.get_by_role("main")).to_contain_text("Schritt", timeout=120_000)
    picture(anna, "kandidat-laeuft")
    expect(anna.get_by_role("heading", name="Das Tor")).to_be_visible(timeout=PATIENCE)
    marks["gemessen"] = time.monotonic() - begun
    expect(anna.get_by_role("heading", name="Das Tor: bestanden")).to_be_visible()
    picture(anna, "kandidat")
    expect(anna.get_by_role("main")).to_contain_text("Zustimmen muss eine zweite Person")
    expect(anna.get_by_role("button", name="Zustimmen und live stellen")).to_be_disabled()
    own.close()

    own, ben = person(browser, stack, "ben", color_scheme="dark")
    ben.goto(f"{stack.running.web_url}/konsole/lernen/kandidaten/1")
    with Traffic(stack) as traffic:
        ben.get_by_role("button", name="Zustimmen und live stellen").click()
        picture(ben, "wechsel")
        wait_for(console, "f1", "laeuft")
        marks["live"] = time.monotonic() - begun
    assert traffic.wrong == []
    assert len(traffic.took) > 20
    assert asked(stack, QUESTION) == RIGHT
    marks["richtig beantwortet"] = time.monotonic() - begun
    ben.reload()
    expect(ben.get_by_role("main")).to_contain_text("Diese Fassung ist live.")
    print("\n" + "\n".join(f"{name}: nach {seconds:.0f} s" for name, seconds in marks.items()))
    print(f"Wechsel: {console.candidates.change()['sekunden']} s, dabei {len(traffic.took)} Nachrichten, längste {max(traffic.took):.2f} s")

    ben.goto(f"{stack.running.web_url}/konsole/lernen")
    picture(ben, "live")
    ben.get_by_role("button", name="Zurück zu mitgeliefert").click()
    wait_for(console, "", "laeuft")
    assert asked(stack, QUESTION) != RIGHT
    own.close()
    with console.engine.connect() as connection:
        deeds = connection.execute(select(protokoll.c.wer, protokoll.c.was).order_by(protokoll.c.id)).all()
    told = [(who, what) for who, what in deeds if who in ("anna", "ben") and what != "angemeldet"]
    assert told == [
        ("anna", "fall_angelegt"), ("anna", "posteingang_entschieden"), ("anna", "kandidat_angefordert"), ("ben", "live_gestellt"),
        ("ben", "zurueckgegangen"),
    ]  # fmt: skip


def test_the_gate_refuses_a_poisoned_candidate_on_the_page(browser: Browser, stack: Stack, console: Console) -> None:
    """Measured for real, on few sentences (poison.py); the page and the form are those of the running system."""
    with console.engine.begin() as connection:
        console.cases.add(connection, Case("Das habt ihr toll gemacht", "lob", None, ["Was kostet ein neuer Ausweis?"]), ANNA)
    folder = console.candidates.request(ANNA)
    report(folder.name, *two_models(), console.candidates.stand().live).write(folder)
    Progress.begin().at(folder, "bericht", 1.0, zustand="fertig")
    own, ben = person(browser, stack, "ben")
    ben.goto(f"{stack.running.web_url}/konsole/lernen/kandidaten/{folder.name[1:]}")
    expect(ben.get_by_role("heading", name="Das Tor: verfehlt")).to_be_visible()
    expect(ben.get_by_role("main")).to_contain_text("frage_kosten (+")
    expect(ben.get_by_role("button", name="Zustimmen und live stellen")).to_be_disabled()
    picture(ben, "tor-verfehlt")
    own.close()


def test_a_version_without_a_model_changes_nothing(stack: Stack, console: Console) -> None:
    before, was = find_running(stack.settings), console.candidates.stand()
    version = learned.home(stack.settings) / "f99"
    (version / "nlu").mkdir(parents=True)
    (version / "nlu" / "lob.yml").write_text('version: "3.1"\nnlu:\n- intent: lob\n  examples: |\n    - Das flutscht\n')
    learned.set_stand(stack.settings, Stand(live="f99", vorher=was.live))
    assert "kein Modell" in wait_for(console, "f99", "gescheitert")["grund"]
    assert console.candidates.stand().live == was.live
    assert find_running(stack.settings) == before
    assert stack.ready()


def test_a_restart_comes_up_with_the_live_version(stack: Stack) -> None:
    """One that teaches nothing, so that its model is there already."""
    (learned.home(stack.settings) / "f98" / "faelle").mkdir(parents=True)
    learned.set_stand(stack.settings, Stand(live="f98"))
    assert stop_stack(stack) == []
    again = start_stack(stack.settings)
    stack.supervisor, stack.running = again.supervisor, again.running
    assert "gelernte Fassung f98" in (stack.settings.home / "start.log").read_text("utf-8")
