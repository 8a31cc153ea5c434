"""``./lotse postfach``: the inbox of the offices, through the running system. Who does something is the user of the machine."""

import json
import os
import pwd
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

import httpx
import typer

from core import ids
from core.errors import LotseError
from core.settings import Settings

# A PDF takes 0.2 s, a file of 10 MB half a second.
SECONDS = 20.0
app = typer.Typer(
    no_args_is_help=True, help="Anträge ansehen, ausgeben und beantworten. Jeder Zugriff wird mit Ihrem Benutzernamen protokolliert."
)


def _number(typed: str) -> str:
    """The case number, however it was typed."""
    known = ids.case_number(typed)
    if known is None:
        raise typer.BadParameter(f"„{typed}“ ist keine Vorgangsnummer. Bitte prüfen Sie sie.")
    return known


Number = Annotated[str, typer.Argument(metavar="NUMMER", help="Vorgangsnummer, zum Beispiel KL-4RP6-FJ43-H", parser=_number)]
To = Literal["in_bearbeitung", "rueckfrage", "erledigt", "abgelehnt"]
Out = Annotated[Path | None, typer.Option("--out", metavar="DATEI", help="Wohin (sonst in den Ordner, in dem Sie stehen)")]


@app.command("list")
def list_(
    referat: Annotated[str | None, typer.Option(help="Nur dieses Referat, genau so geschrieben wie in der Liste")] = None,
    status: Annotated[str | None, typer.Option(help="Nur in diesem Status, zum Beispiel eingegangen")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Ein JSON-Objekt je Zeile")] = False,
) -> None:
    """Zeigt, was im Postfach liegt, das Älteste zuerst."""
    wanted = {name: value for name, value in (("referat", referat), ("status", status)) if value is not None}
    found = page = _ask("GET", "", params=wanted).json()
    while page:
        page = _ask("GET", "", params=wanted | {"nach": page[-1]["vorgangsnummer"]}).json()
        found = found + page
    if as_json:
        for one in found:
            print(json.dumps(one, ensure_ascii=False))
        return
    from katalog.applications.inbox_text import line
    from katalog.applications.texts import texts

    for text in map(line, found) if found else [texts().postfach.leer]:
        print(text)


@app.command()
def show(number: Number) -> None:
    """Zeigt einen Antrag mit allen Angaben."""
    from katalog.applications.inbox_schemas import Antrag
    from katalog.applications.inbox_text import whole

    print(whole(Antrag.model_validate_json(_ask("GET", f"/{number}").content)))


@app.command()
def pdf(number: Number, out: Out = None) -> None:
    """Schreibt einen Antrag als PDF."""
    content = _ask("GET", f"/{number}/pdf").content
    print(_written(out or Path(f"{number}.pdf"), content))


@app.command("json")
def json_(number: Number, out: Out = None) -> None:
    """Gibt einen Antrag mit Formular und Werten als JSON aus, für andere Programme."""
    text = json.dumps(_ask("GET", f"/{number}/json").json(), ensure_ascii=False, indent=1)
    print(_written(out, text.encode()) if out else text)


@app.command()
def datei(
    number: Number, file: Annotated[str, typer.Argument(metavar="DATEI", help="Kennung der Datei aus „show“")], out: Out = None
) -> None:
    """Schreibt eine Datei, die zu einem Antrag hochgeladen wurde."""
    answer = _ask("GET", f"/{number}/dateien/{quote(file, safe='')}")
    ending = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}[answer.headers["content-type"]]
    print(_written(out or Path(f"{number}-{file}{ending}"), answer.content))


@app.command()
def status(
    number: Number,
    to: Annotated[To, typer.Argument(metavar="STATUS", help="in_bearbeitung, rueckfrage, erledigt oder abgelehnt")],
    answer: Annotated[str | None, typer.Option("--antwort", help="Was die Bürgerin oder der Bürger dazu liest")] = None,
) -> None:
    """Setzt den Status. Bei Rückfrage und Ablehnung gehört eine Antwort dazu."""
    done = _ask("POST", f"/{number}/status", json={"status": to, "antwort": answer}).json()
    print(f"{done['vorgangsnummer']}: {done['status_text']}")


def _ask(method: str, path: str, **more: Any) -> httpx.Response:
    """The answer of the running catalogue. Raises LotseError with what it said."""
    from cli.system import find_running

    settings = Settings()
    running = find_running(settings)
    if running is None:
        raise LotseError("Der Amtslotse läuft nicht. Starten Sie ihn mit ./lotse start.")
    headers = {"Authorization": f"Bearer {settings.secret('catalogue_token')}", "Lotse-Actor": pwd.getpwuid(os.getuid()).pw_name}
    url = f"{running.catalogue_url}/antraege/v1/postfach{path}"
    answer = httpx.request(method, url, headers=headers, timeout=SECONDS, trust_env=False, **more)
    if not answer.is_success:
        raise LotseError(answer.json()["detail"])
    return answer


def _written(path: Path, content: bytes) -> Path:
    """Writes what only the user may read; never over something else. Raises LotseError."""
    try:
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content)
    except FileExistsError:
        raise LotseError(f"{path} gibt es schon. Nehmen Sie mit --out einen anderen Namen.") from None
    return path
