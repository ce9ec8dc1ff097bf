"""The project's settings for its tests, which begin with the owner's login."""

import os
import tempfile

os.environ["DB_LOGIN"] = "owner"

from congress.settings import *  # noqa: F403, TID251 - settings build on settings
from congress.settings import DATABASES, STORAGES  # noqa: TID251

_NAME = f"test_congress_{os.environ.get('TEST_DB_SUFFIX', 'main')}"
DATABASES["default"]["TEST"] = {"NAME": _NAME, "TEMPLATE": "template0"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEBUG = False
_FILES = tempfile.TemporaryDirectory(prefix="congress-test-")  # gone when the run ends
STATIC_ROOT, MEDIA_ROOT = f"{_FILES.name}/static", f"{_FILES.name}/media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
