#!/bin/sh
# Make sure that the browser tests have a browser: one that is there, one that Playwright brings,
# or the system's package. Without any the tests fail; they never skip in silence.
if command -v chromium >/dev/null || command -v google-chrome >/dev/null || command -v chromium-browser >/dev/null; then
    exit 0
fi
if .venv/bin/python tests/e2e/find_browser.py >/dev/null 2>&1; then
    exit 0
fi
echo "No browser found: installing one for the browser tests."
.venv/bin/python -m playwright install chromium && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk && exit 0
fi
echo "The browser tests need Chromium: install it (on Debian: sudo apt-get install chromium fonts-noto-cjk) and run 'make test' again." >&2
exit 1
