"""Environment variables, and the secret that is made at the first start."""

import contextlib
import ipaddress
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

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
    "CACHE_URL": (str, ""),
    "CACHE_MB": (int, 64),
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
#: Variables with a closed list of values.
ALLOWED = {
    "REVIEWS": (1, 2, 3),
    "ACCOUNTS_BY": ("chief", "operator"),
    "LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
}
TRUE_OR_FALSE = ("true", "false", "1", "0", "yes", "no", "on", "off", "")


class Environment:
    """Typed access to the variables; ImproperlyConfigured names one with a bad value."""

    def __init__(self):
        self._env = environ.Env(**VARIABLES)

    def __call__(self, name: str) -> Any:
        """Value of a variable in its declared type."""
        kind, _ = VARIABLES[name]
        raw = os.environ.get(name, "")
        if kind is bool and raw.lower() not in TRUE_OR_FALSE:
            # The library takes any other word for False, so that nobody would notice a mistake.
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

    def networks(self, name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        try:
            return [ipaddress.ip_network(network.strip()) for network in self(name)]
        except ValueError as error:
            msg = f"{name}={os.environ.get(name)!r}: {error}"
            raise ImproperlyConfigured(msg) from error

    def file(self, name: str) -> str:
        """Path of a file that has to exist; empty where the variable is empty."""
        path = self(name)
        if path and not Path(path).is_file():
            msg = f"{name}={path!r}: no such file"
            raise ImproperlyConfigured(msg)
        return path

    def database(self, default: str) -> dict:
        """Django's settings of the database in DATABASE_URL, or in the URL ``default``."""
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
            # The value is not printed: it may have a password.
            msg = f"DATABASE_URL={scheme}://…: postgres://user:password@host:5432/name expected"
            raise ImproperlyConfigured(msg)
        return config

    def cache(self) -> dict:
        """Django's settings of the cache: Redis in CACHE_URL, else CACHE_MB of this process."""
        url, megabytes = self("CACHE_URL"), self("CACHE_MB")
        if not url:
            return {
                "BACKEND": "newsroom.cache.BoundedLocMemCache",
                "OPTIONS": {"MAX_BYTES": megabytes * 1024 * 1024},
            }
        scheme, separator, _rest = url.partition("://")
        if not separator or scheme not in ("redis", "rediss"):
            # The value is not printed: it may have a password.
            msg = f"CACHE_URL={scheme}://…: redis://host:6379/0 expected"
            raise ImproperlyConfigured(msg)
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "newsroom",
            # A cache that does not answer at once is of no use.
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }


def kept_secret(path: Path) -> str:
    """Read the secret in ``path``; write one at the first start, which only its owner can read."""
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


def _make_secret(path: Path) -> None:
    """Write a temporary file and link it, so that two starts at once read the same secret."""
    handle, aside = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):
        os.link(aside, path)
    Path(aside).unlink()
