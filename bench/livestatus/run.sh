#!/usr/bin/env bash
# Queries a second that a daemon answers while it runs 1,000 checks a second, and what that does to the latency of its checks: clients
# that ask four statistics of all services, each on a connection that it keeps.
#
#   bench/livestatus/run.sh [SERVICES [CLIENTS [SECONDS]]]     default 100000 4 20
#
# The target is 4,000 queries a second with 4 clients, and no check later than without them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
services=${1:-100000}
clients=${2:-4}
seconds=${3:-20}
plugin=/usr/lib/nagios/plugins/check_dummy

work=$(mktemp -d)
export MON_PREFIX=$work/node
stop() {
  "$work/bin/mon" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

[[ -x $plugin ]] || { echo "monitoring-plugins-basic is needed" >&2; exit 1; }
"$root/eng/publish.sh" "$work" >/dev/null
dotnet build "$root/bench/Compeer.Benchmarks" -c Release -v quiet -nologo >/dev/null

mkdir -p "$MON_PREFIX/etc" "$MON_PREFIX/var"
printf 'cfg_file=%s/etc/objects.cfg\ninterval_length=1\n' "$MON_PREFIX" >"$MON_PREFIX/etc/naemon.cfg"
# Ten services a host, each checked so often that all together make 1,000 checks a second.
awk -v services="$services" -v plugin="$plugin" 'BEGIN {
  printf "define command {\n  command_name probe\n  command_line %s 0 ok\n}\n", plugin
  interval = services >= 1000 ? services / 1000 : 1
  for (i = 0; i < services; i++) {
    if (i % 10 == 0) printf "define host {\n  host_name host%d\n  address 127.0.0.1\n  max_check_attempts 3\n}\n", i / 10
    printf "define service {\n  host_name host%d\n  service_description svc%d\n  check_command probe\n", i / 10, i
    printf "  check_interval %d\n  retry_interval %d\n  max_check_attempts 3\n}\n", interval, interval
  }
}' >"$MON_PREFIX/etc/objects.cfg"
"$work/bin/mon" start

completed() { curl -s --unix-socket "$MON_PREFIX/var/rw/mond.sock" http://localhost/api/v1/status | sed -E 's/.*"checksCompleted":([0-9]+).*/\1/'; }
latency() { "$work/bin/mon" query ls services -c latency last_check -gt "$1" | sort -g | awk '{ v[NR] = $1 } END {
  printf "checks: median %.3f s late, latest %.3f s, of %d\n", v[int((NR + 1) / 2)], v[NR], NR }'; }

sleep 15 # the just-in-time compiler has its say first
for asking in no yes no yes; do
  began=$(date +%s)
  before=$(completed)
  if [[ $asking == yes ]]; then
    dotnet "$root/bench/Compeer.Benchmarks/bin/Release/net10.0/Compeer.Benchmarks.dll" livestatus-clients \
      "$MON_PREFIX/var/rw/live" "$clients" "$seconds"
  else
    echo "nobody asks"
    sleep "$seconds"
  fi
  after=$(completed)
  echo "  $(((after - before) / ($(date +%s) - began))) checks a second; $(latency "$began")"
done
