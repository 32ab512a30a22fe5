#!/usr/bin/env bash
# What a newcomer waits for: clones this repository, with empty caches, and follows README.md to the first fine-tuned network and the first program.
# ./build.sh bench ease [FOLDER]; on a machine that has nothing but the .NET SDK it installs the rest, and that counts.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(realpath -m "${1:-$repository/artifacts/ease}")
bar=600

[ ! -e "$folder" ] || { echo "ease.sh: '$folder' exists; name a folder that does not" >&2; exit 2; }
mkdir -p "$folder"
export NUGET_PACKAGES=$folder/packages NUGET_HTTP_CACHE_PATH=$folder/http npm_config_cache=$folder/npm SLSAM_CACHE=$folder/downloads

# follow COMMAND...: runs it, and notes when it began and when it said "==> ...".
follow() {
  note "$*"
  "$@" 2>&1 | while IFS= read -r line; do
    printf '%s\n' "$line"
    case $line in *'==>'*) note "  ${line#*==>}" ;; esac
  done
}

# Without the escapes that make a line bold.
note() { printf '%s\t%s\n' "$SECONDS" "$1" | sed 's/\x1b\[[0-9;]*m//g' >> "$folder/notes"; }

SECONDS=0
follow git clone -q "$repository" "$folder/SlSam"
cd "$folder/SlSam"
follow ./build.sh demo
tuned=$SECONDS
follow ./build.sh new ../First
follow dotnet run --project ../First
note "the end"

echo
echo "On $(nproc) cores, .NET SDK $(dotnet --version):"
awk -F'\t' 'NR > 1 { printf "%5d s  %s\n", $1 - began, what } { began = $1; what = $2 }' "$folder/notes"
echo "From the clone to the first fine-tuned network: $tuned s (bar: $bar s); to a program of one's own: $SECONDS s."
[ "$tuned" -le "$bar" ] || exit 1
