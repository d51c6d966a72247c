#!/usr/bin/env bash
# Sees to it that there is a browser for the tests: one that is installed, else Playwright's own, else the
# system's package.
set -euo pipefail
cd "$(dirname "$0")"
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
  command -v "$name" > /dev/null && exit 0
done
if env -u PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD jlpm playwright install chromium; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell ||
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
  exit 0
fi
echo "No browser: install Chromium, then run this again." >&2
exit 1
