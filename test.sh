#!/usr/bin/env bash
# Builds everything, checks its form and runs all tests. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./test.sh [--long] [--no-install] [FILTER]

  --long         many more seeds (COMPEER_SIMULATION_SEEDS: what is set stays)
  --no-install   never install a package; say what is missing and stop
  FILTER         only tests whose full name contains it, e.g. Engine or Division

Needs the .NET SDK 10 and these Debian packages, which it installs when they are missing:
  monitoring-plugins-basic     real plugins to run
  nagios4-core nagios4-common  a close relative to compare configurations with
  icinga2-bin                  a relative that answers livestatus
  iproute2                     network namespaces for the end-to-end tests
  openssh-server, rsync        what the hosts made of namespaces talk to each other with
  systemd, sudo, logrotate     what runs an installed package, in hosts made of namespaces
  rpm, curl, man-db            to make the other package, and to look at what was installed
  nsca-client                  a sender of results
  shellcheck                   reads the scripts
  libmonitoring-livestatus-perl, python3-pynag, php-cli    clients that ask livestatus
It also unpacks nagvis and nagstamon, without installing them, into ~/.cache/compeer-test-packages.
Exit code: 0 when tests ran and none failed.
TEXT
}

say() { printf '%s\n' "$*"; }

passed=0
failed=0
finish() {
  say "$passed passed, $failed failed"
  if ((failed > 0 || passed == 0)); then exit 1; fi
  exit 0
}

install=yes
filter=()
while (($# > 0)); do
  case $1 in
    --long) export COMPEER_SIMULATION_SEEDS=${COMPEER_SIMULATION_SEEDS:-10000} ;;
    --no-install) install=no ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) filter=(--filter "FullyQualifiedName~$1") ;;
  esac
  shift
done

# Everything started from here carries this mark, so that whatever a crashed test left running can be told from what
# is not ours, and nothing else is ever ended.
export COMPEER_TEST_RUN="$$-$RANDOM$RANDOM"
results=$(mktemp -d)
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  local environment pid
  for environment in /proc/[0-9]*/environ; do
    pid=${environment//[^0-9]/}
    if [[ $pid != "$$" && $pid != "$BASHPID" ]] && grep -qzs "^COMPEER_TEST_RUN=$COMPEER_TEST_RUN\$" "$environment"; then
      kill -KILL "$pid" 2>/dev/null || true
    fi
  done
  rm -rf "$results"
}
trap clean_up EXIT

missing_packages() {
  [[ -x /usr/lib/nagios/plugins/check_dummy ]] || echo monitoring-plugins-basic
  [[ -x /usr/sbin/nagios4 ]] || echo nagios4-core
  [[ -e /etc/nagios4/nagios.cfg ]] || echo nagios4-common
  [[ -x /usr/sbin/icinga2 ]] || echo icinga2-bin
  command -v ip >/dev/null || [[ -x /usr/sbin/ip ]] || echo iproute2
  [[ -x /usr/sbin/sshd ]] || echo openssh-server
  command -v rsync >/dev/null || echo rsync
  [[ -x /lib/systemd/systemd ]] || echo systemd
  command -v sudo >/dev/null || echo sudo
  [[ -x /usr/sbin/logrotate ]] || echo logrotate
  command -v rpmbuild >/dev/null || echo rpm
  command -v curl >/dev/null || echo curl
  [[ -x /usr/sbin/send_nsca ]] || echo nsca-client
  command -v man >/dev/null || echo man-db
  command -v shellcheck >/dev/null || echo shellcheck
  [[ -e /usr/share/perl5/Monitoring/Livestatus.pm ]] || echo libmonitoring-livestatus-perl
  [[ -d /usr/lib/python3/dist-packages/pynag ]] || echo python3-pynag
  [[ -x /usr/bin/php ]] || echo php-cli
}

install_packages() {
  local root=() policy=/usr/sbin/policy-rc.d
  if [[ $install == no ]] || ! command -v apt-get >/dev/null; then
    say "missing: $*; install them, or run this script on Debian without --no-install" >&2
    return 1
  fi
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      say "missing: $*; run as root: apt-get install --no-install-recommends $*" >&2
      return 1
    fi
    root=(sudo -n)
  fi
  say "Installing $*"
  # A package that brings a service must not start it here.
  local barred=no
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$policy" >/dev/null
    "${root[@]}" chmod 755 "$policy"
    barred=yes
  fi
  local status=0
  { "${root[@]}" apt-get update -qq &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; } >"$results/apt.log" 2>&1 ||
    status=$?
  [[ $barred == no ]] || "${root[@]}" rm -f "$policy"
  ((status == 0)) || { cat "$results/apt.log" >&2; return "$status"; }
}

# Packages of which only some files are wanted: to install them would bring a web server and a desktop.
unpacked=${XDG_CACHE_HOME:-$HOME/.cache}/compeer-test-packages
export COMPEER_UNPACKED_PACKAGES=$unpacked
missing_files() {
  [[ -d $unpacked/usr/share/nagvis ]] || echo nagvis
  [[ -d $unpacked/usr/lib/python3/dist-packages/Nagstamon ]] || echo nagstamon
}

