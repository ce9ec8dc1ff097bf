"""The project's settings for its tests, which begin with the owner's login."""

import atexit
import os
import shutil
import tempfile

os.environ["DB_LOGIN"] = "owner"

from congress.settings import *  # noqa: F403, TID251 - settings build on settings
from congress.settings import DATABASES, STORAGES  # noqa: TID251

_NAME = f"test_congress_{os.environ.get('TEST_DB_SUFFIX', 'main')}"
DATABASES["default"]["TEST"] = {"NAME": _NAME, "TEMPLATE": "template0"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DEBUG = False
STATIC_ROOT = tempfile.mkdtemp(prefix="congress-test-static-")
MEDIA_ROOT = tempfile.mkdtemp(prefix="congress-test-media-")
for _folder in (STATIC_ROOT, MEDIA_ROOT):
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
