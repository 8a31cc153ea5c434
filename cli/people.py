"""``./lotse user``: the people who may work with the console."""

import getpass
import sys
from typing import Annotated, get_args

import typer

from console.access.roles import Role
from console.parts import Console
from core.database import engine_for
from core.errors import BadInput
from core.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Zugänge zur Konsole.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Anmeldename")],
    rolle: Annotated[str, typer.Option(help=f"Rolle: {', '.join(get_args(Role))}")] = "leser",
) -> None:
    """Legt einen Zugang an. Das Passwort wird erfragt, oder kommt als Zeile über die Standardeingabe."""
    role = next((one for one in get_args(Role) if one == rolle), None)
    if role is None:
        raise BadInput(f"Die Rolle „{rolle}“ gibt es nicht. Es gibt: {', '.join(get_args(Role))}.")
    settings = Settings()
    password = getpass.getpass("Passwort (mindestens 12 Zeichen): ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    Console.open(engine_for(settings, "konsole"), settings).accounts.add(name, password, role, "lotse user")
    print(f"„{name}“ kann sich jetzt anmelden.")
