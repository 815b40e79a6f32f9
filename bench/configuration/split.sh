#!/usr/bin/env bash
# The parts that pollers get, mond --split beside mond --verify of the same configuration: wall time and CPU time, medians. The
# difference is what it costs to make the parts and write them.
#
#   bench/configuration/split.sh [ROUNDS [STYLE:HOSTS …]]     default 5, and 10000 hosts of each style
#
# Ten services a host. All hosts go to one poller, and a twentieth of them to a second.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rounds=${1:-5}
shift || true
if (($# == 0)); then
  set -- explicit:10000 hostgroup:10000 site:10000
fi
[[ -x /usr/bin/time ]] || { echo "time is needed (Debian package)" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
"$root/eng/publish.sh" "$work" >/dev/null
export MON_PREFIX=$work/prefix
mkdir -p "$MON_PREFIX/etc" "$MON_PREFIX/op5/merlin"
printf 'poller far {\n hostgroup = all\n}\npoller near {\n hostgroup = group0\n}\n' >"$MON_PREFIX/op5/merlin/merlin.conf"

run() { # name mode…: a line "wall cpu"
  local name=$1
  shift
  /usr/bin/time -q -o "$work/time" -f '%e %U %S' "$work/bin/mond" "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
  awk '{ print $1, $2 + $3 }' "$work/time" >>"$work/$name"
}
median() { awk -v c="$2" '{ print $c }' "$work/$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

printf '%-18s %9s  %16s  %16s  %10s  %s\n' '' services '--verify: s, CPU' '--split: s, CPU' difference files
for what in "$@"; do
  style=${what%:*} hosts=${what#*:}
  "$root/bench/configuration/generate.sh" "$style" "$hosts" "$work/configuration"
  cp "$work/configuration/main.cfg" "$MON_PREFIX/etc/naemon.cfg"
  rm -f "$work/verify" "$work/split"
  for ((round = 0; round <= rounds; round++)); do
    run verify --verify
    run split --split
    ((round > 0)) || rm -f "$work/verify" "$work/split"
  done
  read -r v vc s sc <<<"$(median verify 1) $(median verify 2) $(median split 1) $(median split 2)"
  printf '%-18s %9d  %8.2f %7.2f  %8.2f %7.2f  %10.2f  %s\n' "$what" $((hosts * 10)) "$v" "$vc" "$s" "$sc" \
    "$(awk -v a="$s" -v b="$v" 'BEGIN { print a - b }')" "$(du -h -c "$MON_PREFIX"/var/cache/config/*.cfg | tail -n 1 | cut -f 1)"
done
