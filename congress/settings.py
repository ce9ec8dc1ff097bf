"""One file, from the environment. See docs/operations.md for every variable."""

from pathlib import Path

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured

from congress import environment as env
from congress.admin_theme import UNFOLD as UNFOLD

django_stubs_ext.monkeypatch()
# Lets `ModelAdmin[Deputy]` and the like run, which mypy wants to see.

BASE_DIR = env.BASE_DIR
DEBUG = env.flag("DEBUG", default=False)
PRODUCTION = env.flag("PRODUCTION", default=False)
SECRET_KEY = env.text("SECRET_KEY", "" if PRODUCTION else "only-for-the-checkout-on-this-desk")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set in production.")
RATING_KEYS = env.keys("RATING_KEYS") or ({} if PRODUCTION else {1: b"only-for-this-desk"})
"""By version: the newest seals ratings, the older ones open what they sealed."""
if not RATING_KEYS:
    raise ImproperlyConfigured("RATING_KEYS must be set in production.")
ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env.text("TRUSTED_ORIGINS").split(",") if origin]
COUNTY = env.text("COUNTY_NAME", "竹山县")
CITY = env.text("CITY_NAME", "十堰市")
PROVINCE = env.text("PROVINCE_NAME", "湖北省")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")
"""What QR codes and calendars point to."""

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # the plain "unfold" would put its own admin site over ours
    "unfold.contrib.filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "congress.shared",
    "deputies",
    "proposals",
    "stations",
    "scoring",
    "congress.home",
    "congress.apps.AdminConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "congress.shared.middleware.OnlyText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "congress.shared.middleware.SignedIn",
    "congress.shared.middleware.ActingPost",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "congress.shared.middleware.Refusals",
]
ROOT_URLCONF = "congress.urls"
WSGI_APPLICATION = "congress.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["congress.shared.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "congress.home.chrome.chrome",
            ],
        },
    }
]

DATABASE_URL = env.text("DATABASE_URL")
if not DATABASE_URL:
    raise ImproperlyConfigured("No database: run `make up`, or set DATABASE_URL.")
APP_URL = env.text("DATABASE_APP_URL")
DB_LOGIN = env.text("DB_LOGIN", "app")
"""`owner` migrates, `app` works (web, worker, every command that runs verbs)."""
if DB_LOGIN == "owner":
    DATABASES = {"default": env.database(DATABASE_URL)}
elif APP_URL:
    DATABASES = {"default": env.database(APP_URL)}
else:
    # One login only: step down to the app's role, which cannot change ledger, audit or ratings.
    DATABASES = {"default": env.database(DATABASE_URL, role="congress_app")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
}
"""Holds only what may be lost at any moment, such as who else has a draft open."""
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # KiB: a child grown on many PDFs is replaced
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"

EMBED_HOSTS = [each.strip() for each in env.text("EMBED_HOSTS").split(",") if each.strip()]
"""Sites that may show the list of proposals in a frame, such as https://www.example.gov.cn."""

EMAIL_URL = env.text("EMAIL_URL")
"""Empty: notices stay on the screen, and wait."""
MAIL = env.mail(EMAIL_URL)
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.ssl
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
if EMAIL_URL and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("EMAIL_URL is set: say with DEFAULT_FROM_EMAIL who writes.")

AUTH_USER_MODEL = "shared.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
CSRF_FAILURE_VIEW = "congress.shared.views.stale"
LOGIN_URL = "shared:login"
LOGIN_REDIRECT_URL = "home:front"
LOGOUT_REDIRECT_URL = "home:front"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    },
    # The third-party admin theme writes styles and Alpine expressions into its pages.
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # 评定 is one form: six fields for each of 1,303 deputies
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [BASE_DIR / "congress" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / ".var" / "static")))
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / ".var" / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"congress": {"level": "INFO"}},
}
