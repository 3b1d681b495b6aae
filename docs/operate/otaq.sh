#!/bin/sh
# The command `otaq` on a server: as Otaq's own user, told the same as the service.
given=$OTAQ_DATA
set -a
. /etc/otaq/settings
# OTAQ_DATA=/another/folder otaq …: there, not in the database of the service and with a key of its own.
if [ -n "$given" ]; then
  OTAQ_DATA=$given
  unset DATABASE_URL OTAQ_KEY_FILE
fi
set +a
umask 077
set -- /srv/otaq/otaq/node_modules/.bin/node --max-semi-space-size=4 /srv/otaq/otaq/src/cli/otaq.ts "$@"
if [ "$(id -un)" = otaq ]; then exec "$@"; fi
exec runuser -u otaq -- "$@"
