"""Django's settings. Whatever a bureau may change is an environment variable, described in docs/install.md."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from huanfa.config import environment

# ── the bureau's own ────────────────────────────────────────────────────────────────────────────────────────

CHECKOUT = Path(__file__).resolve().parents[2]
CONFIG = Path(__file__).resolve().parent

HUANFA_VAR = Path(os.environ.get("HUANFA_VAR") or CHECKOUT / "var").resolve()
HUANFA_EVIDENCE = HUANFA_VAR / "evidence"
HUANFA_EVIDENCE_LIMIT = environment.number("HUANFA_EVIDENCE_MB", 50) * 2**20
HUANFA_KEYS = HUANFA_VAR / "keys"
HUANFA_CACHE = HUANFA_VAR / "cache"     # compiled fine tables, made anew whenever they are gone
HUANFA_PACK = os.environ.get("HUANFA_PACK") or "jianghan-demo"
HUANFA_DEMO = environment.flag("HUANFA_DEMO")
HUANFA_HTTPS = environment.flag("HUANFA_HTTPS")

# Evidence, keys and perhaps the database lie here: for the account Huanfa runs as and nobody else.
HUANFA_VAR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = environment.flag("HUANFA_DEBUG")
SECRET_KEY = environment.secret_key(HUANFA_VAR)
ALLOWED_HOSTS = environment.words("HUANFA_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
DATABASES = {"default": environment.database(HUANFA_VAR)}

# ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "huanfa.apps.ledger",
    "huanfa.apps.officers",
    "huanfa.apps.parties",
    "huanfa.apps.lawbook",
    "huanfa.apps.papers",
    "huanfa.apps.evidence",
    "huanfa.apps.discretion",
    "huanfa.apps.inspections",
    "huanfa.apps.cases",
    "huanfa.apps.reports",
    "huanfa.demo",
]

MIDDLEWARE = [
    "huanfa.config.proxy.client_address",   # before anything reads the address
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",       # last, so that its lock-out page wins
]

ROOT_URLCONF = "huanfa.config.urls"
WSGI_APPLICATION = "huanfa.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── language and time ───────────────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# ── pages: one template language ────────────────────────────────────────────────────────────────────────────

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [CONFIG / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "huanfa.config.jinja2.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huanfa.config.context.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

STATIC_URL = "/static/"
STATIC_ROOT = HUANFA_VAR / "static"
STATICFILES_DIRS = [CONFIG / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG

FILE_UPLOAD_HANDLERS = [
    "huanfa.apps.evidence.upload.Limit",    # first: nothing is written of what is too big
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ── who may come in ─────────────────────────────────────────────────────────────────────────────────────────

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A name is locked from one address only, so that nobody can lock an officer out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "lockout.html"
AXES_ENABLE_ADMIN = False

# ── what a browser is told ──────────────────────────────────────────────────────────────────────────────────

# No inline script, no inline style, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

if HUANFA_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# ── log ─────────────────────────────────────────────────────────────────────────────────────────────────────

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO" if DEBUG else "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO" if DEBUG else "WARNING", "propagate": False}},
}
