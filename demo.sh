#!/usr/bin/env bash
# Three peers on this machine share real checks; a host fails and somebody is told once; the peer that told is killed, the others
# take over, it comes back.
#
#   ./demo.sh           leaves everything running at the end and says how to look further
#   ./demo.sh --once    cleans up at the end (as it does when there is no terminal); exit code 0 when all went as promised
#   ./demo.sh --stop D  stops what an earlier demo left running in folder D and removes it
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly root
readonly peers=(peer01 peer02 peer03)
readonly hosts=42 services_per_host=5 port=15551
readonly plugins=/usr/lib/nagios/plugins
readonly bin=$root/artifacts/demo/bin
failures=0
demo=

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
note() { printf '   %s\n' "$*"; }
fail() { printf '   NOT AS PROMISED: %s\n' "$*"; failures=$((failures + 1)); }
die() { printf 'demo: %s\n' "$*" >&2; exit 1; }
now_ms() { date +%s%3N; }
on() { local peer=$1; shift; MON_PREFIX=$demo/$peer "$bin/mon" "$@"; }

usage() { sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

stop_all() {
  local folder=$1 peer
  for peer in "${peers[@]}"; do
    if [[ -d $folder/$peer ]]; then
      MON_PREFIX=$folder/$peer "$bin/mon" stop >/dev/null 2>&1 || true
    fi
  done
  rm -rf "$folder"
}

once=
[[ -t 0 && -t 1 ]] || once=yes
case "${1:-}" in
  '') ;;
  --once) once=yes ;;
  --stop)
    [[ $# -eq 2 && -f $2/.compeer-demo ]] || die "--stop takes the folder of an earlier demo"
    stop_all "$2"
    exit 0 ;;
  --help | -h) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

on_exit() {
  local code=$?
  if [[ -n $demo && -d $demo && (-n $once || $code -ne 0) ]]; then
    stop_all "$demo"
  fi
  exit "$code"
}
trap on_exit EXIT
trap 'exit 130' INT TERM

# --- what is needed -------------------------------------------------------------------------------------------------
install_packages() {
  local missing=()
  [[ -x $plugins/check_dummy && -x $plugins/check_procs ]] || missing+=(monitoring-plugins-basic)
  command -v curl >/dev/null || missing+=(curl)
  if [[ ${#missing[@]} -gt 0 ]]; then
    if [[ $(id -u) -ne 0 ]]; then
      die "these Debian packages are missing: ${missing[*]} (as root: apt-get install ${missing[*]})"
    fi
    note "installing: ${missing[*]}"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
  fi
  command -v dotnet >/dev/null || die "the .NET SDK 10 is missing (https://dotnet.microsoft.com/download)"
  [[ $(dotnet --version) == 10.* ]] || die "the .NET SDK 10 is needed, this one is $(dotnet --version)"
}

say "What this needs"
note ".NET SDK 10, curl, and the plugins of monitoring-plugins-basic; nothing else is installed"
install_packages

say "Building mond and mon (release, into artifacts/demo/bin)"
"$root/eng/publish.sh" "$root/artifacts/demo" >/dev/null

started=$(now_ms)
demo=$(mktemp -d "${TMPDIR:-/tmp}/compeer-demo.XXXXXX")
touch "$demo/.compeer-demo"

# --- a configuration with real plugins ----------------------------------------------------------------------------
host_check() {
  if "$plugins/check_ping" -H 127.0.0.1 -w 100,20% -c 500,60% -p 1 -t 3 >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # macros of the monitoring configuration, not of this script
    printf '%s' '$USER1$/check_ping -H $HOSTADDRESS$ -w 100,20% -c 500,60% -p 1'
  else
    # shellcheck disable=SC2016
    printf '%s' '$USER1$/check_dummy 0 "$HOSTNAME$ answers (ping may not be used here)"'
  fi
}

write_configuration() {
  local folder=$1 command=$2 i
  touch "$demo/shop"
  mkdir -p "$folder/etc/objects" "$folder/op5/merlin" "$folder/var"
  cat >"$folder/etc/naemon.cfg" <<CFG
log_file=$folder/var/naemon.log
resource_file=$folder/etc/resource.cfg
cfg_dir=$folder/etc/objects
interval_length=1
log_service_retries=1
log_host_retries=1
CFG
  echo "\$USER1\$=$plugins" >"$folder/etc/resource.cfg"
  {
    cat <<CFG
define command {
  command_name  check-host
  command_line  $command
}
CFG
    cat <<'CFG'
define timeperiod {
  timeperiod_name  24x7
  alias            always
  sunday           00:00-24:00
  monday           00:00-24:00
  tuesday          00:00-24:00
  wednesday        00:00-24:00
  thursday         00:00-24:00
  friday           00:00-24:00
  saturday         00:00-24:00
}
define command {
  command_name  check-load
  command_line  $USER1$/check_load -w 50,40,30 -c 100,90,80
}
define command {
  command_name  check-disk
  command_line  $USER1$/check_disk -w $ARG1$ -c $ARG2$ -p $ARG3$
}
define command {
  command_name  check-procs
  command_line  $USER1$/check_procs -w $ARG1$ -c $ARG2$
}
define command {
  command_name  check-age
  command_line  $USER1$/check_file_age -w 864000 -c 8640000 -f $ARG1$
}
define command {
  command_name  check-dummy
  command_line  $USER1$/check_dummy $ARG1$ "$ARG2$ on $HOSTNAME$"
}
define command {
  command_name  tell
  command_line  echo "$NOTIFICATIONTYPE$: $HOSTNAME$ is $HOSTSTATE$" >>DEMO/told
}
define contact {
  contact_name                   operator
  host_notifications_enabled     1
  host_notification_period       24x7
  host_notification_options      d,r
  host_notification_commands     tell
  service_notifications_enabled  0
  service_notification_period    24x7
  service_notification_options   n
  service_notification_commands  tell
}
define host {
  name                generic-host
  check_command       check-host
  check_period        24x7
  check_interval      10
  retry_interval      5
  max_check_attempts  3
  register            0
}
define service {
  name                generic-service
  check_period        24x7
  check_interval      10
  retry_interval      5
  max_check_attempts  3
  register            0
}
CFG
    for ((i = 1; i <= hosts; i++)); do
      printf 'define host {\n  use        generic-host\n  host_name  web%02d\n  address    127.0.1.%d\n}\n' "$i" "$i"
      printf 'define service {\n  use  generic-service\n  host_name  web%02d\n  service_description  %s\n  check_command  %s\n}\n' \
        "$i" Load check-load \
        "$i" Disk 'check-disk!10%!5%!/' \
        "$i" Processes 'check-procs!20000!30000' \
        "$i" 'Host file' 'check-age!/etc/hostname' \
        "$i" Application "check-dummy!$((i % 14 == 0 ? 2 : i % 9 == 0 ? 1 : 0))!the application"
    done
    # A host that is up as long as a file is there, and somebody who wants to know.
    printf 'define host {\n  use  generic-host\n  host_name  shop\n  check_command  check-age!%s\n  check_interval  1\n' "$demo/shop"
    printf '  max_check_attempts  1\n  contacts  operator\n  notification_interval  0\n  notification_period  24x7\n}\n'
  } | sed "s|DEMO|$demo|" >"$folder/etc/objects/demo.cfg"
}

say "Three peers in $demo, on 127.0.0.1, 127.0.0.2 and 127.0.0.3"
command=$(host_check)
for n in 1 2 3; do
  if (exec 3<>"/dev/tcp/127.0.0.$n/$port") 2>/dev/null; then
    die "port $port of 127.0.0.$n is taken; does an earlier demo still run? (./demo.sh --stop FOLDER)"
  fi
  write_configuration "$demo/peer0$n" "$command"
  printf 'daemon {\n  address = 127.0.0.%d\n  port = %d\n}\n' "$n" "$port" >"$demo/peer0$n/op5/merlin/merlin.conf"
done
note "$((hosts + 1)) hosts and $((hosts * services_per_host)) services, checked every 10 s with $plugins/check_*"

# Each peer is told of the others and given their public keys.
for peer in "${peers[@]}"; do
  on "$peer" node key >"$demo/$peer.pub"
done
for peer in "${peers[@]}"; do
  for n in 1 2 3; do
    other=peer0$n
    if [[ $other != "$peer" ]]; then
      cp "$demo/$other.pub" "$demo/$peer/op5/merlin/$other.pub"
      on "$peer" node add "$other" type=peer "address=127.0.0.$n" "publickey=$other.pub" >/dev/null 2>&1
    fi
  done
done
for peer in "${peers[@]}"; do
  note "$peer: $(on "$peer" start 2>&1 | tail -n 1)"
done

# --- looking ---------------------------------------------------------------------------------------------------------
api() { curl -s --max-time 5 --unix-socket "$demo/$1/var/rw/mond.sock" "http://localhost/api/v1/$2"; }

# host, service and owner of every object as a peer sees it; the peer's own share is called by its name
owners() {
  { api "$1" hosts; api "$1" services; } | tr '{' '\n' \
    | sed -nE 's/.*"host":"([^"]*)","service":(null|"([^"]*)").*"owner":"([^"]*)".*/\1;\3 \4/p' \
    | sed -E "s/ ipc\$/ $1/" | sort
}

owned_by() { owners "$1" | awk -v peer="$2" '$NF == peer' | wc -l; }
total=$((hosts + 1 + hosts * services_per_host))
members() { api "$1" nodes | sed -nE 's/.*"members":([0-9]+).*/\1/p'; }
checked() { { api "$1" hosts; api "$1" services; } | grep -o '"hasBeenChecked":true' | wc -l; }

wait_for() {
  local what=$1 seconds=$2 end
  shift 2
  end=$(($(now_ms) + seconds * 1000))
  until "$@"; do
    if (($(now_ms) > end)); then
      fail "not within $seconds s: $what"
      return 0
    fi
    sleep 0.02
  done
}

all_members() { local peer; for peer in "$@"; do [[ $(members "$peer") == "$#" ]] || return 1; done; }
all_checked() { [[ $(checked peer01) == "$total" ]]; }
nothing_owned_by() { ! api "$watcher" hosts | grep -q "\"owner\":\"$1\""; }
# whether all peers have it from the one that told that it did; until then the next one would tell again
known_as_told() {
  local peer
  for peer in "${peers[@]}"; do
    api "$peer" hosts | grep -oE '"host":"shop","service":null.*' | grep -oE '"notification":\{[^}]*\}' | sed -n 1p \
      | grep -qE '"number":1,.*"pending":0' || return 1
  done
}
told() { [[ -f $demo/told ]] && [[ $(wc -l <"$demo/told") -ge $1 ]]; }

wait_for "three active peers" 15 all_members "${peers[@]}"
say "The division, as 'mon node status' on peer01 gives it"
on peer01 node status || true
owners peer01 >"$demo/before"
[[ $(wc -l <"$demo/before") -eq $total ]] || fail "$(wc -l <"$demo/before") of $total objects have an owner"
for peer in peer02 peer03; do
  owners "$peer" | diff -q "$demo/before" - >/dev/null || fail "$peer sees another division than peer01"
done
mapfile -t host_shares < <(grep '; ' "$demo/before" | awk '{print $NF}' | sort | uniq -c | awk '{print $1}' | sort -n)
spread=$((host_shares[-1] - host_shares[0]))
note "hosts per peer: ${host_shares[*]}; all three peers agree on the owner of every object"
((spread <= 1)) || fail "the shares differ by $spread hosts"

wait_for "every object checked once" 20 all_checked
note "$(checked peer03) of $total objects have been checked; peer03 shows the results of all of them"

say "The host 'shop' fails"
teller=$(awk '/^shop; / { print $NF }' "$demo/before")
failed=$(now_ms)
rm "$demo/shop"
wait_for "somebody told of it" 10 told 1
note "after $(($(now_ms) - failed)) ms $teller, which checks it, has told the contact: $(<"$demo/told")"
wait_for "all peers knowing that it told" 10 known_as_told

say "kill -9 of $teller"
survivors=()
for peer in "${peers[@]}"; do [[ $peer == "$teller" ]] || survivors+=("$peer"); done
watcher=${survivors[0]}
victim=$(<"$demo/$teller/var/mond.pid")
killed=$(now_ms)
kill -9 "$victim"
wait_for "$teller's checks owned by others" 5 nothing_owned_by "$teller"
took=$(($(now_ms) - killed))
note "its checks were owned by ${survivors[0]} and ${survivors[1]} after $took ms"
((took < 1000)) || fail "the takeover took $took ms, under 1000 were promised"
on "$watcher" node status || true
wait_for "${survivors[1]} agreeing" 2 all_members "${survivors[@]}"
owners "$watcher" >"$demo/during"
moved=$(join -t '|' <(sed 's/ \([^ ]*\)$/|\1/' "$demo/before") <(sed 's/ \([^ ]*\)$/|\1/' "$demo/during") \
  | awk -F '|' -v lost="$teller" '$2 != $3 && $2 != lost' | wc -l)
note "objects of the two survivors that changed hands: $moved"
((moved == 0)) || fail "$moved objects moved that were not $teller's"

say "$teller comes back"
restarted=$(now_ms)
note "$teller: $(on "$teller" start 2>&1 | tail -n 1)"
wait_for "$teller having its share" 15 all_members "${peers[@]}"
returned=$(($(now_ms) - restarted))
on "$watcher" node status || true
owners "$watcher" >"$demo/after"
if diff -q "$demo/before" "$demo/after" >/dev/null; then
  note "after $returned ms the division is what it was before, object for object"
else
  fail "$(diff "$demo/before" "$demo/after" | grep -c '^>') objects have another owner than before"
fi

say "'shop' is up again"
touch "$demo/shop"
wait_for "somebody told of it" 10 told 2
mapfile -t messages <"$demo/told"
note "what the contact was told in all, while its peer died and came back: ${messages[0]:-nothing}, ${messages[1]:-nothing}"
[[ ${messages[*]} == "PROBLEM: shop is DOWN RECOVERY: shop is UP" ]] || fail "that is not one problem and one recovery: ${messages[*]}"

say "Summary"
note "hosts per peer ${host_shares[*]}; takeover after kill -9 in $took ms; moved besides: $moved; back in $returned ms; messages: ${#messages[@]}"
note "the whole took $((($(now_ms) - started) / 1000)) s after the build"
if ((failures > 0)); then
  note "$failures things were not as promised"
  exit 1
fi

if [[ -n $once ]]; then
  note "all as promised; everything is stopped and removed now"
  exit 0
fi

cat <<TXT

   Everything goes on running. Look further:

     export MON_PREFIX=$demo/peer01 PATH=$bin:\$PATH
     mon node status                          the cluster as peer01 sees it
     mon node tree                            and as a picture
     tail -f \$MON_PREFIX/var/naemon.log       alerts of what peer01 checks
     curl -s --unix-socket \$MON_PREFIX/var/rw/mond.sock 'http://localhost/api/v1/services?state=critical'
     kill -9 \$(cat $demo/peer03/var/mond.pid)  try it yourself

   Stop it and remove it:  $root/demo.sh --stop $demo
TXT
