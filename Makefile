PYTHON ?= python3
PORT ?= 5000

BIN := .venv/bin
FLASK := $(BIN)/flask --app webapp
BENCHMARKS := tap sync levels first_visit live scan engines harm slow_clients
TYPES := DENO_DIR=.venv/deno DENO_NO_UPDATE_CHECK=1 $(BIN)/deno check --quiet --no-lock --no-remote --no-npm
INSTALL := $(MAKE) --no-print-directory install-packages
BROWSERS := chromium-headless-shell chromium chromium-browser google-chrome
BROWSER_PACKAGES := chromium-headless-shell fonts-noto-core fonts-noto-color-emoji
ENGINE_PACKAGES := firefox-esr webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1

.PHONY: run test lint lock bench scan browser engines decoder proxy clean

run: export REACHABLE_URL ?= http://127.0.0.1:$(PORT)
run: .venv/installed
	@$(FLASK) demo
	@printf '\nTo make this browser a tablet, open %s/enrol and enter the code\n  ' "$$REACHABLE_URL"
	@$(FLASK) enrol-code
	@printf '\nServing %s until Ctrl+C\n' "$$REACHABLE_URL"
	@exec $(FLASK) serve --port $(PORT)

# Compiled code is kept, whatever the environment says: each process of the suite would compile everything anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: browser engines decoder proxy lint
	$(BIN)/pytest --numprocesses auto --dist worksteal

lint: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings webapp/static
	@for scope in worker pages; do $(TYPES) --config jstypes/$$scope.json webapp/static || exit 1; done
	@test -x .venv/auditor/bin/pip-audit || { $(PYTHON) -m venv .venv/auditor \
	  && .venv/auditor/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; } || true
	@$(BIN)/python -m e2e.security.advisories .venv/auditor/bin/pip-audit

# What is pinned already stays as it is, unless pyproject.toml asks for another; `make lock UPGRADE=--upgrade` looks for
# newer versions of what others need.
lock:
	@test -x .venv/locker/bin/uv || { $(PYTHON) -m venv .venv/locker \
	  && .venv/locker/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9; }
	@.venv/locker/bin/uv pip compile pyproject.toml --group check --universal --python-version 3.11 $(UPGRADE) \
	  --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' --quiet -o requirements.txt

bench: .venv/installed browser engines proxy
	@for name in $(BENCHMARKS); do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

# A scanner in an environment of its own: it needs other versions of what the school needs too.
scan: .venv/installed
	@test -x .venv/scanner/bin/wapiti || { $(PYTHON) -m venv .venv/scanner \
	  && .venv/scanner/bin/python -m pip install --quiet --disable-pip-version-check wapiti3==3.2.3; }
	@$(BIN)/python -m e2e.security.wapiti .venv/scanner/bin/wapiti

# The stamp is as old as the last installation, so that only new requirements cost time.
.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Reachable needs Python 3.11 or newer. Name one: make PYTHON=python3.12 …'; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo 'On Debian and Ubuntu: sudo apt-get install python3-venv'; exit 1; }
	@echo 'Installing what Reachable needs; the first time this takes a minute …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

browser:
	@test -n "$$CHROMIUM$$(for name in $(BROWSERS); do command -v $$name; done)" \
	  || $(INSTALL) PACKAGES='$(BROWSER_PACKAGES)' \
	    OTHERWISE='The tests drive Chromium. Install it, or set CHROMIUM to its path.'

engines:
	@{ command -v firefox-esr && command -v WebKitWebDriver && command -v Xvfb \
	    && /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1")'; } > /dev/null 2>&1 \
	  || $(INSTALL) PACKAGES='$(ENGINE_PACKAGES)' \
	    OTHERWISE='The tests drive Firefox ESR and WebKitGTK too. Install: $(ENGINE_PACKAGES)'

decoder: .venv/installed
	@$(BIN)/python -c 'import pyzbar.pyzbar' 2> /dev/null \
	  || $(INSTALL) PACKAGES=libzbar0 OTHERWISE='The tests read printed cards with ZBar. Install its library.'

proxy:
	@command -v caddy > /dev/null \
	  || $(INSTALL) PACKAGES=caddy OTHERWISE='The tests put Caddy in front of the school. Install it.'

.PHONY: install-packages
install-packages:
	@command -v apt-get > /dev/null && { test "$$(id -u)" = 0 || command -v sudo > /dev/null; } \
	  || { echo '$(OTHERWISE)'; exit 1; }
	@sudo=$$(test "$$(id -u)" = 0 || echo sudo); $$sudo apt-get update -qq \
	  && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(PACKAGES)

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
