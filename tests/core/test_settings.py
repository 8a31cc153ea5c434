"""Settings: documented, strict outside local mode, secrets made once."""

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from core.errors import ConfigurationError
from core.settings import PROJECT, SECRETS, Settings

STRONG = "nur-zum-pruefen-0123456789-0123456789"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("LOTSE_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize("missing", SECRETS)
def test_production_refuses_to_start_without_a_secret_and_says_which(missing: str) -> None:
    given = {name: STRONG for name in SECRETS if name != missing}
    with pytest.raises(ConfigurationError, match=f"LOTSE_{missing.upper()} fehlt"):
        Settings(mode="production", **given)


@pytest.mark.parametrize("missing", SECRETS)
def test_an_empty_secret_counts_as_missing(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(f"LOTSE_{name.upper()}", "" if name == missing else STRONG)
    with pytest.raises(ConfigurationError, match=f"LOTSE_{missing.upper()} fehlt"):
        Settings(mode="production")


def test_production_starts_with_both_secrets_and_writes_none(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, mode="production", secret_key=STRONG, catalogue_token=STRONG + "x")
    assert settings.secret("secret_key") == STRONG
    assert settings.secret("catalogue_token") == STRONG + "x"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["local", "production"])
@pytest.mark.parametrize("name", SECRETS)
def test_a_short_secret_is_refused_in_every_mode(mode: str, name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"LOTSE_{name.upper()} ist zu kurz"):
        Settings(mode=mode, **dict.fromkeys(SECRETS, STRONG) | {name: STRONG[:31]})


def test_no_message_and_no_printout_holds_a_secret() -> None:
    settings = Settings(secret_key=STRONG, catalogue_token=STRONG)
    assert STRONG not in repr(settings)
    assert STRONG not in settings.model_dump_json()
    with pytest.raises(ConfigurationError) as refused:
        Settings(secret_key="kurz-und-geheim")
    assert "kurz-und-geheim" not in str(refused.value)


def test_local_secrets_are_made_once_and_readable_for_the_owner_only(tmp_path: Path) -> None:
    first = {name: Settings(home=tmp_path).secret(name) for name in SECRETS}
    assert {name: Settings(home=tmp_path).secret(name) for name in SECRETS} == first
    assert len(set(first.values())) == len(SECRETS)
    assert all(len(value) >= 32 for value in first.values())
    files = sorted((tmp_path / "secrets").iterdir())
    assert [file.name for file in files] == sorted(SECRETS)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: Settings(home=tmp_path).secret("secret_key"), range(64)))
    assert len(made) == 1
    assert [file.name for file in (tmp_path / "secrets").iterdir()] == ["secret_key"]


def test_another_home_has_other_secrets(tmp_path: Path) -> None:
    assert Settings(home=tmp_path / "a").secret("secret_key") != Settings(home=tmp_path / "b").secret("secret_key")


@pytest.mark.parametrize("length", [10, 60, 120, 2000])
def test_the_redis_socket_can_be_bound_however_long_the_home_is(tmp_path: Path, length: int) -> None:
    settings = Settings(home=tmp_path / ("ä" * (length // 2)))
    path = settings.redis_socket
    assert len(os.fsencode(path)) <= 107
    assert path == Settings(home=settings.home).redis_socket
    assert settings.redis_address == f"unix://{path}"
    path.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))
    path.unlink()
    path.parent.rmdir()


def test_two_long_homes_have_two_sockets(tmp_path: Path) -> None:
    assert Settings(home=tmp_path / ("x" * 150)).redis_socket != Settings(home=tmp_path / ("y" * 150)).redis_socket


def test_a_redis_of_the_city_goes_before_the_embedded_one() -> None:
    assert Settings(redis_url="rediss://redis.stadt.example:6379/0").redis_address == "rediss://redis.stadt.example:6379/0"


def test_all_state_lies_below_home_and_what_can_be_made_again_may_lie_elsewhere(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert all(path.is_relative_to(tmp_path) for path in (settings.cache_folder, settings.models, settings.logs, settings.run))
    elsewhere = Settings(home=tmp_path, cache=tmp_path.parent / "cache")
    assert elsewhere.models.is_relative_to(tmp_path.parent / "cache")
    assert elsewhere.logs.is_relative_to(tmp_path)


def test_a_setting_that_is_set_to_nothing_is_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"LOTSE_{name.upper()}", "")
    monkeypatch.setenv("LOTSE_HOME", str(tmp_path))
    assert Settings() == Settings(home=tmp_path)
    assert Settings().cache_folder == tmp_path / "cache"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "achtzig"),
        ("MODE", "test"),
        ("SESSION_MINUTES", "0"),
        ("MESSAGES_PER_MINUTE", "-1"),
        ("DEMONSTRATION", "vielleicht"),
    ],
)
def test_a_wrong_value_is_refused_and_named(name: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"LOTSE_{name}", wrong)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_settings_do_not_change_while_a_process_runs(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        Settings(home=tmp_path).port = 1


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_in_german_and_documented(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description
    assert len(description) > 15
    documented = (PROJECT / "docs" / "einstellungen.md").read_text("utf-8")
    assert f"`LOTSE_{name.upper()}`" in documented
