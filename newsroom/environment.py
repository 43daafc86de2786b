"""What the environment may say, and the one secret that a first start makes for itself."""

import contextlib
import ipaddress
import os
import secrets
import tempfile
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

#: Every variable with its type and default; README lists the same table and a test compares them.
VARIABLES = {
    "DEBUG": (bool, False),
    "SECRET_KEY": (str, ""),
    "ALLOWED_HOSTS": (list, ["127.0.0.1", "localhost", "[::1]"]),
    "HTTPS": (bool, False),
    "TRUSTED_PROXIES": (list, []),
    "DATABASE_URL": (str, ""),
    "CONN_MAX_AGE": (int, 600),
    "QUERY_TIMEOUT": (int, 15),
    "LOG_LEVEL": (str, "INFO"),
    "VAR_DIR": (str, ""),
    "REVIEWS": (int, 3),
    "ACCOUNTS_BY": (str, "chief"),
    "SITE_NAME": (str, "二七区新闻"),
    "SITE_LATIN": (str, "ERQI QU XINWEN"),
    "SITE_NAMEPLATE": (str, ""),
    "SITE_OWNER": (str, ""),
    "SITE_CONTACT": (str, ""),
    "SITE_COMPLAINTS": (str, ""),
    "SITE_LICENCE": (str, ""),
    "SITE_ICP": (str, ""),
    "SITE_POLICE": (str, ""),
    "SITE_ID_CODE": (str, ""),
    "SITE_FONT_FILE": (str, ""),
}
#: Variables of which only these values make sense.
ALLOWED = {
    "REVIEWS": (1, 2, 3),
    "ACCOUNTS_BY": ("chief", "operator"),
    "LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
}
TRUE_OR_FALSE = ("true", "false", "1", "0", "yes", "no", "on", "off", "")


class Environment:
    """Typed access to the declared variables; a bad value stops the start and says which."""

    def __init__(self):
        """Read nothing yet: a variable is looked at when it is asked for."""
        self._env = environ.Env(**VARIABLES)

    def __call__(self, name):
        """Value of a declared variable, in its type."""
        kind, _ = VARIABLES[name]
        raw = os.environ.get(name, "")
        if kind is bool and raw.lower() not in TRUE_OR_FALSE:
            # The library reads any other word as False, so a typing error would go unseen.
            msg = f"{name}={raw!r}: write true or false"
            raise ImproperlyConfigured(msg)
        if not raw and (kind is not str or name in ALLOWED):
            return VARIABLES[name][1]
        try:
            value = self._env(name)
        except ValueError as error:
            msg = f"{name}={raw!r}: {kind.__name__} expected"
            raise ImproperlyConfigured(msg) from error
        if kind is int and value < 0:
            msg = f"{name}={raw!r}: must not be negative"
            raise ImproperlyConfigured(msg)
        if name in ALLOWED and value not in ALLOWED[name]:
            msg = f"{name}={raw!r}: one of {', '.join(map(str, ALLOWED[name]))} expected"
            raise ImproperlyConfigured(msg)
        return value

    def networks(self, name):
        """Networks that a declared variable lists."""
        try:
            return [ipaddress.ip_network(network.strip()) for network in self(name)]
        except ValueError as error:
            msg = f"{name}={os.environ.get(name)!r}: {error}"
            raise ImproperlyConfigured(msg) from error

    def file(self, name):
        """Path of the file that a declared variable names; empty where it names none."""
        path = self(name)
        if path and not Path(path).is_file():
            msg = f"{name}={path!r}: no such file"
            raise ImproperlyConfigured(msg)
        return path

    def database(self, default):
        """Django's settings of the database that DATABASE_URL names."""
        url = self("DATABASE_URL") or default
        scheme, separator, _rest = url.partition("://")
        if not separator or scheme not in ("sqlite", "postgres", "postgresql"):
            msg = f"DATABASE_URL={scheme}://…: sqlite:/// or postgres:// expected"
            raise ImproperlyConfigured(msg)
        try:
            config = self._env.db_url_config(url)
        except (KeyError, ValueError):
            config = {}
        if not config.get("NAME"):
            # Without the value: it may hold a password.
            msg = f"DATABASE_URL={scheme}://…: postgres://user:password@host:5432/name expected"
            raise ImproperlyConfigured(msg)
        return config


def kept_secret(path: Path) -> str:
    """Secret in ``path``; made at the first start, readable by its owner alone."""
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _make_secret(path)
        except OSError as error:
            msg = f"VAR_DIR={str(path.parent)!r}: cannot write there ({error.strerror})"
            raise ImproperlyConfigured(msg) from error
    secret = path.read_text("utf-8").strip()
    if not secret:
        msg = f"{path} is empty: remove it, and the next start makes a new one"
        raise ImproperlyConfigured(msg)
    return secret


def _make_secret(path):
    """Write it aside and link it into place whole: of two starts at once one wins, both read it."""
    handle, aside = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):
        os.link(aside, path)
    Path(aside).unlink()
