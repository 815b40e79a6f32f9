#!/usr/bin/env bash
# CPU per check of the whole daemon (schedule, plugin, result, log) beside the C program of bench/spawn that only runs
# the same plugin: as fast as it can (C), which is the yardstick, and at the daemon's own rate (C-paced), where it wakes for
# each start and each end as the daemon does. C runs before the daemon starts and after it stopped, and not in turns: the
# checks of a daemon that was suspended meanwhile cost less for four intervals afterwards, since they come due together.
#
#   bench/daemon/run.sh [SERVICES [SECONDS [ROUNDS]]]     default 1000 15 3; every service is checked once a second
#
# The last lines are the medians: the target is at most 1.12 of C in total, and 1.53 of it for the daemon itself.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
services=${1:-1000}
seconds=${2:-15}
rounds=${3:-3}
plugin=/usr/lib/nagios/plugins/check_dummy

work=$(mktemp -d)
export MON_PREFIX=$work/node
stop() {
  "$work/bin/mon" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

command -v cc >/dev/null || { echo "a C compiler (cc) is needed for the yardstick" >&2; exit 1; }
[[ -x $plugin ]] || { echo "monitoring-plugins-basic is needed" >&2; exit 1; }
cc -O2 -o "$work/spawn" "$root/bench/spawn/spawn.c"
"$root/eng/publish.sh" "$work" >/dev/null

mkdir -p "$MON_PREFIX/etc" "$MON_PREFIX/var"
printf 'cfg_file=%s/etc/objects.cfg\ninterval_length=1\n' "$MON_PREFIX" >"$MON_PREFIX/etc/naemon.cfg"
{
  printf 'define command {\n  command_name probe\n  command_line %s 0 ok\n}\n' "$plugin"
  for ((i = 0; i < services; i++)); do
    if ((i % 10 == 0)); then
      printf 'define host {\n  host_name host%d\n  address 127.0.0.1\n  max_check_attempts 3\n}\n' "$((i / 10))"
    fi
    printf 'define service {\n  host_name host%d\n  service_description svc%d\n  check_command probe\n' "$((i / 10))" "$i"
    printf '  check_interval 1\n  retry_interval 1\n  max_check_attempts 3\n}\n'
  done
} >"$MON_PREFIX/etc/objects.cfg"

row() { awk -v who="$1" '{ printf "%-8s %9.1f %9.1f %9.1f %9.1f\n", who, $4, $5, $6, $7 }'; }
yardsticks() {
  for ((round = 0; round < rounds; round++)); do
    "$work/spawn" 2000 8 "$plugin" 0 ok | row C | tee -a "$work/c"
    "$work/spawn" -r "$services" $((5 * services)) "$plugin" 0 ok | row C-paced | tee -a "$work/paced"
  done
}

printf '%-8s %9s %9s %9s %9s\n' who checks/s own_us child_us total_us
yardsticks
"$work/bin/mon" start

pid=$(<"$MON_PREFIX/var/mond.pid")
tick=$(getconf CLK_TCK)
completed() { curl -s --unix-socket "$MON_PREFIX/var/rw/mond.sock" http://localhost/api/v1/status | sed -E 's/.*"checksCompleted":([0-9]+).*/\1/'; }
ticks() { sed 's/.*) //' "/proc/$pid/stat" | awk '{ print $12 + $13, $14 + $15 }'; }

sleep 30 # the just-in-time compiler has its say first
for ((round = 0; round < rounds; round++)); do
  read -r own child < <(ticks)
  before=$(completed)
  sleep "$seconds"
  read -r own_after child_after < <(ticks)
  after=$(completed)
  awk -v own=$((own_after - own)) -v child=$((child_after - child)) -v checks=$((after - before)) -v tick="$tick" \
    -v seconds="$seconds" 'BEGIN { us = 1000000 / tick / checks
      printf "%-8s %9.1f %9.1f %9.1f %9.1f\n", "mond", checks / seconds, own * us, child * us, (own + child) * us }' \
    | tee -a "$work/ours"
done
"$work/bin/mon" stop >/dev/null
yardsticks

median() { awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
compare() {
  awk -v name="$2" -v ours="$(median "$work/ours" 5)" -v c="$(median "$1" 5)" -v own="$(median "$work/ours" 3)" \
    -v c_own="$(median "$1" 3)" 'BEGIN {
      printf "medians: total %.1f / %.1f us = %.3f of %s\n", ours, c, ours / c, name
      printf "medians: own part %.1f / %.1f us = %.2f of %s\n", own, c_own, own / c_own, name }'
}
compare "$work/paced" C-paced
compare "$work/c" C
