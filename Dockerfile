# One image for web, worker, beat and migrations; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fontconfig \
        fonts-arphic-gbsn00lp \
        fonts-arphic-ukai \
        fonts-liberation \
        fonts-noto-cjk \
        fonts-wqy-zenhei \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

ENV LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media

WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --only-binary :all: --no-deps --require-hashes -r requirements/base.txt

COPY manage.py ./
COPY congress congress
COPY deputies deputies
COPY proposals proposals
COPY scoring scoring
COPY stations stations
COPY static static
COPY templates templates

RUN useradd --system --uid 10001 congress \
    && install -d -o congress /srv/static /srv/media /srv/beat
USER congress

EXPOSE 8000
CMD ["gunicorn", "congress.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--preload", \
     "--no-control-socket", "--limit-request-line", "8190", "--worker-tmp-dir", "/dev/shm", "--max-requests", "5000", \
     "--max-requests-jitter", "500", "--access-logfile", "-"]
