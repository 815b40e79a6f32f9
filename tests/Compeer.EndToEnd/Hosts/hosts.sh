#!/usr/bin/env bash
# Several machines out of one: each host has network, mounts, host name, processes and IPC of its own, over a copy of this
# machine's root that is kept in memory. They meet at a bridge. Everything hangs on this script's process: when it ends, or
# when its input does, the kernel takes all of it away: processes, mounts, networks, files.
#
# usage: unshare --net --mount --pid --ipc --fork --kill-child hosts.sh FOLDER PROGRAMS DOTNET PASSWORD HOST...
#   FOLDER    an empty folder; memory is mounted over it
#   PROGRAMS  the folder with mond and mon; "-" where a package is going to bring them
#   DOTNET    the folder of the runtime that they need
# Prints "switch PID" and "HOST PID" (the first process of each, as seen from outside), then "ready".
set -euo pipefail
folder=$1 programs=$2 dotnet=$3 password=$4
shift 4
hosts=("$@")

outside() { # this process as it is numbered where /proc was mounted
  local pid
  read -r pid _ </proc/self/stat
  echo "$1 $pid"
}

# shellcheck source=tests/Compeer.EndToEnd/Harness/devices.sh
source "$(dirname "${BASH_SOURCE[0]}")/../Harness/devices.sh"

give_programs() { # root; those of a package look for the runtime in ../lib/dotnet and nowhere else
  local to=/usr/lib/compeer
  mkdir -p "$1/etc/dotnet" "$1$to/bin" "$1$to/lib/dotnet"
  echo "$to/lib/dotnet" >"$1/etc/dotnet/install_location"
  mount --bind "$programs" "$1$to/bin"
  mount --bind "$dotnet" "$1$to/lib/dotnet"
}

give_files() { # root, host
  local root=$1
  echo "$2" >"$root/etc/hostname"
  cp "$folder/hosts" "$root/etc/hosts"
  rm -rf "$root/opt/monitor" "$root"/etc/ssh/ssh_host_* "$root/usr/bin/mon" "$root/usr/sbin/policy-rc.d"
  mkdir -p "$root/run/sshd"
  if [[ $programs == - ]]; then
    rm -rf "$root/etc/dotnet"
  else
    give_programs "$root"
  fi
  printf '%s\n' 'PermitRootLogin yes' 'PasswordAuthentication yes' 'KbdInteractiveAuthentication no' \
    'HostKey /etc/ssh/ssh_host_ed25519_key' 'UsePAM yes' 'UseDNS no' 'AcceptEnv LANG LC_*' >"$root/etc/ssh/sshd_config"
  rm -rf "$root/etc/ssh/sshd_config.d"
  printf '%s\n' "PS1='\\u@\\h:\\w [\$?]# '" 'unset PROMPT_COMMAND HISTFILE' >"$root/root/.bashrc"
}

# What is done inside; the first process of the host goes on as the one that reaps.
inside() { # password
  { getent passwd monitor && userdel monitor; } >/dev/null 2>&1 || true
  ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
  echo "root:$1" | chpasswd --crypt-method SHA512
  /usr/sbin/sshd
  echo up >&3
  exec 3>&-
  trap : CHLD
  while :; do
    sleep infinity &
    wait $! || true
  done
}

host() { # host; runs in namespaces of its own
  local base=$folder/$1 root=$folder/$1/root
  mount --make-rprivate /
  outside "$1"
  mkdir -p "$base/upper" "$base/work" "$root"
  mount -t overlay -o "lowerdir=/,upperdir=$base/upper,workdir=$base/work" overlay "$root"
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sysfs "$root/sys"
  mount -t tmpfs -o mode=755 tmpfs "$root/run"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  mount -t tmpfs -o mode=700 tmpfs "$root/root"
  give_devices "$root"
  give_files "$root" "$1"
  hostname "$1"
  exec chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
    LC_ALL=C.UTF-8 bash -c "$(declare -f inside); inside $(printf %q "$password")" 3>"$base/up"
}

network() { # number, host
  ip netns add "$2"
  ip link add "$2" type veth peer name eth0 netns "$2"
  ip link set "$2" master switch up
  ip -n "$2" link set lo up
  ip -n "$2" address add "10.77.0.$1/24" dev eth0
  ip -n "$2" link set eth0 up
}

mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs "$folder"
ip link set lo up
ip link add switch type bridge forward_delay 0
ip link set switch up
outside switch
printf '127.0.0.1 localhost\n::1 localhost\n' >"$folder/hosts"
number=0
for name in "${hosts[@]}"; do
  number=$((number + 1))
  echo "10.77.0.$number $name" >>"$folder/hosts"
done
number=0
for name in "${hosts[@]}"; do
  number=$((number + 1))
  network "$number" "$name"
  mkdir "$folder/$name"
  mkfifo "$folder/$name/up"
  nsenter --net="/run/netns/$name" unshare --mount --uts --pid --ipc --fork --kill-child \
    bash -c "set -euo pipefail; folder=$(printf %q "$folder") programs=$(printf %q "$programs") dotnet=$(printf %q "$dotnet") \
      password=$(printf %q "$password"); $(declare -f outside give_devices give_programs give_files inside host); host $(printf %q "$name")" </dev/null &
done
for name in "${hosts[@]}"; do
  read -r word <"$folder/$name/up"
  [[ $word == up ]]
done
echo ready
# Until whoever started this is gone, or says so.
read -r _ || true
