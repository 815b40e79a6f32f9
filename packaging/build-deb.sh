#!/usr/bin/env bash
# Makes the Debian package of what stands here.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: packaging/build-deb.sh DIR [--arch amd64|arm64] [--quick]

Makes compeer_VERSION_ARCH.deb in DIR, which has to exist, and prints its name. Needs the .NET SDK and dpkg-deb.

  --arch    the machine that it is for; this one's kind when not given
  --quick   compress less: a larger package, in less time, for tests
TEXT
}

if (($# < 1)) || [[ $1 == -* || ! -d $1 ]]; then
  usage >&2
  exit 2
fi
target=$(cd "$1" && pwd)
shift
architecture=$(dpkg --print-architecture)
compression=(-Zxz -z6 --threads-max=2)
while (($# > 0)); do
  case $1 in
    --arch) architecture=${2:?}; shift ;;
    --quick) compression=(-Zzstd -z6) ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
case $architecture in
  amd64) runtime=linux-x64 ;;
  arm64) runtime=linux-arm64 ;;
  *) printf 'build-deb.sh: no package for %s\n' "$architecture" >&2; exit 1 ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/.."

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
tree=$staging/tree
packaging/build-tree.sh "$tree" --for "$runtime" --plugins /usr/lib/nagios/plugins >&2

version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
maintainer="${DEBFULLNAME:-The Compeer developers} <${DEBEMAIL:-compeer@localhost}>"
# The time of the last change, not of the build: who builds the same gets the same.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export SOURCE_DATE_EPOCH
documents=$tree/usr/share/doc/compeer
mkdir -p "$documents" "$tree/usr/share/lintian/overrides" "$tree/etc/init.d" "$tree/DEBIAN"
install -m 644 packaging/debian/copyright "$documents/copyright"
gzip -9n <CHANGELOG.md >"$documents/CHANGELOG.md.gz"
gzip -9n >"$documents/changelog.gz" <<TEXT
compeer ($version) unstable; urgency=medium

  * What changed is in /usr/share/doc/compeer/CHANGELOG.md.gz.

 -- $maintainer  $(date --utc --date="@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000')
TEXT
install -m 644 packaging/debian/lintian-overrides "$tree/usr/share/lintian/overrides/compeer"
install -m 755 packaging/debian/mond.init "$tree/etc/init.d/mond"
install -m 644 packaging/debian/conffiles "$tree/DEBIAN/conffiles"
install -m 755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$tree/DEBIAN/"
size=$(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" -e "s|@MAINTAINER@|$maintainer|" \
  packaging/debian/control >"$tree/DEBIAN/control"
(cd "$tree" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"

find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
package=$target/compeer_${version}_$architecture.deb
dpkg-deb --root-owner-group --uniform-compression "${compression[@]}" --build "$tree" "$staging/package.deb" >&2
mv -f "$staging/package.deb" "$package"
printf '%s\n' "$package"
