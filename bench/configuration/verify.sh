#!/usr/bin/env bash
# Whole verifications, mond --verify and nagios4 -v in turns: wall time, CPU time and peak memory, medians and ratios.
#
#   bench/configuration/verify.sh [ROUNDS [STYLE:HOSTS …]]     default 5, and the table of bench/README.md
#
# Ten services a host. A host number with a minus (explicit:-100000) is for mond alone.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rounds=${1:-5}
shift || true
if (($# == 0)); then
  set -- explicit:100 explicit:1000 explicit:10000 explicit:-100000 hostgroup:10000 hostgroup:-100000 site:10000 site:-100000
fi
nagios=$(command -v nagios4 || echo /usr/sbin/nagios4)
[[ -x $nagios && -x /usr/bin/time ]] || { echo "nagios4-core and time are needed (Debian packages)" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
"$root/eng/publish.sh" "$work" >/dev/null

run() { # name file command…: a line "wall cpu memory"
  local name=$1 status=0
  shift
  /usr/bin/time -q -o "$work/time" -f '%e %U %S %M' "$@" >"$work/out" 2>&1 || status=$?
  grep -q 'Total Errors: *0' "$work/out" || { echo "$name failed ($status):" >&2; tail -n 5 "$work/out" >&2; exit 1; }
  awk '{ print $1, $2 + $3, $4 / 1024 }' "$work/time" >>"$work/$name"
}
median() { awk -v c="$2" '{ print $c }' "$work/$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

printf '%-18s %9s  %22s  %22s  %20s\n' '' services 'mond: s, CPU s, MB' 'nagios4: s, CPU s, MB' 'ratio: s, CPU, MB'
for what in "$@"; do
  style=${what%:*} hosts=${what#*:}
  alone=
  [[ $hosts != -* ]] || { alone=yes hosts=${hosts#-}; }
  "$root/bench/configuration/generate.sh" "$style" "$hosts" "$work/configuration"
  rm -f "$work/mond" "$work/nagios4"
  for ((round = 0; round <= rounds; round++)); do
    run mond "$work/bin/mond" --verify "$work/configuration/main.cfg"
    [[ -n $alone ]] || run nagios4 "$nagios" -v "$work/configuration/main.cfg"
    # The first fills the page cache.
    ((round > 0)) || rm -f "$work/mond" "$work/nagios4"
  done
  read -r -a ours <<<"$(median mond 1) $(median mond 2) $(median mond 3)"
  if [[ -n $alone ]]; then
    printf '%-18s %9d  %7.2f %7.2f %6.0f\n' "$style" $((hosts * 10)) "${ours[@]}"
  else
    read -r -a theirs <<<"$(median nagios4 1) $(median nagios4 2) $(median nagios4 3)"
    awk -v style="$style" -v n=$((hosts * 10)) -v a="${ours[*]}" -v b="${theirs[*]}" 'BEGIN {
      split(a, x, " "); split(b, y, " ")
      printf "%-18s %9d  %7.2f %7.2f %6.0f  %7.2f %7.2f %6.0f ", style, n, x[1], x[2], x[3], y[1], y[2], y[3]
      for (i = 1; i <= 3; i++) printf " %6s", (y[i] > 0 ? sprintf("%.2f", x[i] / y[i]) : "-")
      print "" }'
  fi
done
