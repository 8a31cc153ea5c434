"""``./lotse user``: the people who may work with the console."""

import getpass
import sys
from typing import Annotated, get_args

import typer

from console.access.roles import Role
from console.parts import Console
from core.database import engine_for
from core.errors import BadInput, LotseError
from core.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Zugänge zur Konsole und ihr Protokoll.")
# Who it was, in the trail: whoever may open the database from this machine's shell.
BY = "lotse user"
Name = Annotated[str, typer.Argument(help="Anmeldename")]


def _console() -> Console:
    settings = Settings()
    return Console.open(engine_for(settings, "konsole"), settings)


def _password() -> str:
    """Asked for twice in a terminal, else one line of stdin. Raises BadInput."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Passwort (mindestens 12 Zeichen): ")
    if getpass.getpass("Passwort noch einmal: ") != password:
        raise BadInput("Die beiden Passwörter sind nicht gleich.")
    return password


@app.command()
def add(name: Name, rolle: Annotated[str, typer.Option(help=f"Rolle: {', '.join(get_args(Role))}")] = "leser") -> None:
    """Legt einen Zugang an. Das Passwort wird erfragt, oder kommt als Zeile über die Standardeingabe."""
    role = next((one for one in get_args(Role) if one == rolle), None)
    if role is None:
        raise BadInput(f"Die Rolle „{rolle}“ gibt es nicht. Es gibt: {', '.join(get_args(Role))}.")
    _console().accounts.add(name, _password(), role, BY)
    print(f"„{name}“ kann sich jetzt anmelden.")


@app.command("list")
def list_() -> None:
    """Zeigt alle Zugänge mit Rolle und Zustand."""
    for one in _console().accounts.everybody():
        state = "geschlossen" if not one.aktiv else "Startpasswort" if one.neu_setzen else "aktiv"
        print(f"{one.name}\t{one.rolle}\t{state}\t{one.sitzungen or 0} Sitzungen")


@app.command()
def password(name: Name) -> None:
    """Setzt ein neues Passwort, beendet alle Sitzungen und hebt eine Sperre auf."""
    console = _console()
    console.accounts.set_password(name, _password(), BY)
    console.tries.forgive(name)
    print(f"Das neue Passwort von „{name}“ gilt.")


@app.command()
def close(name: Name) -> None:
    """Schließt einen Zugang. Der Name bleibt im Protokoll."""
    _console().accounts.close(name, BY)
    print(f"„{name}“ kann sich nicht mehr anmelden.")


@app.command()
def audit() -> None:
    """Prüft die Kette des Protokolls."""
    found = _console().trail.verified()
    if found.intact:
        print(f"Kette geprüft: in Ordnung. {found.rows} Zeilen, letzte Prüfsumme {found.end or '–'}")
        return
    where = f"Die erste Zeile, die nicht stimmt, ist Nummer {found.broken}." if found.broken else "Am Ende fehlen Zeilen."
    raise LotseError(f"Kette gebrochen. {where}")
