#!/usr/bin/env bash
# Makes an environment if there is none, and installs packages into it:
#
#   ./environment.sh PYTHON ENVIRONMENT PIP_ARGUMENTS…
#
# PYTHON may be `oldest`: the oldest that is supported, if this machine has it. Done with uv, in seconds, where uv
# is there or can be had; else with pip, in minutes.
set -euo pipefail
interpreter=$1 environment=$2
shift 2

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

[ "$interpreter" = oldest ] && interpreter=$(oldest_python)
python=$environment/bin/python
pip() {
  "$python" -m pip "$@" --disable-pip-version-check
}

if [ ! -x "$python" ]; then
  rm -rf "$environment"
  if ! command -v uv > /dev/null || ! uv venv -q --seed --python "$interpreter" "$environment"; then
    "$interpreter" -m venv "$environment"
  fi
fi
if ! command -v uv > /dev/null; then
  [ -x "$environment/bin/uv" ] || pip install -q uv 2> /dev/null || true
  PATH=$PATH:$environment/bin
fi
if command -v uv > /dev/null && uv pip install -q --python "$python" "$@"; then
  exit 0
fi
pip install -q "$@"
