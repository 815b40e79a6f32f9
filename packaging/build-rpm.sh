#!/usr/bin/env bash
# Makes the RPM package of what stands here.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: packaging/build-rpm.sh DIR [--arch x86_64|aarch64] [--quick]

Makes compeer-VERSION-1.ARCH.rpm in DIR, which has to exist, and prints its name. Needs the .NET SDK and rpmbuild.

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
architecture=$(uname -m)
compression=w6.xzdio
while (($# > 0)); do
  case $1 in
    --arch) architecture=${2:?}; shift ;;
    --quick) compression=w1.gzdio ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
case $architecture in
  x86_64) runtime=linux-x64 ;;
  aarch64) runtime=linux-arm64 ;;
  *) printf 'build-rpm.sh: no package for %s\n' "$architecture" >&2; exit 1 ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/.."

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
tree=$staging/tree
packaging/build-tree.sh "$tree" --for "$runtime" --plugins /usr/lib64/nagios/plugins >&2

# Where these distributions have what Debian has elsewhere.
mkdir -p "$tree/usr/lib" "$tree/usr/share/zsh" "$tree/usr/share/doc/compeer"
mv "$tree/lib/systemd" "$tree/usr/lib/systemd"
rmdir "$tree/lib"
mv "$tree/usr/share/zsh/vendor-completions" "$tree/usr/share/zsh/site-functions"
install -m 644 LICENSE CHANGELOG.md "$tree/usr/share/doc/compeer/"

version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
sed -e "s/@VERSION@/$version/" -e "s|@TREE@|$tree|" packaging/rpm/compeer.spec >"$staging/compeer.spec"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export SOURCE_DATE_EPOCH
rpmbuild -bb --quiet --target "$architecture" \
  --define "_topdir $staging/rpm" --define "_tmppath $staging" --define "_dbpath $staging/db" \
  --define "_binary_payload $compression" --define "_buildhost localhost" --define "clamp_mtime_to_source_date_epoch 1" \
  --define "use_source_date_epoch_as_buildtime 1" "$staging/compeer.spec" >&2
package=$target/compeer-$version-1.$architecture.rpm
mv -f "$staging/rpm/RPMS/$architecture/compeer-$version-1.$architecture.rpm" "$package"
printf '%s\n' "$package"
