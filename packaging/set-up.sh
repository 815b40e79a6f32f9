#!/bin/sh
# Makes what an installation needs besides files: the user monitor, its folders, and, on a machine that had none, the sample
# configuration. Run by the packages as root, and by whoever wants to put the owners right; it can be run at any time and
# takes nothing away.
#
#   set-up           the user, the folders, the sample if there is no configuration
#   set-up --upgrade the same without the sample
set -eu

monitor=/opt/monitor

if ! getent group monitor >/dev/null; then
  groupadd --system monitor
fi
if ! getent passwd monitor >/dev/null; then
  # No password, but not locked either: peers come in by key.
  useradd --system --gid monitor --home-dir "$monitor" --no-create-home --shell /bin/sh --password '*' \
    --comment 'Compeer monitoring' monitor
fi
# Ours, and kept when the package was purged: let in again.
case $(getent passwd monitor) in
  *':Compeer monitoring:'*:/usr/sbin/nologin) usermod --shell /bin/sh --expiredate '' --password '*' monitor ;;
esac
group=$(id -gn monitor)

# folder mode
own() {
  [ -L "$1" ] || [ -d "$1" ] || mkdir -p "$1"
  # What somebody made differently stays so, as long as it is not root's.
  if [ ! -L "$1" ] && [ "$(stat -c %u "$1")" = 0 ]; then
    chown "monitor:$group" "$1"
    chmod "$2" "$1"
  fi
}
own "$monitor/etc" 755
own "$monitor/etc/objects" 755
own "$monitor/op5" 755
own "$monitor/op5/merlin" 755
own "$monitor/var" 755
own "$monitor/.ssh" 700

# sample file mode: the whole file or none, also when this is interrupted; made where nobody but root can touch it
sample() {
  if [ ! -e "$monitor/$2" ] && [ ! -L "$monitor/$2" ]; then
    install -m "$3" -o monitor -g "$group" "$monitor/share/sample/$1" "$monitor/.new"
    mv -f "$monitor/.new" "$monitor/$2"
  fi
}
if [ "${1:-}" != --upgrade ] && [ ! -e "$monitor/etc/naemon.cfg" ] && [ ! -e "$monitor/etc/nagios.cfg" ]; then
  for file in "$monitor"/share/sample/objects/*.cfg; do
    sample "objects/${file##*/}" "etc/objects/${file##*/}" 644
  done
  sample resource.cfg etc/resource.cfg 640
  # Last: it says that the rest is there.
  sample naemon.cfg etc/naemon.cfg 644
fi
if [ "${1:-}" != --upgrade ]; then
  sample merlin.conf op5/merlin/merlin.conf 644
fi
