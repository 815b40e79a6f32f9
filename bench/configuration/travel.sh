#!/usr/bin/env bash
# How long a change made at one of three peers takes until all run it, what travels for it, and how late checks begin meanwhile.
#
#   bench/configuration/travel.sh [HOSTS [INTERVAL [restart|reload]]]    default 1000 hosts with 10,000 services, 120 s, restart
#
# The configuration has a file for each 50 hosts; the change is one more service in one of them. Seconds are from the command to the
# moment at which all three are active and run it. Late is the longest of a check that began in the 15 s before the change, and from
# the change to 15 s after it was taken up. BIN is a folder with mond and mon built already; uses port 15551 of 127.0.9.11 to .13.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
hosts=${1:-1000}
interval=${2:-120}
how=${3:-restart}
plugin=/usr/lib/nagios/plugins/check_dummy
bin=${BIN:-}
nodes=(a b c)

work=$(mktemp -d)
stop() {
  local node
  for node in "${nodes[@]}"; do MON_PREFIX=$work/$node "$bin/mon" stop >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

[[ -x $plugin ]] || { echo "monitoring-plugins-basic is needed" >&2; exit 1; }
if [[ -z $bin ]]; then
  "$root/eng/publish.sh" "$work" >/dev/null
  bin=$work/bin
fi

mon() { MON_PREFIX=$work/$1 "$bin/mon" "${@:2}"; }
ask() { curl -s --max-time 20 --unix-socket "$work/$1/var/rw/mond.sock" "http://localhost$2"; }
configure() { # NODE ADDRESS
  local folder=$work/$1
  mkdir -p "$folder/etc/objects" "$folder/var" "$folder/op5/merlin"
  printf 'daemon {\n  address = %s\n}\n' "$2" >"$folder/op5/merlin/merlin.conf"
  printf 'cfg_dir=objects\ninterval_length=1\nuse_syslog=0\n' >"$folder/etc/naemon.cfg"
  cp "$work"/files/* "$folder/etc/objects/"
}
split() { # into a file for each 50 hosts, each with the services of its hosts; what comes before the first stays together
  mkdir -p "$work/files"
  sed -E "s/^( *check_interval +)60$/\1$interval/" "$work/made/objects.cfg" | awk -v folder="$work/files" '
    BEGIN { file = folder "/0000.cfg" }
    { lines = lines $0 "\n" }
    /^define host / { isHost = 1 }
    /host_name +host/ && isHost { if (number++ % 50 == 0) { close(file); file = sprintf("%s/%04d.cfg", folder, ++files) } }
    /^}/ { printf "%s", lines >file; lines = ""; isHost = 0 }'
}
bytes() { # sent by a node over its links
  ask "$1" /metrics | awk '$1 == "compeer_link_bytes_total{direction=\"sent\"}" { printf "%d", $2 }'
}
in_step() { # HASH-BEFORE: whether all run one configuration that is another one, and all see three active nodes
  local node hashes=() view
  for node in "${nodes[@]}"; do
    view=$(ask "$node" /api/v1/nodes) || return 1
    [[ $(grep -o '"state":"active"' <<<"$view" | wc -l) == 3 ]] || return 1
    hashes+=("$(grep -o '"configurationHash":"[0-9a-f]*"' <<<"$view" | sort -u)")
  done
  [[ $(printf '%s\n' "${hashes[@]}" | sort -u | wc -l) == 1 && ${hashes[0]} != "$1" ]]
}
until_in_step() {
  local tries
  for ((tries = 0; ; tries++)); do
    ! in_step "$1" || return 0
    ((tries < 1200)) || { echo "the peers do not agree" >&2; exit 1; }
    sleep 0.05
  done
}
late() { # FROM TO: the longest lateness of a check that began then, milliseconds, and how many there were
  ask a /api/v1/services | awk -v RS='},[{]' -v from="$1" -v to="$2" '
    match($0, /"lastCheck":"[^"]*"/) {
      at = substr($0, RSTART + 13, 23)
      if (at < from || at > to || !match($0, /"latencySeconds":[-0-9.eE]*/)) next
      seconds = substr($0, RSTART + 17, RLENGTH - 17); number++
      if (seconds > most) most = seconds
    }
    END { printf "%d ms of %d checks", most * 1000, number }'
}
utc() { date -u +%Y-%m-%dT%H:%M:%S.%3N; }

"$root/bench/configuration/generate.sh" explicit "$hosts" "$work/made" "$plugin 0 ok"
split
address=11
for node in "${nodes[@]}"; do configure "$node" "127.0.9.$((address++))"; mon "$node" node key >"$work/$node.pub"; done
for node in "${nodes[@]}"; do
  address=11
  for other in "${nodes[@]}"; do
    if [[ $node != "$other" ]]; then
      cp "$work/$other.pub" "$work/$node/op5/merlin/"
      mon "$node" node add "$other" type=peer "address=127.0.9.$address" "publickey=$other.pub" >/dev/null 2>&1
    fi
    address=$((address + 1))
  done
done
for node in "${nodes[@]}"; do mon "$node" start >/dev/null 2>&1; done
until_in_step ""
sleep "${WARM:-30}"

before=$(ask a /api/v1/nodes | grep -o '"configurationHash":"[0-9a-f]*"' | sort -u)
printf 'define service {\n  use generic-service\n  host_name host0\n  service_description added\n}\n' >>"$work/a/etc/objects/0001.cfg"
sent=$(($(bytes a) + $(bytes b) + $(bytes c)))
[[ $how == reload ]] || sent=$(($(bytes b) + $(bytes c)))
quiet=$(date -u -d '-15 seconds' +%Y-%m-%dT%H:%M:%S.%3N)
from=$(utc)
began=$(date +%s.%N)
mon a "$how" >/dev/null 2>&1
until_in_step "$before"
ended=$(date +%s.%N)
travelled=$(($(bytes a) + $(bytes b) + $(bytes c) - sent))
sleep 15
printf '%s services in %s files of %s bytes, load %s\n' "$((hosts * 10))" "$(find "$work/files" -type f | wc -l)" \
  "$(cat "$work"/files/* | wc -c)" "$(cut -d' ' -f1 /proc/loadavg)"
printf '%s at one, run by all after %s s; %d bytes sent meanwhile by all three, checks included\n' "$how" \
  "$(awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.2f", b - a }')" "$travelled"
printf 'late before: %s; during: %s\n' "$(late "$quiet" "$from")" "$(late "$from" "$(utc)")"
