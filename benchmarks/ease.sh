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

# stage COMMAND...: runs it, and adds a row with the seconds it took.
rows=()
stage() {
  local start=$SECONDS
  printf '==> %s\n' "$*"
  "$@" 2>&1 | tee -a "$folder/log"
  rows+=("$(printf '| `%s` | %d s |' "${*//$folder\//}" $((SECONDS - start)))")
}

SECONDS=0
stage git clone -q "$repository" "$folder/SlSam"
cd "$folder/SlSam"
stage ./build.sh demo
tuned=$SECONDS
stage ./build.sh new ../First
stage dotnet run --project ../First
total=$SECONDS

printf '\n%s\n' "| On $(nproc) cores, .NET SDK $(dotnet --version) | time |" '| --- | --- |' "${rows[@]}" \
  "| from the clone to the first fine-tuned network | $tuned s |" "| to the first program of one's own | $total s |"
echo "Installed on the way: $(sed -n 's/.*installing //p' "$folder/log" | paste -sd ' ' | grep . || echo nothing, all was there)."
[ "$tuned" -le "$bar" ] || { echo "ease.sh: the first fine-tuned network took more than $bar s" >&2; exit 1; }
