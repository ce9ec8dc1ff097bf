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
_STATIC = tempfile.TemporaryDirectory(prefix="congress-test-static-")
_MEDIA = tempfile.TemporaryDirectory(prefix="congress-test-media-")
STATIC_ROOT, MEDIA_ROOT = _STATIC.name, _MEDIA.name  # both gone when the run ends
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