unpack_packages() {
  if [[ $install == no ]] || ! command -v apt-get >/dev/null; then
    say "missing: the files of $*; run this script on Debian without --no-install" >&2
    return 1
  fi
  say "Unpacking $*"
  mkdir -p "$results/packages" "$unpacked"
  if ! (cd "$results/packages" && apt-get download -qq "$@") >"$results/apt.log" 2>&1; then
    cat "$results/apt.log" >&2
    return 1
  fi
  local package
  for package in "$results"/packages/*.deb; do
    dpkg -x "$package" "$unpacked" || return 1
  done
}

count() { # attribute of the counters in a results file
  grep -o "<Counters [^>]*" "$2" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' || echo 0
}

# The packages that some tests install: both are built in the same folders, so one after the other.
build_packages() {
  mkdir -p "$results/built"
  packaging/build-deb.sh "$results/built" --quick && packaging/build-rpm.sh "$results/built" --quick
}

# The end-to-end tests run the programs that users get: compiled ahead of time, they start in a fraction of the time that those of a
# developer's build take. Some tests start them as another user, who has to get there.
use_programs_of() { # package
  chmod 711 "$results"
  dpkg-deb --extract "$1" "$results/programs" || return 1
  export COMPEER_BIN=${COMPEER_BIN:-$results/programs/opt/monitor/bin}
}

# The names of the tests that took longest, the longest first, with their seconds; set-up that is not the test's own is not in them.
slowest() { # results file
  grep -o '<UnitTestResult [^>]*' "$1" |
    sed -E 's/.* testName="([^"]*)".* duration="0*([0-9]+):0*([0-9]+):0*([0-9.]+)".*/\2 \3 \4 \1/' |
    awk '{ seconds = $1 * 3600 + $2 * 60 + $3; $1 = $2 = $3 = ""; sub(/^ */, ""); sub(/^Compeer\.[A-Za-z]*\./, "");
           printf "%6.0f s  %s\n", seconds, $0 }' | sort -rn | sed -n 1,10p
}

run_project() {
  local project=$1 name log status=0 file ok bad skipped started=$SECONDS
  name=$(basename "$project" .csproj)
  log="$results/$name.log"
  dotnet test "$project" --no-build -c Release --results-directory "$results/$name" --logger "trx;LogFilePrefix=run" \
    "${filter[@]}" >"$log" 2>&1 || status=$?
  file=$(find "$results/$name" -name '*.trx' 2>/dev/null | head -n 1)
  ok=0 bad=0 skipped=0
  if [[ -n $file ]]; then
    ok=$(count passed "$file")
    bad=$(count failed "$file")
    skipped=$(($(count total "$file") - $(count executed "$file")))
  fi
  # A run that broke off is a failure even when no test says so.
  if ((status != 0 && bad == 0)); then bad=1; fi
  if ((bad > 0)); then grep -vE '^\s+at (System|Xunit|InvokeStub)|^Test run for|^A total of|^Results File' "$log" || true; fi
  # What was left out is named: a test that is skipped for ever protects nothing.
  if ((skipped > 0)); then grep -E '\[SKIP\]|^ *Skipped ' "$log" || true; fi
  say "$name: $ok passed, $bad failed, $skipped skipped in $((SECONDS - started)) s"
  # So that whoever finds the end-to-end tests slow sees where the time goes.
  if [[ $name == *EndToEnd && -n $file ]]; then
    say "The slowest of them:"
    # A run that broke off may have none.
    slowest "$file" || true
  fi
  passed=$((passed + ok))
  failed=$((failed + bad))
}

if ! dotnet --version >"$results/sdk" 2>&1; then
  say "The .NET SDK 10 is needed (global.json says which); see https://dot.net/download" >&2
  cat "$results/sdk" >&2
  failed=1
  finish
fi

mapfile -t packages < <(missing_packages)
if ((${#packages[@]} > 0)); then
  install_packages "${packages[@]}" || { failed=1; finish; }
fi
mapfile -t packages < <(missing_files)
if ((${#packages[@]} > 0)); then
  unpack_packages "${packages[@]}" || { failed=1; finish; }
fi

# No build server stays behind.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
say "Building with the .NET SDK $(cat "$results/sdk")"
dotnet restore Compeer.slnx -v quiet || { failed=1; finish; }
dotnet build Compeer.slnx -c Release --no-restore -v quiet -nologo -clp:NoSummary -p:UseSharedCompilation=false || { failed=1; finish; }

if ((${#filter[@]} == 0)); then
  say "Checking the form, and building the packages beside it"
  build_packages >"$results/packages.log" 2>&1 &
  building=$!
  dotnet format Compeer.slnx --no-restore --verify-no-changes || failed=$((failed + 1))
  shellcheck ./*.sh .ci/run eng/*.sh bench/*/*.sh packaging/*.sh packaging/container/entry packaging/debian/{postinst,prerm,postrm,mond.init} \
    tests/*/*/*.sh || failed=$((failed + 1))
  if wait "$building"; then
    COMPEER_DEB=$(echo "$results"/built/*.deb) COMPEER_RPM=$(echo "$results"/built/*.rpm)
    export COMPEER_DEB COMPEER_RPM
    use_programs_of "$COMPEER_DEB" || { failed=1; finish; }
  else
    cat "$results/packages.log" >&2
    failed=$((failed + 1))
  fi
fi

for project in tests/*/*.csproj; do
  run_project "$project"
done
finish
