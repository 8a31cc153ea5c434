"""``./lotse``: the commands."""

import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import httpx
import typer
from pydantic import ValidationError

from cli import channel, people, postfach
from cli.progress import tell
from core.errors import LotseError, RecordsRejected, StartError
from core.settings import Settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Amtslotse: Bürgerassistent für deutsche Städte.",
    pretty_exceptions_enable=False,
)
app.add_typer(postfach.app, name="postfach")
app.add_typer(people.app, name="user")
app.add_typer(channel.app, name="channel")
BENCHES = ("footprint", "search", "load", "rasa", "stores", "soak", "walk", "console", "inbox", "api", "channels")
# Those with a rate.
LOADS = ("load", "soak")
GROUPS_HELP = "all, fast, bot, faults, apply, web, console, channels, learning"
Json = Annotated[bool, typer.Option("--json", help="Ein JSON-Objekt je Zeile")]


@app.command()
def start(port: Annotated[int | None, typer.Option(help="Port der Webseite (sonst LOTSE_PORT oder 8080)")] = None) -> None:
    """Richtet alles ein, was fehlt, und startet den Amtslotsen. Strg-C beendet ihn."""
    from cli.system import started

    settings = Settings()
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    _stop_on_signals()
    with started(settings, tell) as (running, supervisor):
        signal.signal(signal.SIGINT, supervisor.ask_to_stop)
        signal.signal(signal.SIGTERM, supervisor.ask_to_stop)
        tell(f"\nBereit: {running.web_url}\n{channel.told(settings)}\nProtokolle: {settings.logs}. Beenden mit Strg-C.")
        supervisor.run()
        tell("Wird beendet …")


