"""Settings. What differs between machines comes from environment variables."""

from ipaddress import ip_network
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from newsroom.environment import Environment, kept_secret

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("VAR_DIR") or BASE_DIR / "var")

DEBUG = env("DEBUG")
SECRET_KEY = env("SECRET_KEY") or kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")

#: Number of reviews that a story needs before publication, 1 to 3.
REVIEWS = env("REVIEWS")
#: Who opens accounts and resets passwords: chief, every 总编; operator, superusers only.
ACCOUNTS_BY = env("ACCOUNTS_BY")
SITE_NAME = env("SITE_NAME")
SITE_LATIN = env("SITE_LATIN")
SITE_NAMEPLATE = env.file("SITE_NAMEPLATE") or BASE_DIR / "static" / "nameplate.svg"
SITE_OWNER = env("SITE_OWNER")
SITE_CONTACT = env("SITE_CONTACT")
SITE_COMPLAINTS = env("SITE_COMPLAINTS")
SITE_LICENCE = env("SITE_LICENCE")
SITE_ICP = env("SITE_ICP")
SITE_POLICE = env("SITE_POLICE")
SITE_ID_CODE = env("SITE_ID_CODE")
SITE_FONT_FILE = env.file("SITE_FONT_FILE")

INSTALLED_APPS = [
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.redirects",
    "django.contrib.sitemaps",
    "axes",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "newsroom",
    "people",
    # Last: its post_migrate gives the roles permissions of all the apps above.
    "articles",
]

MIDDLEWARE = [
    "newsroom.middleware.add_request_id",
    "newsroom.middleware.no_body_for_head",
    "newsroom.compression.compress_text",
    "newsroom.limits.plain_cookies",
    # Before whatever makes headers: those of a page are kept with it.
    "newsroom.kept_pages.KeptPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.display.vary_by_display",
    "newsroom.middleware.client_address",
    # Before anything reads the body.
    "newsroom.limits.RequestLimits",
    "newsroom.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.redirects.PublicRedirects",
    "newsroom.retry.Retry",
    "people.accounts.log_in.known_browser",
    "axes.middleware.AxesMiddleware",
]
CSRF_FAILURE_VIEW = "newsroom.errors.csrf_failure"
# Only the redirects need it: there is one site.
SITE_ID = 1

# newsroom.constant_tags takes the place of two of Django's libraries.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.site",
            ],
            # Instead of Django's own: what is constant is worked out when a template is compiled.
            "libraries": {
                "i18n": "newsroom.constant_tags",
                "static": "newsroom.constant_tags",
            },
        },
    },
]

DATABASES = {
    "default": {
        **env.database(default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
        # Without persistent connections the server answers a quarter of the requests a second.
        "CONN_MAX_AGE": env("CONN_MAX_AGE"),
        "CONN_HEALTH_CHECKS": True,
    }
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "newsroom.sqlite"
    # IMMEDIATE: a transaction waits for the lock at its start, not at its first write, where SQLite
    # would refuse it at once.
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
else:
    # PostgreSQL would compile for seconds what it runs in a tenth of a second.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
CACHES = {
    "default": env.cache(),
    # Parts that pages share: to fetch them from elsewhere would take longer than to make them.
    "shell": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shell"},
}
# Seconds; only newsroom.wsgi applies it.
QUERY_TIMEOUT = env("QUERY_TIMEOUT")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_USER_MODEL = "people.User"
LOGIN_REDIRECT_URL = "admin:index"
# The limits on log-ins are in people.accounts.log_in.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "people.accounts.log_in.LogInLimits"
AXES_FAILURE_LIMIT = 1
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "newsroom.errors.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "people.accounts.passwords.LongEnough",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
        "people.accounts.passwords.NotGuessable",
    )
]

# gunicorn logs to stderr as well; a service manager collects both.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "newsroom.middleware.WithRequestID"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "level": env("LOG_LEVEL"),
            "filters": ["request_id"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL")},
    "loggers": {
        # Replaces Django's own handlers.
        "django": {"level": env("LOG_LEVEL")},
        # Bad requests are no errors of ours; the proxy logs them.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Adds the number of the request.
        "gunicorn.error": {"handlers": ["stderr"], "propagate": False},
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {
        "BACKEND": "articles.storage.WholeFiles",
        # The path of a picture has a digest of its pixels: a file of that name is the same picture.
        # The modes keep files private, as the database decides who may see a picture.
        "OPTIONS": {
            "allow_overwrite": True,
            "directory_permissions_mode": 0o700,
            "file_permissions_mode": 0o600,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# Whether an upload starts to make its renditions; otherwise only `make_renditions` does.
RENDITIONS_AT_ONCE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Enough for two tables of MOST_DRAWN rows (people.shared.formsets), so that the form itself can
# refuse too many.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000
FORM_RENDERER = "newsroom.renderer.QuickRenderer"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # The hash is of the style sheet that django-prose-editor 0.28.0 inserts by script. Browser
        # tests fail on violations, so that an update which changes it is noticed.
        "style-src": [SELF, NONCE, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "newsroom.sessions"
SESSION_COOKIE_HTTPONLY = True

TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
if env("HTTPS"):
    # Something has to terminate TLS: by default a proxy on this machine.
    TRUSTED_PROXIES = TRUSTED_PROXIES or [ip_network("127.0.0.0/8"), ip_network("::1")]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Subdomains and the HSTS preload list are for the district to decide, not for the paper.
    SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
