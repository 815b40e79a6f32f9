#!/usr/bin/env bash
# Which faults no unit test sees: Stryker puts one small fault after the other into Compeer.Engine and runs the tests that come past it.
#
#   eng/mutate.sh [PATTERN…]     files below src/Compeer.Engine, e.g. 'Scheduling/**/*.cs'; default all of them, which takes hours
#
# Ends with the score and, in OUT (default a new folder under the system's temporary folder), a report that names each fault that all
# tests let pass. Needs the .NET tool dotnet-stryker, which it installs into that folder; nothing in the tree is changed.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${OUT:-$(mktemp -d)}
version=5.1.0

mkdir -p "$out"
[[ -x $out/dotnet-stryker ]] || dotnet tool install dotnet-stryker --version "$version" --tool-path "$out" >/dev/null
patterns=("$@")
((${#patterns[@]})) || patterns=('**/*.cs')
mutate=()
for pattern in "${patterns[@]}"; do mutate+=(--mutate "$pattern"); done

cd "$root/tests/Compeer.Tests"
exec "$out/dotnet-stryker" --project Compeer.Engine.csproj "${mutate[@]}" --configuration Release --output "$out/report" \
  --concurrency "${CONCURRENCY:-$(nproc)}" --reporter cleartext --reporter json --reporter progress --skip-version-check --break-at 0