def _stop_on_signals() -> None:
    """Until the supervisor watches, a signal ends the start like Ctrl-C: what runs already is stopped."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


@app.command()
def train(
    force: Annotated[bool, typer.Option("--force", help="Auch wenn es ein Modell für die heutigen Daten gibt")] = False,
) -> None:
    """Trainiert das Modell für die heutigen Daten."""
    from cli.training import ensure_model

    tell("Training …")
    print(ensure_model(Settings(), force=force))


@app.command()
def candidate(
    fassung: Annotated[str, typer.Argument(help="Gelernte Fassung aus der Konsole, zum Beispiel f3")],
    gebunden: Annotated[bool, typer.Option("--gebunden", help="Endet mit dem Prozess, der den Befehl gegeben hat")] = False,
) -> None:
    """Trainiert eine gelernte Fassung und misst sie neben dem Modell, das live ist."""
    from cli.candidate import candidate as run

    _stop_on_signals()
    run(Settings(), fassung, tell, bound=gebunden)


@app.command()
def chat() -> None:
    """Ein Gespräch im Terminal. Leere Zeile: neues Gespräch, Strg-D: Ende."""
    from cli.talk import chat as run

    run(Settings(), tell)


@app.command()
def demo(kanal: channel.Name) -> None:
    """Ein Messenger-Gespräch im Terminal, ohne Konto: Die Plattform ist ein Ersatz auf diesem Rechner."""
    from cli.demo import demo as run

    run(Settings(), tell, channel.known(kanal))


@app.command()
def talk(json: Json = False) -> None:
    """Liest je Zeile eine Nachricht; eine leere Zeile beginnt ein neues Gespräch."""
    from cli.talk import talk as run

    run(Settings(), tell, sys.stdin.buffer, as_json=json)


@app.command()
def parse(json: Json = False) -> None:
    """Liest je Zeile eine Nachricht und sagt, was der Lotse versteht."""
    from cli.parse import parse as run

    run(Settings(), tell, sys.stdin.buffer, as_json=json)


@app.command()
def mask(json: Json = False) -> None:
    """Liest je Zeile einen Text und schwärzt personenbezogene Angaben."""
    from cli.masking import mask as run

    run(sys.stdin.buffer, as_json=json)


@app.command()
def letters(
    replay: Annotated[bool, typer.Option("--replay", help="Noch einmal beantworten, wo das Gespräch noch läuft")] = False,
) -> None:
    """Zeigt, wann und warum Nachrichten nicht beantwortet werden konnten, ohne ihren Text."""
    from cli.letters import letters as run

    for line in run(Settings(), replay) or ["Nichts ist liegengeblieben."]:
        print(line)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="DATEI…", help="JSON, JSON-Zeilen oder YAML: Leistungen, Stellen, Beispielfragen")],
    source: Annotated[str | None, typer.Option(help="Name der Quelle (sonst der Name der ersten Datei)")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Alles ersetzen, was aus dieser Quelle kam")] = False,
    force: Annotated[bool, typer.Option("--force", help="Auch wenn mehr als ein Fünftel wegfällt")] = False,
    report: Annotated[bool, typer.Option("--report", help="Jeden abgelehnten Datensatz nennen")] = False,
) -> None:
    """Übernimmt Leistungen, Stellen und Beispielfragen in den Katalog: alle oder keinen."""
    from cli.catalogue import import_paths
    from cli.system import find_running

    settings = Settings()
    running = find_running(settings)
    try:
        done = import_paths(
            settings, running.catalogue_url if running else None, files, source or files[0].stem, replace=replace, force=force
        )
    except RecordsRejected as error:
        if report:
            for where, why in error.rejected:
                print(f"abgelehnt: {where}: {why}")
        raise
    print(f"{done.added} neu, {done.updated} geändert, {done.dropped} entfernt.")


@app.command("install-model")
def install_model(
    source: Annotated[str, typer.Argument(metavar="URL|DATEI", help="Das Paket von de_core_news_md 3.7 (.whl)")],
    sha256: Annotated[str | None, typer.Option(help="Erwartete Prüfsumme des Pakets; ohne sie wird nichts installiert")] = None,
) -> None:
    """Installiert das echte spaCy-Modell de_core_news_md aus einer Datei oder einem eigenen Spiegel."""
    from cli.spacy_model import install

    print(install(source, sha256))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context, group: Annotated[str, typer.Argument(help=GROUPS_HELP)] = "all") -> None:
    """Alle Tests oder eine Gruppe."""
    from cli.testing import run

    raise typer.Exit(run(group, context.args))


@app.command()
def bench(
    what: Annotated[str, typer.Argument(help=", ".join(BENCHES))],
    rate: Annotated[float | None, typer.Option(help="Nachrichten je Sekunde, für load und soak")] = None,
    seconds: Annotated[float | None, typer.Option(help="Wie lange, für load und soak")] = None,
    json: Json = False,
) -> None:
    """Messungen, mit Vergleich in demselben Lauf."""
    if what not in BENCHES:
        raise LotseError(f"Unbekannte Messung „{what}“. Es gibt: {', '.join(BENCHES)}.")
    asked = {name: value for name, value in (("rate", rate), ("seconds", seconds)) if value is not None}
    if asked and what not in LOADS:
        raise LotseError(f"--rate und --seconds gibt es nur für {' und '.join(LOADS)}.")
    # Only this one: each measures a process that has not loaded what the others need.
    import_module(f"bench.{what}").run(Settings(), tell, as_json=json, **asked)


@app.command()
def evaluate(
    sets: Annotated[list[str] | None, typer.Option("--set", metavar="NAME", help="Prüfsatz aus tests/nlu; mehrmals möglich")] = None,
    peers: Annotated[bool, typer.Option("--peers", help="Auch Rasas eigene Pipeline (DIET) trainieren und messen: Stunden")] = False,
    epochs: Annotated[int, typer.Option(help="Epochen für --peers; 100 ist Rasas Vorgabe")] = 100,
    dialogues: Annotated[
        bool, typer.Option("--dialogues", help="Statt einzelner Nachrichten die Gespräche aus tests/conversations")
    ] = False,
    json: Json = False,
) -> None:
    """Misst, wie gut verstanden wird, neben der einfachen Suche. Schreibt einen Bericht nach LOTSE_HOME/reports."""
    if dialogues:
        from bench.evaluate.dialogues import show

        return show(Settings(), tell)
    from bench.evaluate.run import run

    return run(Settings(), tell, names=sets or [], peer_epochs=epochs if peers else None, as_json=json)


def main() -> None:
    """Runs a command; errors of our own become one line and their exit code."""
    try:
        app()
    except StartError as error:
        tell(f"lotse: {error}")
        sys.exit(error.exit_code)
    except ValidationError as error:
        for wrong in error.errors():
            tell(f"lotse: LOTSE_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']} (docs/einstellungen.md)")
        sys.exit(2)
    except (LotseError, OSError) as error:
        full = isinstance(error, OSError) and error.errno == 28
        tell(f"lotse: {'Die Platte ist voll. Bitte Platz schaffen.' if full else error}")
        sys.exit(13 if full else 1)
    except httpx.HTTPError as error:
        tell(f"lotse: Der Lotse antwortet nicht ({type(error).__name__}). Läuft er noch? Bitte versuchen Sie es noch einmal.")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
