#!/usr/bin/env bash
# Puts the release builds into DIR/bin/mond and DIR/bin/mon: one file each, compiled ahead of time, for the .NET runtime
# that the machine has, or for one that is brought along. SQLite, which mond needs, lies beside it.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: eng/publish.sh DIR [--for linux-x64|linux-arm64] [--beside PATH]

Puts release builds into DIR/bin/mond and DIR/bin/mon, and the library libe_sqlite3.so beside them.

  --for      the machine they are for; this one's kind when not given
  --beside   use the .NET runtime in PATH, as seen from DIR/bin, and no other; without it, the machine's
TEXT
}

if (($# < 1)) || [[ $1 == -* ]]; then
  usage >&2
  exit 2
fi

mkdir -p "$1/bin"
target=$(cd "$1/bin" && pwd)
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."

runtime=
host=()
while (($# > 1)); do
  case $1 in
    --for) runtime=$2 ;;
    --beside) host=("-p:AppHostRelativeDotNet=$2") ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2
done
if (($# > 0)); then
  usage >&2
  exit 2
fi

if [[ -z $runtime ]]; then
  case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) printf 'publish.sh: no release build for the processor %s\n' "$(uname -m)" >&2; exit 1 ;;
  esac
fi

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT

# Its own build folder: a build for one runtime and the developer's build disturb each other in one. The analysers had their
# say in that one.
library=libe_sqlite3.so
for pair in Compeer.Daemon:mond Compeer.Cli:mon; do
  project=${pair%:*}
  name=${pair#*:}
  MSBUILDDISABLENODEREUSE=1 dotnet publish "src/$project" -v quiet -nologo -c Release -r "$runtime" --self-contained false \
    --artifacts-path artifacts/publish -o "$staging/$name" \
    -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:UseSharedCompilation=false \
    -p:DebugType=embedded -p:PublishDocumentationFiles=false -p:IsTransformWebConfigDisabled=true \
    -p:StaticWebAssetsEnabled=false -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false "${host[@]}"
  others=$(find "$staging/$name" -type f ! -path "$staging/$name/$name" ! -path "$staging/mond/$library")
  if [[ ! -x $staging/$name/$name || -n $others ]]; then
    printf 'publish.sh: %s must give the one file %s, not:\n' "$project" "$name" >&2
    find "$staging/$name" -type f >&2
    exit 1
  fi
done

# A running program's file is replaced, not written over; the library first, since mond needs it.
place() {
  install -m "$2" "$1" "$target/.${1##*/}.new"
  mv -f "$target/.${1##*/}.new" "$target/${1##*/}"
}

place "$staging/mond/$library" 644
place "$staging/mond/mond" 755
place "$staging/mon/mon" 755
