#!/usr/bin/env bash
# One machine out of this one, to be thrown away: mounts, processes, network, host name and IPC of its own, over a copy of
# this machine's root that is kept in memory. When its first process ends, the kernel takes all of it away.
#
# usage: machine.sh FOLDER plain|systemd CGROUP
#   FOLDER  an empty folder; memory is mounted over it
#   plain   the first process only reaps: a machine without an init system
#   systemd the first process is systemd, up to basic.target, in the cgroup CGROUP
# Prints "up" when commands can enter; its child is the first process.
set -euo pipefail

# shellcheck source=tests/Compeer.EndToEnd/Harness/devices.sh
source "$(dirname "${BASH_SOURCE[0]}")/../Harness/devices.sh"

inside() { # folder kind
  local root=$1/root
  mount --make-rprivate /
  mount -t tmpfs -o mode=755 tmpfs "$1"
  mkdir -p "$1/upper" "$1/work" "$root"
  mount -t overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" overlay "$root"
  mount -t proc proc "$root/proc"
  mount -t sysfs sysfs "$root/sys"
  if [[ $2 == systemd ]]; then
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  fi
  mount -t tmpfs -o mode=755 tmpfs "$root/run"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  mount -t tmpfs -o mode=700 tmpfs "$root/root"
  give_devices "$root"
  rm -rf "$root/opt/monitor" "$root/usr/sbin/policy-rc.d"
  mkdir -p "$root/run/lock"
  : >"$root/run/machine"
  : >"$root/etc/fstab"
  echo machine >"$root/etc/hostname"
  printf '127.0.0.1 localhost machine\n::1 localhost\n' >"$root/etc/hosts"
  hostname machine
  ip link set lo up
  { chroot "$root" getent passwd monitor && chroot "$root" userdel monitor; } >/dev/null 2>&1 || true
  local clean=(/usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8)
  echo up
  if [[ $2 == systemd ]]; then
    printf '0123456789abcdef0123456789abcdef\n' >"$root/etc/machine-id"
    exec chroot "$root" "${clean[@]}" container=lxc /lib/systemd/systemd --unit=basic.target --show-status=0 >/dev/null 2>&1
  fi
  exec chroot "$root" "${clean[@]}" bash -c 'trap : CHLD; while :; do sleep infinity & wait $! || true; done' >/dev/null 2>&1
}

if [[ $1 == --inside ]]; then
  inside "$2" "$3"
fi
spaces=(--mount --uts --pid --ipc --net)
if [[ $2 == systemd ]]; then
  echo $$ >"$3/cgroup.procs"
  spaces+=(--cgroup)
fi
exec unshare "${spaces[@]}" --fork --kill-child bash "$0" --inside "$1" "$2"
