#!/usr/bin/env bash
# Passive results a second: through the command pipe into mond and into nagios4, in turns, and through NSCA into mond beside a server
# that takes packets and does nothing with them. None may be lost: the log's lines are counted.
#
#   bench/passive/run.sh [RESULTS [ROUNDS]]     default 200000 3
#
# The targets are 20,000 a second through the pipe and 5,000 through NSCA (method 1; two senders). With method 14 the sender's own
# encryption is slower than that.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
results=${1:-200000}
rounds=${2:-3}
services=1000
port=15667

for program in nagios4 send_nsca python3; do
  command -v "$program" >/dev/null || { echo "$program is needed" >&2; exit 1; }
done
work=$(mktemp -d)
export MON_PREFIX=$work/node
nagios=
sink=
stop() {
  [[ -z $nagios ]] || kill "$nagios" 2>/dev/null || true
  [[ -z $sink ]] || kill "$sink" 2>/dev/null || true
  "$work/bin/mon" stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM
"$root/eng/publish.sh" "$work" >/dev/null

mkdir -p "$MON_PREFIX/etc" "$MON_PREFIX/var/rw" "$work/nagios/spool"
{
  printf 'define command {\n  command_name never\n  command_line /bin/true\n}\n'
  printf 'define timeperiod {\n  timeperiod_name always\n  alias always\n}\n'
  printf 'define contact {\n  contact_name c\n  host_notification_period always\n  service_notification_period always\n'
  printf '  host_notification_commands never\n  service_notification_commands never\n}\n'
  printf 'define host {\n  host_name h\n  address 127.0.0.1\n  max_check_attempts 3\n  contacts c\n  active_checks_enabled 0\n}\n'
  for ((i = 0; i < services; i++)); do
    printf 'define service {\n  host_name h\n  service_description s%d\n  check_command never\n  active_checks_enabled 0\n' "$i"
    printf '  max_check_attempts 3\n  contacts c\n}\n'
  done
} >"$MON_PREFIX/etc/objects.cfg"
cp "$MON_PREFIX/etc/objects.cfg" "$work/nagios/objects.cfg"
common=$'cfg_file=objects.cfg\ncheck_external_commands=1\nlog_external_commands=0\nlog_passive_checks=1\nuse_syslog=0\n'
printf '%scommand_file=%s/var/rw/naemon.cmd\n' "$common" "$MON_PREFIX" >"$MON_PREFIX/etc/naemon.cfg"
printf 'server_port=%d\npassword=secret\ndecryption_method=1\nmax_packet_age=900\n' "$port" >"$MON_PREFIX/etc/nsca.cfg"
{
  printf '%scommand_file=%s/nagios.cmd\nlog_file=%s/nagios.log\nstatus_file=%s/status.dat\n' "$common" "$work/nagios"{,,}
  printf 'lock_file=%s/lock\ntemp_file=%s/tmp\ntemp_path=%s\ncheck_result_path=%s/spool\n' "$work/nagios"{,,,}
  printf 'object_cache_file=%s/objects.cache\nstate_retention_file=%s/retention.dat\nquery_socket=%s/nagios.qh\n' "$work/nagios"{,,}
  printf 'nagios_user=%s\nnagios_group=%s\n' "$(id -un)" "$(id -gn)"
} >"$work/nagios/nagios.cfg"

awk -v n="$results" -v services="$services" 'BEGIN { for (i = 0; i < n; i++)
  printf "[1700000000] PROCESS_SERVICE_CHECK_RESULT;h;s%d;0;fine as ever|time=0.01s\n", i % services }' >"$work/commands"
awk -v n="$((results / 8))" -v services="$services" 'BEGIN { for (i = 0; i < n; i++)
  printf "h\ts%d\t0\tfine as ever|time=0.01s\n\027", i % services }' >"$work/packets"

taken() { grep -c 'PASSIVE SERVICE CHECK' "$1" || true; }
# measure NAME LOG EXPECTED COMMAND...: how long until the log has that many more
measure() {
  local name=$1 log=$2 expected=$3 before began now
  shift 3
  before=$(taken "$log")
  began=$(date +%s%N)
  "$@"
  while now=$(taken "$log"); ((now - before < expected)); do
    if (($(date +%s%N) - began > 120000000000)); then
      echo "$name: $((expected - now + before)) of $expected results are lost" >&2
      exit 1
    fi
    sleep 0.1
  done
  awk -v name="$name" -v n="$expected" -v ns="$(($(date +%s%N) - began))" 'BEGIN { printf "%-28s %9.0f results/s\n", name, n * 1e9 / ns }'
}
into_pipe() { cat "$work/commands" >"$1"; }
by_nsca() {
  local method=$1 to=$2
  printf 'password=secret\nencryption_method=%d\n' "$method" >"$work/send_nsca.cfg"
  send_nsca -H 127.0.0.1 -p "$to" -c "$work/send_nsca.cfg" <"$work/packets" >/dev/null &
  send_nsca -H 127.0.0.1 -p "$to" -c "$work/send_nsca.cfg" <"$work/packets" >/dev/null
  wait $!
}
sink() {
  exec python3 - "$((port + 1))" <<'PYTHON'
import socket, sys, threading, time
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
def serve(client):
    client.sendall(bytes(128) + int(time.time()).to_bytes(4, "big"))
    while client.recv(1 << 16):
        pass
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
PYTHON
}

"$work/bin/mon" start
nagios4 "$work/nagios/nagios.cfg" >/dev/null 2>&1 &
nagios=$!
sink &
sink=$!
sleep 5
log=$MON_PREFIX/var/naemon.log
for ((round = 0; round < rounds; round++)); do
  measure "mond, pipe" "$log" "$results" into_pipe "$MON_PREFIX/var/rw/naemon.cmd"
  measure "nagios4, pipe" "$work/nagios/nagios.log" "$results" into_pipe "$work/nagios/nagios.cmd"
  measure "mond, nsca" "$log" "$((2 * (results / 8)))" by_nsca 1 "$port"
  began=$(date +%s%N)
  by_nsca 1 "$((port + 1))"
  awk -v n="$((2 * (results / 8)))" -v ns="$(($(date +%s%N) - began))" \
    'BEGIN { printf "%-28s %9.0f results/s\n", "nothing, nsca", n * 1e9 / ns }'
done
