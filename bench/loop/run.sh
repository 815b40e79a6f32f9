#!/usr/bin/env bash
# How many results a second one core takes through the loop of a daemon with many services, while snapshots are published and states are
# written: mond and nagios4 in turns, each alone on one processor, fed with the same results at the same rate from another. Counted is
# the processor time of each for a result, which other work on the machine changes little, and whether all were taken as they came.
#
#   bench/loop/run.sh [HOSTS [RATE [SECONDS]]]     default 10000 hosts with 100,000 services, 10000 results a second, 30 seconds
#
# mond answers a question of livestatus, which is a new snapshot, ten times a second, has its states in its database within a second and
# its lines in the log; nagios4 has only the log. Every fiftieth result changes a state. The target is that mond takes 10,000 a second.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
hosts=${1:-10000}
rate=${2:-10000}
seconds=${3:-30}
for program in nagios4 python3 taskset; do
  command -v "$program" >/dev/null || { echo "$program is needed" >&2; exit 1; }
done
(($(nproc) > 1)) || { echo "two processors are needed" >&2; exit 1; }

work=$(mktemp -d)
export MON_PREFIX=$work/node
pid=
stop() {
  [[ -z $pid ]] || { kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; } || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM
"$root/eng/publish.sh" "$work" >/dev/null

mkdir -p "$MON_PREFIX/etc" "$MON_PREFIX/var" "$work/nagios/spool"
"$root/bench/configuration/generate.sh" explicit "$hosts" "$MON_PREFIX/etc" /bin/true
common="cfg_file=$MON_PREFIX/etc/objects.cfg
execute_service_checks=0
execute_host_checks=0
check_external_commands=1
log_external_commands=0
log_passive_checks=1
use_syslog=0"
printf '%s\ncommand_file=%s/var/rw/naemon.cmd\nlog_file=%s/var/naemon.log\n' "$common" "$MON_PREFIX"{,} >"$MON_PREFIX/etc/naemon.cfg"
{
  printf '%s\ncommand_file=%s/nagios.cmd\nlog_file=%s/nagios.log\nstatus_file=%s/status.dat\n' "$common" "$work/nagios"{,,}
  printf 'lock_file=%s/lock\ntemp_file=%s/tmp\ntemp_path=%s\ncheck_result_path=%s/spool\n' "$work/nagios"{,,,}
  printf 'object_cache_file=%s/objects.cache\nstate_retention_file=%s/retention.dat\nquery_socket=%s/nagios.qh\n' "$work/nagios"{,,}
  printf 'nagios_user=%s\nnagios_group=%s\n' "$(id -un)" "$(id -gn)"
} >"$work/nagios/nagios.cfg"

# feed NAME PID PIPE LOG SOCKET: feeds one result of each service, so that all is warm, and then measures
feed() {
  taskset -c 1 python3 - "$@" "$hosts" "$rate" "$seconds" <<'PYTHON'
import os, socket, sys, threading, time
name, pid, path, log, live = sys.argv[1], *sys.argv[2:6]
hosts, rate, seconds = map(int, sys.argv[6:9])
services = hosts * 10
tick = os.sysconf("SC_CLK_TCK")

def used():
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / tick

class Log:
    """Counts the results in it, reading on where it was."""
    def __init__(self):
        self.file, self.taken, self.rest = open(log, "rb"), 0, b""
    def count(self):
        while block := self.file.read(1 << 20):
            block = self.rest + block
            end = block.rfind(b"\n") + 1
            self.taken += block.count(b"PASSIVE SERVICE CHECK: ", 0, end)
            self.rest = block[end:]
        return self.taken

asked, answered, ends = 0, 0, False
def ask():
    global asked, answered
    while not ends:
        asked += 1
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(live)
            client.sendall(b"GET services\nStats: state = 0\nStats: state = 2\n\n")
            client.shutdown(socket.SHUT_WR)
            text = b""
            while part := client.recv(4096):
                text += part
        answered += sum(int(n) for n in text.split(b";")) > 0
        time.sleep(0.1)

pipe, lines = open(path, "w"), Log()
def send(first, last):
    now = int(time.time())
    for n in range(first, last):
        s = n % services
        state = 2 if (n // services + n) % 50 == 0 else 0
        pipe.write(f"[{now}] PROCESS_SERVICE_CHECK_RESULT;host{s // 10};svc{s % 10};{state};result {n}|time=0.01s\n")
    pipe.flush()
def until(count, patience):
    end = time.monotonic() + patience
    while lines.count() < count:
        if time.monotonic() > end:
            sys.exit(f"{name}: {count - lines.taken} of {count} results are lost")
        time.sleep(0.05)

send(0, services)
until(services, 120)
time.sleep(5)
asking = threading.Thread(target=ask)
if live:
    asking.start()
count, step, behind = rate * seconds, rate // 20, 0
cpu, began = used(), time.monotonic()
for first in range(0, count, step):
    send(services + first, services + first + step)
    time.sleep(max(0, began + (first + step) / rate - time.monotonic()))
    behind = max(behind, first + step - (lines.count() - services))
fed = time.monotonic() - began
until(services + count, 120)
whole = time.monotonic() - began
time.sleep(2)
cpu = used() - cpu
ends = True
if live:
    asking.join()
print(f"{name:8} {count / fed:7.0f} results a second fed, {count / whole:7.0f} taken, at most {behind / rate:.2f} s behind: "
      f"{cpu / count * 1e6:6.1f} us each, {cpu / whole:.2f} of a core" + (f", {answered} of {asked} questions answered" if live else ""))
sys.exit(0 if answered == asked else f"{name}: questions were not answered")
PYTHON
}

for _ in 1 2; do
  rm -f "$MON_PREFIX/var/retention.db"* "$MON_PREFIX/var/naemon.log"
  taskset -c 0 "$work/bin/mond" >/dev/null 2>&1 &
  pid=$!
  until [[ -p $MON_PREFIX/var/rw/naemon.cmd && -S $MON_PREFIX/var/rw/live ]]; do sleep 0.2; done
  feed mond "$pid" "$MON_PREFIX/var/rw/naemon.cmd" "$MON_PREFIX/var/naemon.log" "$MON_PREFIX/var/rw/live"
  kill "$pid"
  wait "$pid" || true
  rm -f "$work/nagios/nagios.log" "$work/nagios/retention.dat"
  taskset -c 0 nagios4 "$work/nagios/nagios.cfg" >/dev/null 2>&1 &
  pid=$!
  until [[ -p $work/nagios/nagios.cmd ]]; do sleep 0.2; done
  feed nagios4 "$pid" "$work/nagios/nagios.cmd" "$work/nagios/nagios.log" ""
  kill "$pid"
  wait "$pid" || true
  pid=
done
