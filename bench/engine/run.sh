#!/usr/bin/env bash
# What a daemon with its state on disk costs: commands that are answered when they are kept, a start with many stored states, and, at
# 1,000,000 services, how long the garbage collector holds it while results come in.
#
#   bench/engine/run.sh [HOSTS [RATE [SECONDS]]]     default 100000 hosts with 1,000,000 services, 5000 results a second, 60 seconds
#
# The targets are 1,000 commands a second, 0.8 s from the start to the first check with 100,000 stored states, no pause over 50 ms and
# less than 1.2 GiB.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
hosts=${1:-100000}
rate=${2:-5000}
seconds=${3:-60}
command -v python3 >/dev/null || { echo "python3 is needed" >&2; exit 1; }

work=$(mktemp -d)
export MON_PREFIX=$work/node
stop() {
  "$work/bin/mon" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM
"$root/eng/publish.sh" "$work" >/dev/null
dotnet build "$root/bench/Compeer.Benchmarks" -c Release -v quiet -nologo >/dev/null
dotnet build "$root/bench/Compeer.Pauses" -c Release -v quiet -nologo >/dev/null

pipe=$MON_PREFIX/var/rw/naemon.cmd
log=$MON_PREFIX/var/naemon.log
configure() { # HOSTS VARIABLE=VALUE...
  rm -rf "$MON_PREFIX"
  mkdir -p "$MON_PREFIX/etc" "$MON_PREFIX/var"
  "$root/bench/configuration/generate.sh" explicit "$1" "$MON_PREFIX/etc" "/bin/mkdir $work/first"
  shift
  printf '%s\n' "cfg_file=$MON_PREFIX/etc/objects.cfg" "command_file=$pipe" interval_length=1 log_external_commands=0 \
    "log_file=$log" "$@" >"$MON_PREFIX/etc/naemon.cfg"
}
# feed HOSTS RATE SECONDS: results of one service after the other, in tenths of a second; RATE 0 is one for each, at once
feed() {
  python3 - "$pipe" "$@" <<'PYTHON'
import sys, time
path, hosts, rate, seconds = sys.argv[1], *map(int, sys.argv[2:5])
pipe = open(path, "w")
services, at = hosts * 10, 0
count = rate * seconds if rate else services
step = rate // 10 if rate else services
began = time.monotonic()
for first in range(0, count, step):
    now = int(time.time())
    for n in range(first, min(first + step, count)):
        s = n % services
        state = (n // services + n) % 50 == 0 and 2 or 0
        pipe.write(f"[{now}] PROCESS_SERVICE_CHECK_RESULT;host{s // 10};svc{s % 10};{state};result {n}\n")
    pipe.flush()
    if rate:
        time.sleep(max(0, began + (first + step) / rate - time.monotonic()))
PYTHON
}
taken() { until (($(grep -c 'PASSIVE SERVICE CHECK' "$log") >= $1)); do sleep 0.2; done; }

configure 1000 execute_service_checks=0 execute_host_checks=0
"$work/bin/mon" start >/dev/null
for _ in 1 2; do
  dotnet "$root/bench/Compeer.Benchmarks/bin/Release/net10.0/Compeer.Benchmarks.dll" commands "$MON_PREFIX/var/rw/nagios.qh" 32 5
done
"$work/bin/mon" stop >/dev/null

configure 10000 execute_service_checks=0 execute_host_checks=0
"$work/bin/mon" start >/dev/null
feed 10000 0 0
taken 100000
"$work/bin/mon" stop >/dev/null
sed -i '/^execute_/d' "$MON_PREFIX/etc/naemon.cfg"
sed -i -E 's/^( *check_interval).*/\1 5/' "$MON_PREFIX/etc/objects.cfg"
sleep 5 # by then all of them are overdue
for _ in 1 2 3 4 5; do
  rm -rf "$work/first"
  began=$(date +%s%N)
  "$work/bin/mond" >/dev/null 2>&1 &
  until [[ -d $work/first ]]; do sleep 0.002; done
  awk -v a="$began" -v b="$(stat -c %.9W "$work/first" | tr -d .)" 'BEGIN { printf "%.0f\n", (b - a) / 1000000 }' >>"$work/starts"
  kill $!
  wait $! || true
done
printf '100,000 stored states: first check after %s ms (median of 5)\n' "$(sort -n "$work/starts" | sed -n 3p)"

configure "$hosts" execute_service_checks=0 execute_host_checks=0
export PAUSES_FILE=$work/pauses DOTNET_STARTUP_HOOKS=$root/bench/Compeer.Pauses/bin/Release/net10.0/Compeer.Pauses.dll
"$work/bin/mond" >/dev/null 2>&1 &
pid=$!
trap 'kill -KILL $pid 2>/dev/null; wait $pid 2>/dev/null; stop' EXIT
unset DOTNET_STARTUP_HOOKS
until grep -qs 'successfully initialized' "$log"; do sleep 0.2; done
feed "$hosts" 0 0
taken $((hosts * 10))
: >"$work/pauses"
feed "$hosts" "$rate" "$seconds"
taken $((hosts * 10 + rate * seconds))
sort -g "$work/pauses" | awk -v rate="$rate" '{ v[NR] = $1; all += $1 } END {
  printf "%d results a second: %d pauses, median %.1f ms, longest %.1f ms, in all %.0f ms\n", rate, NR, v[int((NR + 1) / 2)], v[NR], all }'
awk '/VmHWM/ { printf "memory at most %.2f GiB", $2 / 1048576 } /VmRSS/ { printf ", at the end %.2f GiB\n", $2 / 1048576 }' "/proc/$pid/status"
