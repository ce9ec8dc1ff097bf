"""The project's settings for its tests: the owner's login makes the database, the app's role works."""

import os
import tempfile

os.environ["DB_LOGIN"] = "owner"

from congress.settings import *  # noqa: E402, F403
from congress.settings import DATABASES, STORAGES

_NAME = f"test_congress_{os.environ.get('TEST_DB_SUFFIX', 'main')}"
DATABASES["default"]["TEST"] = {"NAME": _NAME, "TEMPLATE": "template0"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEBUG = False
MEDIA_ROOT = tempfile.mkdtemp(prefix="congress-test-media-")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed: Argon2 is meant to be slow
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
