"""Settings of one installation. Everything that differs between installations comes from
the environment; the names are listed in docs/reference/settings.md."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel import database, secrets_file
from tongzhou.kernel.home import fix_home

BASE_DIR = Path(__file__).resolve().parents[1]
STATE_DIR = fix_home()

DEBUG = os.environ.get("TONGZHOU_DEBUG") == "1"
SECRET_KEY = os.environ.get("TONGZHOU_SECRET_KEY") or secrets_file.read_or_create(
    STATE_DIR / "secret_key"
)
ALLOWED_HOSTS = os.environ.get("TONGZHOU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TONGZHOU_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("TONGZHOU_HTTPS") == "1"
# How many reverse proxies stand before this server; what more a sender claims is not believed.
TONGZHOU_PROXIES = int(os.environ.get("TONGZHOU_PROXIES", "0"))
if TONGZHOU_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ROOMS = [
    "kernel",
    "ui",
    "ledger",
    "delivery",
    "places",
    "actors",
    "library",
    "clocks",
    "mandates",
    "incidents",
    "tasks",
    "plans",
    "oversight",
    "catalogue",
    "stock",
    "shipments",
    "needs",
    "funds",
    "allocations",
    "aid",
    "interests",
    "insight",
    "demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "axes",
    "ninja",
    *(f"tongzhou.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tongzhou.kernel.refuse_nul.RefuseNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tongzhou.actors.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tongzhou.actors.middleware.HolderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tongzhou.config.urls"
WSGI_APPLICATION = "tongzhou.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tongzhou.actors.context.session",
            ],
            "builtins": ["django.templatetags.i18n", "tongzhou.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database.django_settings()}

#: Each room keeps its jobs in ``jobs.py``; the worker learns them all at start.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

AUTH_USER_MODEL = "actors.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["tongzhou.actors.passwords.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "tongzhou.actors.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "tongzhou.kernel.client_address.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "tongzhou.actors.lockout.locked_out"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
    }
}

LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LANGUAGE_CODE = os.environ.get("TONGZHOU_LANGUAGE", "en")
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TONGZHOU_TIME_ZONE", "Asia/Shanghai")
LOCALE_PATHS = [BASE_DIR / room / "locale" for room in ("config", "cli")]

STATIC_URL = "static/"
# Built at set-up, like the vendor files and the compiled catalogues, so that a wheel has them.
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(STATE_DIR / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = STATE_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
TONGZHOU_FILE_LIMIT = 10 * 1024 * 1024
# The one currency of the installation (ISO 4217); empty: that of the country profile.
TONGZHOU_CURRENCY = os.environ.get("TONGZHOU_CURRENCY", "")

# In a test run shipped templates are furniture: taken in without an act, written over when
# their file changes. In an installation a version that was published never changes.
TONGZHOU_SHIPPED_AS_FURNITURE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TONGZHOU_LOG", "WARNING")},
}
