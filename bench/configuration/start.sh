#!/usr/bin/env bash
# From the start of the process to the first plugin started, and from SIGTERM to its end, at several moments.
#
#   bench/configuration/start.sh [HOSTS [ROUNDS]]     default 10000 hosts with 100,000 services, 5
#
# Beside it nagios4, from its start to the first plugin, with the same configuration.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
hosts=${1:-10000}
rounds=${2:-5}
nagios=$(command -v nagios4 || echo /usr/sbin/nagios4)
[[ -x $nagios ]] || { echo "nagios4-core is needed (Debian package)" >&2; exit 1; }

work=$(mktemp -d)
export MON_PREFIX=$work/node
pid=
finish() {
  [[ -z $pid ]] || pkill -KILL -s "$pid" || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM
"$root/eng/publish.sh" "$work" >/dev/null

# The first plugin to run makes the folder; the others fail to, and that is all they do.
first=$work/node/first
"$root/bench/configuration/generate.sh" explicit "$hosts" "$work/node/etc" "/bin/mkdir $first"
mkdir -p "$work/node/var"
cp "$work/node/etc/main.cfg" "$work/node/etc/naemon.cfg"

now() { date +%s%N; }
since() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.0f\n", (b - a) / 1000000 }'; }
begin() { # command…: starts it in the background and in a session of its own, with the time in $started
  rm -rf "$first"
  started=$(now)
  setsid "$@" >"$work/out" 2>&1 &
  pid=$!
}
first_check() { # ms from the start to the first plugin
  until [[ -d $first ]]; do
    (($(now) - started < 120000000000)) || { echo "no check within two minutes" >&2; exit 1; }
    sleep 0.002
  done
  since "$started" "$(stat -c %.9W "$first" | tr -d .)"
}
end() { # ms from SIGTERM to the end
  local told
  told=$(now)
  kill "$pid"
  wait "$pid" || true
  since "$told" "$(now)"
  pid=
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for ((round = 0; round < rounds; round++)); do
  begin "$work/bin/mond"
  first_check >>"$work/mond"
  end >>"$work/stop"
  begin "$nagios" "$work/node/etc/main.cfg"
  first_check >>"$work/nagios4"
  # With its workers, each of which leads a process group.
  pkill -KILL -s "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
done
printf '%d services: first check after %s ms (median of %d), nagios4 %s ms\n' \
  $((hosts * 10)) "$(median <"$work/mond")" "$rounds" "$(median <"$work/nagios4")"
printf 'stop right after the first check: median %s ms, longest %s ms\n' "$(median <"$work/stop")" "$(sort -n "$work/stop" | tail -n 1)"

longest=0 at=0
for moment in 0.01 0.05 0.1 0.2 0.3 0.4 0.5 0.6 0.8 1 1.5 2 3; do
  begin "$work/bin/mond"
  sleep "$moment"
  end >"$work/ms"
  ms=$(<"$work/ms")
  if ((ms > longest)); then longest=$ms at=$moment; fi
done
printf 'stop at 13 moments from 0.01 s to 3 s after the start: longest %d ms (at %s s)\n' "$longest" "$at"
