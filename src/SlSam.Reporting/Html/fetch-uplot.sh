#!/bin/sh
# fetch-uplot.sh FOLDER: puts uPlot's script, style and licence into a folder, or leaves it away. The archive is compared with its checksum.
set -eu
package=uplot@1.6.32
checksum=4b8a8191e425658e3ea8c8c1314b0fc679c861ee3a1af2b20c7b16ba50b5133d
folder=$1
staging="$folder.$$.tmp"
trap 'rm -rf "$staging"' EXIT
mkdir -p "$staging"
cd "$staging"
npm pack "$package" --cache "$staging/cache" --loglevel=error --no-update-notifier --ignore-scripts --fetch-retries=0 --fetch-timeout=30000 >/dev/null
archive=$(ls ./*.tgz)
echo "$checksum  $archive" | sha256sum --check --status || { echo "the archive of $package is not the one expected: its SHA-256 is $(sha256sum "$archive")" >&2; exit 1; }
tar -xzf "$archive"
mkdir files
mv package/dist/uPlot.iife.min.js files/uPlot.js
mv package/dist/uPlot.min.css files/uPlot.css
mv package/LICENSE files/LICENSE
rm -rf "$folder"
mv files "$folder"
