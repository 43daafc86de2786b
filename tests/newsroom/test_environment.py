"""What the environment may say, and the secret that a first start makes."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import ALLOWED, VARIABLES, Environment, kept_secret

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def env(monkeypatch):
    """Maker of the environment: none of our variables is set but those given."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def make(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Environment()

    return make


def start(folder, **variables):
    """Outcome of starting Django with these variables and no others of ours."""
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "VAR_DIR": str(folder),
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_nothing_set(tmp_path):
    outcome = start(tmp_path)
    assert (outcome.returncode, outcome.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "ture", "DEBUG='ture': write true or false"),
        ("HTTPS", "maybe", "HTTPS='maybe': write true or false"),
        ("CONN_MAX_AGE", "ten", "CONN_MAX_AGE='ten': int expected"),
        ("QUERY_TIMEOUT", "-1", "QUERY_TIMEOUT='-1': must not be negative"),
        (
            "LOG_LEVEL",
            "loud",
            "LOG_LEVEL='loud': one of DEBUG, INFO, WARNING, ERROR, CRITICAL expected",
        ),
        ("ACCOUNTS_BY", "nobody", "ACCOUNTS_BY='nobody': one of chief, operator expected"),
        (
            "DATABASE_URL",
            "mysql://user:geheim@host/name",
            "DATABASE_URL=mysql://…: sqlite:/// or postgres:// expected",
        ),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(tmp_path, name, value, said):
    outcome = start(tmp_path, **{name: value})
    assert outcome.returncode != 0
    assert outcome.stderr.strip().endswith(f"ImproperlyConfigured: {said}")
    assert "geheim" not in outcome.stderr


@pytest.mark.parametrize(("name", "declared"), VARIABLES.items(), ids=VARIABLES)
def test_a_variable_that_is_unset_or_empty_has_its_default(env, name, declared):
    kind, default = declared
    assert env()(name) == default
    assert env(**{name: ""})(name) == ("" if kind is str and name not in ALLOWED else default)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        *(("DEBUG", text, True) for text in ("true", "True", "1", "yes", "on")),
        *(("DEBUG", text, False) for text in ("false", "FALSE", "0", "no", "off")),
        ("CONN_MAX_AGE", "0", 0),
        ("ALLOWED_HOSTS", "news.example.org,127.0.0.1", ["news.example.org", "127.0.0.1"]),
        ("SITE_NAME", "甲区新闻", "甲区新闻"),
    ],
)
def test_a_value_has_the_type_of_its_variable(env, name, text, value):
    assert env(**{name: text})(name) == value


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("", {"ENGINE": "django.db.backends.sqlite3", "NAME": "/var/default.sqlite3"}),
        (
            "sqlite:////srv/news.db",
            {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/news.db"},
        ),
        *(
            (
                f"{scheme}://li:p%40ss@host:5433/news",
                {
                    "ENGINE": "django.db.backends.postgresql",
                    "NAME": "news",
                    "USER": "li",
                    "PASSWORD": "p@ss",
                    "HOST": "host",
                    "PORT": 5433,
                },
            )
            for scheme in ("postgres", "postgresql")
        ),
    ],
)
def test_the_database_is_the_one_of_the_url(env, url, wanted):
    found = env(DATABASE_URL=url).database(default="sqlite:////var/default.sqlite3")
    assert wanted.items() <= found.items()


@pytest.mark.parametrize("url", ["mysql://host/name", "/srv/news.db", "file:///srv/news.db"])
def test_another_database_is_refused(env, url):
    with pytest.raises(ImproperlyConfigured, match=f"^DATABASE_URL={url.partition('://')[0]}"):
        env(DATABASE_URL=url).database(default="")


@pytest.mark.parametrize("url", ["sqlite", "postgres://li:geheim@host:port/news"])
def test_a_database_url_that_cannot_be_read_is_refused_by_name(env, url):
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL=") as refusal:
        env(DATABASE_URL=url).database(default="")
    assert "geheim" not in str(refusal.value)


def test_the_secret_is_made_once_and_read_again(tmp_path):
    path = tmp_path / "srv" / "var" / "secret_key"
    made = kept_secret(path)
    assert len(made) >= 50
    assert path.read_text("utf-8") == made
    assert kept_secret(path) == made


def test_the_secret_is_its_owners_alone_whatever_the_mask(tmp_path):
    mask = os.umask(0)
    try:
        kept_secret(tmp_path / "secret_key")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_sites_have_two_secrets(tmp_path):
    assert kept_secret(tmp_path / "one") != kept_secret(tmp_path / "two")


def test_a_secret_written_by_hand_may_end_with_a_line_break(tmp_path):
    (tmp_path / "secret_key").write_text("of our own\n", "utf-8")
    assert kept_secret(tmp_path / "secret_key") == "of our own"
