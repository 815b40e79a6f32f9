#!/usr/bin/env bash
# Lays out the files of a package, as they will lie on a machine: what build-deb.sh and build-rpm.sh have in common.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: packaging/build-tree.sh TREE --for linux-x64|linux-arm64 --plugins PATH

Lays out the files of a package in the folder TREE, which must not exist. PATH is where the distribution has its plugins.
TEXT
}

runtime=
plugins=
if (($# != 5)) || [[ $1 == -* || $2 != --for || $4 != --plugins ]]; then
  usage >&2
  exit 2
fi
tree=$1 runtime=$3 plugins=$5
mkdir "$tree"
tree=$(cd "$tree" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

monitor=$tree/opt/monitor
mkdir -p "$monitor"
eng/publish.sh "$monitor" --for "$runtime" --beside ../lib/dotnet

# Packages that the build downloads are all that is taken from the project: no need of its build folder.
dotnet msbuild packaging/runtime.proj -restore -t:Lay -v:quiet -nologo -p:Runtime="$runtime" -p:To="$monitor/lib/dotnet" \
  -p:ArtifactsPath="$PWD/artifacts/package-runtime"

# Help, manual pages and completion come from the same table; what is made for another processor cannot be asked here.
mon=$monitor/bin/mon
if ! "$mon" --version >/dev/null 2>&1; then
  others=$(mktemp -d)
  trap 'rm -rf "$others"' EXIT
  eng/publish.sh "$others"
  mon=$others/bin/mon
fi
mkdir -p "$tree/usr/share/man/man1" "$tree/usr/share/bash-completion/completions" "$tree/usr/share/zsh/vendor-completions"
"$mon" --completion bash >"$tree/usr/share/bash-completion/completions/mon"
"$mon" --completion zsh >"$tree/usr/share/zsh/vendor-completions/_mon"
"$mon" --manual | while read -r page; do
  "$mon" --manual "$page" | gzip -9n >"$tree/usr/share/man/man1/$page.1.gz"
done

mkdir -p "$tree/usr/bin" "$monitor/share" "$tree/lib/systemd/system" "$tree/etc/logrotate.d" "$tree/etc/sudoers.d"
ln -s /opt/monitor/bin/mon "$tree/usr/bin/mon"
cp -r packaging/tree "$monitor/share/sample"
sed -i "s|@PLUGINS@|$plugins|" "$monitor/share/sample/resource.cfg"
install -m 755 packaging/set-up.sh "$monitor/share/set-up"
install -m 644 packaging/mond.service "$tree/lib/systemd/system/mond.service"
install -m 644 packaging/logrotate "$tree/etc/logrotate.d/compeer"
install -m 440 packaging/sudoers "$tree/etc/sudoers.d/compeer"

# The same files whoever builds them, and whatever modes the runtime's packages come with.
find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f ! -path '*/etc/sudoers.d/*' -exec chmod 644 {} +
chmod 755 "$monitor/bin/mon" "$monitor/bin/mond" "$monitor/share/set-up" "$monitor"/lib/dotnet/shared/Microsoft.NETCore.App/*/createdump
