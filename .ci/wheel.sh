#!/usr/bin/env bash
# Builds the wheel into a folder: ./wheel.sh FOLDER
# From a copy of what is under version control, so that neither a development build slips in nor this tree's own
# build is replaced.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/.."
source=$(mktemp -d)
trap 'rm -rf "$source"' EXIT
git ls-files -co --exclude-standard | while IFS= read -r name; do
  case $name in ui-tests/* | tests/* | docs/*) continue ;; esac
  [ ! -f "$name" ] || cp --parents "$name" "$source"
done
installer=pip
command -v uv > /dev/null && installer=uv
env -u HATCH_JUPYTER_BUILDER_SKIP_NPM python -m build --wheel --installer "$installer" --outdir "$source/out" "$source" > "$source/log" 2>&1 || {
  cat "$source/log" >&2
  exit 1
}
rm -f "$folder"/*.whl
mv "$source"/out/*.whl "$folder"
