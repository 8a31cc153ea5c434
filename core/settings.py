"""Every setting of the Amtslotse: one typed object, read once from the environment (``LOTSE_…``)."""

import hashlib
import re
import secrets
import tempfile
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from core.channels import ChannelSettings
from core.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parent.parent
SECRETS = ("secret_key", "catalogue_token")


class Settings(ChannelSettings):
    """Read once at the start of a process and handed on; nothing else reads the environment.

    Raises ConfigurationError when a secret is missing outside local mode.
    """

    model_config = SettingsConfigDict(env_prefix="LOTSE_", env_ignore_empty=True, frozen=True)

    home: Path = Field(PROJECT / ".lotse", description="Ordner für Datenbank, Redis-Datei, Modelle und Protokolle")
    cache: Path | None = Field(None, description="Ordner für trainierte Modelle und Satzvektoren; leer: unter LOTSE_HOME")
    learned: Path | None = Field(None, description="Ordner einer gelernten Fassung; leer: die in LOTSE_HOME/gelernt/stand.json genannte")
    learning: Path | None = Field(None, description="Datei mit Prüfsätzen, Gesprächen und Grenzen für Kandidaten; leer: data/lernen.yml")
    mode: Literal["local", "production"] = Field(
        "local", description="local: Geheimnisse werden erzeugt. production: sie müssen gesetzt sein"
    )
    city: str = Field("Kaiserslautern", description="Name der Stadt in den Antworten")
    demonstration: bool = Field(True, description="Begrüßung und Seite sagen, dass dies eine Vorführung ist")
    port: int = Field(8080, ge=1, le=65535, description="Port der Webseite, nur auf 127.0.0.1")
    public_url: str | None = Field(None, description="Adresse der Webseite für Bürgerinnen und Bürger; leer: dieser Rechner")
    embed_origins: str | None = Field(None, description="Fremde Seiten, die den Chat einbetten dürfen, durch Kommas getrennt; leer: keine")
    controller: str | None = Field(None, description="Verantwortliche Stelle für den Datenschutz, mit Anschrift")
    data_protection_officer: str | None = Field(None, description="Datenschutzbeauftragte oder Datenschutzbeauftragter, mit Kontakt")
    supervisory_authority: str | None = Field(None, description="Aufsichtsbehörde für den Datenschutz, mit Kontakt")
    web_url: str | None = Field(None, description="Adresse von Chat und Konsole im internen Netz; leer: dieser Rechner")
    database_url: str | None = Field(None, description="PostgreSQL-Adresse; leer: SQLite unter LOTSE_HOME")
    redis_url: str | None = Field(None, description="Redis der Stadt; leer: eigener Redis unter LOTSE_HOME")
    spacy_model: str | None = Field(None, description="spaCy-Modell; leer: de_core_news_md, wo vorhanden, sonst das eingebaute")
    catalogue_url: str = Field("http://127.0.0.1:8081", description="Adresse des Katalogs, wie die anderen Räume sie erreichen")
    actions_url: str = Field("http://127.0.0.1:8082", description="Adresse des Action-Servers, wie Rasa ihn erreicht")
    rasa_url: str = Field("http://127.0.0.1:8083", description="Adresse von Rasa, nur im internen Netz")
    desk_file: Path = Field(PROJECT / "data" / "beratung.yml", description="Datei mit Zeiten und Grenzen der Beratung durch Menschen")
    session_minutes: int = Field(30, ge=1, description="Minuten ohne Nachricht, nach denen ein Gespräch endet")
    messages_per_minute: int = Field(30, ge=0, description="Nachrichten je Gespräch und Minute; 0: ohne Grenze")
    new_conversations_per_minute: int = Field(30, ge=0, description="Neue Gespräche je Adresse und Minute; 0: ohne Grenze")
    application_days: int = Field(30, ge=1, description="Tage nach dem Abschluss eines Antrags, bis seine Angaben gelöscht werden")
    application_open_days: int = Field(
        365, ge=1, description="Tage ohne neuen Stand, nach denen auch die Angaben eines offenen Antrags gelöscht werden"
    )
    pin_cost: Literal["production", "test"] = Field("production", description="Aufwand beim Prüfen einer PIN. test: nur für Prüfläufe")
    secret_key: SecretStr | None = Field(None, description="Schlüssel für gespeicherte Gespräche und Anträge, mindestens 32 Zeichen")
    catalogue_token: SecretStr | None = Field(None, description="Zugang zum Schreiben im Katalog und den Anträgen, mindestens 32 Zeichen")

    @model_validator(mode="after")
    def _secrets_are_strong(self) -> "Settings":
        for name in SECRETS:
            value = getattr(self, name)
            if value is None and self.mode == "production":
                raise ConfigurationError(f"LOTSE_{name.upper()} fehlt. Außerhalb von LOTSE_MODE=local muss es gesetzt sein.")
            if value is not None and len(value.get_secret_value()) < 32:
                raise ConfigurationError(f"LOTSE_{name.upper()} ist zu kurz: mindestens 32 zufällige Zeichen.")
        return self

    @model_validator(mode="after")
    def _pins_are_hard_to_guess(self) -> "Settings":
        if self.mode == "production" and self.pin_cost == "test":
            raise ConfigurationError("LOTSE_PIN_COST=test ist nur mit LOTSE_MODE=local erlaubt.")
        return self

    @field_validator("embed_origins")
    @classmethod
    def _origins_are_complete(cls, value: str | None) -> str | None:
        for origin in (value or "").split(","):
            if origin.strip() and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", origin.strip()):
                raise ValueError(f"„{origin.strip()}“ ist keine Herkunft wie https://www.beispielstadt.de")
        return value

    @property
    def origins(self) -> list[str]:
        """Origins of other sites whose pages may use the chat API from the browser."""
        return [origin.strip().lower() for origin in (self.embed_origins or "").split(",") if origin.strip()]

    def secret(self, name: Literal["secret_key", "catalogue_token"]) -> str:
        """The secret's text; in local mode made once at random and kept readable for the owner only."""
        value = getattr(self, name)
        if value is not None:
            return str(value.get_secret_value())
        path = self.home / "secrets" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(32))
            try:
                path.hardlink_to(fresh)  # two processes starting at once agree on one secret
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text()

    @property
    def redis_socket(self) -> Path:
        """Socket of the embedded Redis. A Unix socket's path may have 107 bytes; a longer one moves to the temporary folder."""
        path = (self.home / "run" / "redis.sock").resolve()
        if len(str(path).encode()) <= 100:
            return path
        return Path(tempfile.gettempdir()) / f"lotse-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}" / "redis.sock"

    @property
    def redis_address(self) -> str:
        """URL for redis-py: the city's own Redis or the socket of the embedded one."""
        return self.redis_url or f"unix://{self.redis_socket}"

    @property
    def public_address(self) -> str:
        """Where citizens reach the web page, without a slash at the end: links in answers begin with it."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def inner_address(self) -> str:
        """Where our own rooms reach chat API and console, without a slash at the end."""
        return (self.web_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def cache_folder(self) -> Path:
        """What can be made again: trained models, vectors, the embedded pipeline."""
        return self.cache or self.home / "cache"

    @property
    def models(self) -> Path:
        """Folder of trained models, one per hash of their data."""
        return self.cache_folder / "models"

    @property
    def logs(self) -> Path:
        """Folder of the processes' logs; they hold masked text only."""
        return self.home / "logs"

    @property
    def run(self) -> Path:
        """Folder of the running system: lock, address, socket."""
        return self.home / "run"
