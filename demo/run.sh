#!/bin/sh
# The demo: nginx, a TCP echo, a DNS server and a mail server go down and come up again; every colour arrives where it should,
# once and in order. It is a test, so that it cannot go stale:
#
#   demo/run.sh [--install]
#
# nginx is taken from the PATH. --install fetches it from the distribution's packages (Debian, Ubuntu) and unpacks it under
# demo/packages; nothing is installed.
set -eu
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
install=no
case ${1:-} in
  '') ;;
  --install) install=yes ;;
  *)
    echo 'usage: demo/run.sh [--install]' >&2
    exit 2
    ;;
esac
# shellcheck source=compare/packages.sh
. "$here/../compare/packages.sh"
use_packages "$here/packages"
need "$install" nginx nginx
need no mvn
exec mvn -q --batch-mode -f "$here/../pom.xml" -Dcpra.excludedGroups= -Dspotless.check.skip -pl daemon -am test \
  -Dtest='DemoTest' -Dsurefire.failIfNoSpecifiedTests=false
