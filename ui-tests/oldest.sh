#!/usr/bin/env bash
# Makes an environment with the oldest JupyterLab and Notebook that are supported, in .venv-oldest, with a
# wheel of this tree installed as a user would.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=$PWD/.venv-oldest

oldest_python() {
  local candidate
  for candidate in python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10; do
    if command -v "$candidate" > /dev/null && "$candidate" -c '' 2> /dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo python3
}

if [ ! -x "$environment/bin/jupyter-lab" ]; then
  rm -rf "$environment"
  "$(oldest_python)" -m venv "$environment"
  "$environment/bin/python" -m pip install -q --disable-pip-version-check \
    'jupyterlab==4.4.*' 'notebook==7.4.*' 'ipykernel==6.*'
fi

# Built from a copy, so that neither a development build slips in nor this tree's own build is replaced.
source=$(mktemp -d)
trap 'rm -rf "$source"' EXIT
git ls-files -co --exclude-standard | while IFS= read -r name; do
  case $name in ui-tests/* | tests/* | docs/*) continue ;; esac
  if [ -f "$name" ]; then
    mkdir -p "$source/$(dirname "$name")"
    cp "$name" "$source/$name"
  fi
done
python -m build --wheel --outdir "$source/out" "$source" > "$source/log" 2>&1 || {
  cat "$source/log" >&2
  exit 1
}
"$environment/bin/python" -m pip install -q --disable-pip-version-check --force-reinstall --no-deps "$source"/out/*.whl
"$environment/bin/python" -m pip install -q --disable-pip-version-check "$source"/out/*.whl
