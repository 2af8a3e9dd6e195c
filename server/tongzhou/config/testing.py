"""Settings of the test run: the installation's own, with what a test cannot have.

The test database is made by its owner; every connection then takes on the web role (see
``server/tests/conftest.py``), so that missing rights show up in the tests.
"""

from tongzhou.config.settings import *  # noqa: F403 – the one place where "all of it" is meant
from tongzhou.kernel import database

DATABASES = {"default": database.django_settings("owner", pool=False)}
# Tests fill tables and take everything back in one transaction, so the planner never learns how
# full they are: a plan made for an empty table would read a full one again and again.
_OPTIONS = DATABASES["default"]["OPTIONS"]
_OPTIONS["options"] = f"{_OPTIONS.get('options', '')} -c enable_seqscan=off -c jit=off".strip()
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Looks files up when asked; listing all of them would cost every test client a second.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TONGZHOU_SHIPPED_AS_FURNITURE = True
