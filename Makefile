# The verbs of the portal. `make run` starts it with demo data, `make test` runs every check,
# `make check` what is wanted after each change.

PY ?= python3
PORT ?= 8000
DATA_DIR ?= ./data
# The commit that `make check` compares with; empty: where this branch left origin/main.
SINCE ?=

VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
FLASK := $(BIN)/flask --app wsgi
# What the tests need of Debian: each program, and the package that has it.
PROGRAMS := chromium-headless-shell:chromium-headless-shell nginx:nginx-light ip:iproute2 \
	curl:curl openssl:openssl adduser:adduser
UV_VERSION := 0.13.9
LOCK := pip compile --universal --generate-hashes --no-emit-index-url --no-header \
	--python-version 3.11 --quiet
CATALOGUES := $(wildcard portal/translations/*/LC_MESSAGES/*.po)
FRONT_END := $(wildcard build.mjs) $(shell find static/src -type f 2>/dev/null)

# Python keeps what it compiled: the tests start it hundreds of times.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check lint format types lock translations release-snapshot sbom bench clean \
	build programs tools

help: ## say which verbs there are
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

run: build ## install what is needed, fill in demo data and serve on PORT (8000)
	@echo "==> Database and demo data in $(DATA_DIR)"
	@mkdir -p -m 700 "$(DATA_DIR)"
	@PORTAL_ENV=demo PORT=$(PORT) DATA_DIR="$(DATA_DIR)" $(FLASK) db upgrade \
		--backup "$(DATA_DIR)/backups/"
	@PORTAL_ENV=demo PORT=$(PORT) DATA_DIR="$(DATA_DIR)" $(FLASK) demo
	@echo "==> Web server and worker on port $(PORT); stop with Ctrl-C"
	@PORTAL_ENV=demo PORT=$(PORT) DATA_DIR="$(DATA_DIR)" exec $(FLASK) serve

build: $(STAMPS)/base $(STAMPS)/static $(STAMPS)/translations $(STAMPS)/compiled ## install what serving needs, and build what it shows

# Python's packages come while those of Node do, and are built.
test: ## run every check, and the tests on both databases
	@$(MAKE) --no-print-directory --jobs=2 build $(STAMPS)/dev programs
	@$(BIN)/python -m tests.harness.suite

check: build $(STAMPS)/dev ## style, layers, types, and the tests of what changed since SINCE
	@$(BIN)/python -m tests.harness.changed $(SINCE)

lint: $(STAMPS)/dev ## check style, layout and who imports whom
	@echo "==> Style"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "==> Who may import whom"
	@$(BIN)/lint-imports --no-cache

types: $(STAMPS)/dev ## check the types
	@echo "==> Types"
	@$(BIN)/mypy

format: $(STAMPS)/dev ## put the code in its layout
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(STAMPS)/dev ## write the locks again from pyproject.toml and package.json
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv $(LOCK) pyproject.toml -o requirements/base.txt
	@$(BIN)/uv $(LOCK) --group dev pyproject.toml -o requirements/dev.txt
	@npm install --package-lock-only --ignore-scripts
	@! grep -nE 'https?://' requirements/*.txt || { echo "A lock names a host."; exit 1; }

translations: $(STAMPS)/base ## collect the Dutch words and bring the English catalogue up to date
	@$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext -k lazy_ngettext:1,2 \
		--no-location --sort-output --project=groeipact-portal -o $(STAMPS)/messages.pot \
		portal templates
	@$(BIN)/pybabel -q update -i $(STAMPS)/messages.pot -d portal/translations -l en \
		--init-missing --no-fuzzy-matching --ignore-obsolete

release-snapshot: $(STAMPS)/dev build ## keep what the demo of this version leaves, for the tests of later ones
	@$(BIN)/python -m tests.harness.release

sbom: $(STAMPS)/dev $(STAMPS)/node ## write into sbom/ which packages of others the portal is made of (CycloneDX)
	@mkdir -p sbom
	@$(BIN)/cyclonedx-py requirements --spec-version 1.6 --output-reproducible \
		--pyproject pyproject.toml --output-file sbom/python.cdx.json requirements/base.txt
	@npm sbom --sbom-format cyclonedx --sbom-type application --omit dev --package-lock-only \
		> sbom/front-end.cdx.json
	@ls sbom

bench: build $(STAMPS)/dev ## make a large database and measure the pages
	@$(BIN)/python -m bench

clean: ## remove everything that was installed or built; data stays
	rm -rf $(VENV) node_modules static/dist sbom $(STAMPS) test-results \
		.pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find portal migrations tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find portal -name '*.mo' -delete

# What is installed and built. A stamp is older than what it was made from: then it is made again.

tools:
	@command -v $(PY) >/dev/null || { \
		echo "Python is missing. Type: apt-get install python3 python3-venv"; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed. Choose one with: make PY=python3.11 ..."; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python cannot make a virtual environment. Type: apt-get install python3-venv"; exit 1; }
	@command -v npm >/dev/null || { \
		echo "Node.js with npm is missing. Type: apt-get install nodejs npm"; exit 1; }

$(BIN)/python: | tools
	@echo "==> Virtual environment in $(VENV)"
	@$(PY) -m venv $(VENV)

$(STAMPS)/base: requirements/base.txt | $(BIN)/python
	@echo "==> Python packages of the portal"
	@mkdir -p $(STAMPS)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/base
	@echo "==> Python packages of the tests"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(STAMPS)/node: package.json package-lock.json .npmrc | tools
	@echo "==> Node packages of the front end"
	@mkdir -p $(STAMPS)
	@npm ci --ignore-scripts --silent
	@touch $@

$(STAMPS)/static: $(STAMPS)/node $(FRONT_END)
	@echo "==> Style sheets and scripts"
	@npm run --silent build
	@touch $@

$(STAMPS)/translations: $(CATALOGUES) | $(STAMPS)/base
	@$(if $(CATALOGUES),echo "==> Translations"; $(BIN)/pybabel -q compile -d portal/translations)
	@touch $@

# Whoever serves may not write here: without this, every start would compile the portal anew.
$(STAMPS)/compiled: $(shell find portal migrations wsgi.py -name '*.py') | $(BIN)/python
	@$(BIN)/python -m compileall -q portal migrations wsgi.py
	@mkdir -p $(STAMPS)
	@touch $@

programs:
	@lacking=; for each in $(PROGRAMS); do \
		PATH="$$PATH:/usr/sbin:/sbin" command -v "$${each%:*}" >/dev/null || lacking="$$lacking $${each#*:}"; \
	done; \
	if [ -z "$$lacking" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "==> For the tests:$$lacking"; \
		apt-get -qq -o DPkg::Lock::Timeout=400 update && \
		DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=400 \
			install --no-install-recommends $$lacking >/dev/null; \
	else \
		echo "Missing:$$lacking. Type: sudo apt-get install$$lacking"; exit 1; \
	fi
