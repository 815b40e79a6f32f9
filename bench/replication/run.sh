#!/usr/bin/env bash
# What sharing costs: three peers that share the checks beside one node that runs them all, with one that runs a third of them and
# shares nothing, and two peers whose link carries nothing.
#
#   bench/replication/run.sh [CHECKS [SECONDS [ROUNDS]]]     default 500 10 3; CHECKS a second; uses port 15551 of 127.0.9.1 to .7
#
# own_us is the CPU of the daemons themselves for each check, user and system, without the plugins. The last lines are the medians:
# the targets are at most 1.6 times for the three, and under 1 % of a core for each of the two. THREADS=1 shows
# where it goes, WARM the seconds before the first measurement, BIN a folder with mond and mon built already.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
checks=${1:-500}
seconds=${2:-10}
rounds=${3:-3}
plugin=/usr/lib/nagios/plugins/check_dummy
bin=${BIN:-}
tick=$(getconf CLK_TCK)

work=$(mktemp -d)
declare -A pid=()
stop() {
  local each
  for each in "${!pid[@]}"; do MON_PREFIX=$work/$each "$bin/mon" stop >/dev/null 2>&1 || kill -KILL "${pid[$each]}" 2>/dev/null || true; done
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

[[ -x $plugin ]] || { echo "monitoring-plugins-basic is needed" >&2; exit 1; }
if [[ -z $bin ]]; then
  "$root/eng/publish.sh" "$work" >/dev/null
  bin=$work/bin
fi

configure() { # NODE ADDRESS CHECKS: that many services, each checked once a second; 0 gives 500 that are never checked
  local folder=$work/$1 count=$3 active=1 i
  ((count)) || { count=500 active=0; }
  mkdir -p "$folder/etc" "$folder/var" "$folder/op5/merlin"
  printf 'daemon {\n  address = %s\n}\n' "$2" >"$folder/op5/merlin/merlin.conf"
  printf 'cfg_file=%s/etc/objects.cfg\ninterval_length=1\nuse_syslog=0\n' "$folder" >"$folder/etc/naemon.cfg"
  {
    printf 'define command {\n  command_name probe\n  command_line %s 0 ok\n}\n' "$plugin"
    for ((i = 0; i < count; i++)); do
      if ((i % 10 == 0)); then
        printf 'define host {\n  host_name host%d\n  address 127.0.0.1\n  max_check_attempts 3\n}\n' "$((i / 10))"
      fi
      printf 'define service {\n  host_name host%d\n  service_description svc%d\n  check_command probe\n' "$((i / 10))" "$i"
      printf '  check_interval 1\n  retry_interval 1\n  max_check_attempts 3\n  active_checks_enabled %d\n}\n' "$active"
    done
  } >"$folder/etc/objects.cfg"
}
mon() { MON_PREFIX=$work/$1 "$bin/mon" "${@:2}"; }
introduce() { # NODE=ADDRESS…: each is a peer of each
  local one other
  for one in "$@"; do mon "${one%=*}" node key >"$work/${one%=*}.pub"; done
  for one in "$@"; do
    for other in "$@"; do
      [[ $one != "$other" ]] || continue
      cp "$work/${other%=*}.pub" "$work/${one%=*}/op5/merlin/"
      mon "${one%=*}" node add "${other%=*}" type=peer "address=${other#*=}" "publickey=${other%=*}.pub" >/dev/null 2>&1
    done
  done
}
start() { mon "$1" start >/dev/null 2>&1; pid[$1]=$(<"$work/$1/var/mond.pid"); }
metric() { # NODE NAME
  curl -s --max-time 5 --unix-socket "$work/$1/var/rw/mond.sock" http://localhost/metrics \
    | awk -v name="$2" '$1 == name { print $2 }'
}
until_members() { # COUNT NODE…
  local node tries
  for node in "${@:2}"; do
    for ((tries = 0; $(metric "$node" compeer_cluster_members) != $1; tries++)); do
      ((tries < 600)) || { echo "$node did not find its peers within a minute" >&2; exit 1; }
      sleep 0.1
    done
  done
}
# Looking costs, so it is done outside of what is measured: counters before the first ticks and after the last.
counters() { # a line each: checks, frames, writes and bytes sent, and when that was
  local node
  for node in "$@"; do
    curl -s --max-time 5 --unix-socket "$work/$node/var/rw/mond.sock" http://localhost/metrics | awk '
      $1 ~ /^compeer_checks_completed_total/ { checks += $2 }
      $1 == "compeer_link_frames_total{direction=\"sent\"}" { frames = $2 }
      $1 == "compeer_link_batches_total{direction=\"sent\"}" { writes = $2 }
      $1 == "compeer_link_bytes_total{direction=\"sent\"}" { bytes = $2 }
      END { printf "%d %d %d %d ", checks, frames, writes, bytes }'
    date +%s.%N
  done
}
ticks() { # a line each: ticks of its own, of its plugins, and context switches
  local node id
  for node in "$@"; do
    id=${pid[$node]}
    printf '%s %s\n' "$(sed 's/.*) //' "/proc/$id/stat" | awk '{ print $12 + $13, $14 + $15 }')" \
      "$(cat "/proc/$id"/task/*/status 2>/dev/null | awk '/ctxt_switches/ { sum += $2 } END { print sum }')"
  done
}
threads() { # by name, ticks of the first node
  local task
  for task in "/proc/${pid[$1]}"/task/*/stat; do
    sed 's/^[0-9]* (\(.*\)) /\1|/' "$task" 2>/dev/null | awk -F'|' '{ split($2, f, " "); print $1 "|" f[12] + f[13] }'
  done | awk -F'|' '{ sum[$1] += $2 } END { for (name in sum) print name "|" sum[name] }' | sort
}
measure() { # WHO NODE…: prints a line and leaves own_us, or percent of a core when nothing is checked, in $work/result.WHO
  local who=$1 counters_before before after
  shift
  counters_before=$(counters "$@")
  sleep 1
  [[ -z ${THREADS:-} ]] || threads "$1" >"$work/threads"
  before=$(ticks "$@")
  sleep "$seconds"
  after=$(ticks "$@")
  paste -d' ' <(echo "$before") <(echo "$counters_before") <(echo "$after") <(counters "$@") | awk -v who="$who" -v tick="$tick" -v s="$seconds" '
    {
      own += $9 - $1; child += $10 - $2; switches += $11 - $3
      part = s / ($16 - $8) # counted longer than measured
      checks += ($12 - $4) * part; frames += ($13 - $5) * part; writes += ($14 - $6) * part; bytes += ($15 - $7) * part
    }
    END {
      us = checks ? 1000000 / tick / checks : 0
      printf "%-8s %8.1f %8.1f %8.1f %9.2f %9.0f %9.1f %9.1f %9.1f\n",
        who, checks / s, own * us, child * us, own / tick / s / NR * 100, switches / s / NR, frames / s / NR, writes / s / NR, bytes / s / NR / 1000
    }' | tee -a "$work/result.$who"
  if [[ -n ${THREADS:-} ]]; then
    join -t'|' -j1 "$work/threads" <(threads "$1") | awk -F'|' -v tick="$tick" -v s="$seconds" \
      '$3 > $2 { printf "         %-24s %6.2f %% of a core\n", $1, ($3 - $2) * 100 / tick / s }'
  fi
}

trio=(one two three)
pair=(left right)
configure alone 127.0.9.6 "$checks"
configure third 127.0.9.7 $((checks / 3))
for node in 1 2 3; do configure "${trio[node - 1]}" "127.0.9.$node" "$checks"; done
for node in 4 5; do configure "${pair[node - 4]}" "127.0.9.$node" 0; done
introduce one=127.0.9.1 two=127.0.9.2 three=127.0.9.3
introduce left=127.0.9.4 right=127.0.9.5

# One after the other, each from its own start: stopped and continued ones would run all that became due meanwhile at once, and go
# on in step for ever after, which is cheaper than a daemon at work.
run() { # WHO NODE…
  local who=$1 node round
  shift
  for node in "$@"; do start "$node"; done
  if (($# > 1)); then until_members $# "$@"; fi
  sleep "${WARM:-45}" # the just-in-time compiler has its say first, which takes long where little happens
  for ((round = 0; round < rounds; round++)); do measure "$who" "$@"; done
  for node in "$@"; do
    mon "$node" stop >/dev/null 2>&1
    unset "pid[$node]"
  done
}

printf '%-8s %8s %8s %8s %9s %9s %9s %9s %9s\n' '' '' '' '' 'of a core' "each node, a second:" '' '' ''
printf '%-8s %8s %8s %8s %9s %9s %9s %9s %9s\n' who checks/s own_us child_us percent switches frames writes kB
run alone alone
run third third
run trio "${trio[@]}"
run pair "${pair[@]}"

median() { awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
awk -v trio="$(median "$work/result.trio" 3)" -v alone="$(median "$work/result.alone" 3)" -v idle="$(median "$work/result.pair" 5)" \
  'BEGIN { printf "medians: own CPU of a check %.1f us by three, %.1f us by one = %.2f times\nan idle link: %.2f %% of a core at each end\n", trio, alone, trio / alone, idle }'
