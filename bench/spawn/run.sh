#!/bin/sh
# Plugin starts per second and CPU per check: Compeer's plugin runner beside a C program doing the same, alternately.
#   bench/spawn/run.sh [COUNT [CONCURRENCY [ROUNDS]]]      default 2000 8 5; PLUGIN="command line" for another plugin
# The last line is the ratio of the medians of total CPU per check; the target is at most 1.15.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
count=${1:-2000}
concurrency=${2:-8}
rounds=${3:-5}
plugin=${PLUGIN:-/usr/lib/nagios/plugins/check_dummy 0 ok}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

dotnet build -c Release -v quiet --nologo "$here/../Compeer.Spawn" >"$work/build" || { cat "$work/build" >&2; exit 1; }
ours="$here/../Compeer.Spawn/bin/Release/net10.0/Compeer.Spawn"
with_c=
if command -v cc >/dev/null; then
  cc -O2 -Wall -o "$work/spawn" "$here/spawn.c"
  with_c=yes
else
  echo "no C compiler (cc): only Compeer is measured" >&2
fi

printf '%-8s %7s %4s %9s %8s %8s %8s %8s\n' who checks conc checks/s own_us child_us total_us bytes
round=0
while [ "$round" -lt "$rounds" ]; do
  # shellcheck disable=SC2086 # the plugin's command line is meant to be split
  if [ -n "$with_c" ]; then "$work/spawn" "$count" "$concurrency" $plugin | tee -a "$work/c"; fi
  # shellcheck disable=SC2086
  "$ours" "$count" "$concurrency" $plugin | tee -a "$work/ours"
  round=$((round + 1))
done

# median FILE COLUMN
median() { sort -n -k "$2,$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }
if [ -n "$with_c" ]; then
  awk -v our_cpu="$(median "$work/ours" 7)" -v c_cpu="$(median "$work/c" 7)" -v our_rate="$(median "$work/ours" 4)" \
      -v c_rate="$(median "$work/c" 4)" 'BEGIN { printf "medians: total CPU %.1f / %.1f us = %.3f of C; checks/s %.1f / %.1f = %.3f of C\n",
      our_cpu, c_cpu, our_cpu / c_cpu, our_rate, c_rate, our_rate / c_rate }'
fi
