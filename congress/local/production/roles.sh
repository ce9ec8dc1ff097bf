#!/bin/sh
# Runs once, when the database's volume is empty: the three logins, and the database of the owner.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -v reader="$READER_PASSWORD" <<'SQL'
CREATE ROLE congress_owner LOGIN PASSWORD :'owner';
CREATE ROLE congress_app LOGIN PASSWORD :'app';
CREATE ROLE congress_reader LOGIN PASSWORD :'reader';
CREATE DATABASE congress OWNER congress_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
SQL
