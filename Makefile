# Tongzhou: `make demo` is all a newcomer needs. Every step runs only when its inputs changed.
#
# Needed on the machine: Python >= 3.11, Node >= 20, make, git. DATABASE_URL uses a PostgreSQL
# of your own instead of the embedded one; DATA=DIR plays the demo on real daily counts.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMPS := $(VENV)/stamps
export TONGZHOU_HOME ?= $(CURDIR)/.tongzhou
HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= 2
# requirements-serve.lock leaves out what only developers need.
LOCK ?= requirements.lock

# The newest Python that is new enough; PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then command -v "$$p"; break; fi; done)

COMPILE := $(BIN)/uv pip compile server/pyproject.toml analysis/pyproject.toml --quiet \
	--no-emit-package actscope --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

PO := $(wildcard server/tongzhou/*/locale/*/LC_MESSAGES/*.po)
MIGRATIONS := $(wildcard server/tongzhou/*/migrations/*.py) server/tongzhou/ledger/rights.py
STATIC := $(shell find server/tongzhou/*/static -type f -not -path '*/vendor/*' 2>/dev/null)
# A database of one's own may be another one each time: it is looked at every time.
DATABASE_STAMP := $(if $(DATABASE_URL),database-external,$(TONGZHOU_HOME)/migrated)

##: Use it
.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##: / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: setup ## Set everything up, play the demonstration, serve it at http://127.0.0.1:8000
	@$(BIN)/tongzhou demo --host $(HOST) --port $(PORT) $(if $(DATA),--data "$(DATA)")

.PHONY: demo-reset
demo-reset: setup ## Forget the demonstration and play it from the start
	@$(BIN)/tongzhou demo --reset --host $(HOST) --port $(PORT) $(if $(DATA),--data "$(DATA)")

.PHONY: setup
setup: environment assets translations static database ## Environment, front-end assets, translations, database

##: Work on it
.PHONY: test
test: setup browser java ## Run all tests, browser and Spark included, and print the coverage
	$(PY) -m pytest -n $(JOBS) --dist loadgroup --cov --cov-report=term:skip-covered $(TESTS)

.PHONY: check
check: setup ## Style, types, order of the rooms, migrations, translations, documents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tongzhou manage makemigrations --check --dry-run
	$(PY) -m tongzhou.ui.messages check
	$(PY) -m tongzhou.cli.reference check

.PHONY: format
format: environment ## Bring the code into its usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: messages
messages: environment ## Collect new sentences into the translation catalogues
	$(PY) -m tongzhou.ui.messages extract

.PHONY: docs
docs: environment translations ## Make the pages of docs/reference from the code
	$(PY) -m tongzhou.cli.reference write

.PHONY: bench
bench: setup ## Measure, and print a table with the machine and the versions
	$(PY) -m bench $(BENCH)

.PHONY: lock
lock: environment ## Choose new versions of all packages and write them down
	$(COMPILE) --all-extras --upgrade -o requirements.lock
	$(COMPILE) --upgrade -c requirements.lock -o requirements-serve.lock

.PHONY: clean
clean: ## Remove what set-up made, except the data in .tongzhou
	rm -rf $(VENV) server/tongzhou/static server/tongzhou/ui/static/ui/vendor
	find server -name '*.mo' -delete

##: The steps of set-up
.PHONY: environment assets translations static database database-external browser java
environment: $(STAMPS)/environment ## Python packages in .venv, pinned

$(STAMPS)/python: requirements-uv.lock
	@if [ -z "$(PYTHON)" ]; then \
		echo "Tongzhou needs Python 3.11 or newer; found: $$(python3 --version 2>&1)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 demo" >&2; exit 1; fi
	@$(PYTHON) -m venv $(VENV) || { \
		echo "Making .venv failed. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements-uv.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/environment: $(STAMPS)/python $(LOCK) server/pyproject.toml analysis/pyproject.toml
	@echo "Installing Python packages …"
	@$(BIN)/uv pip sync --quiet --python $(PY) --require-hashes $(LOCK)
	@$(BIN)/uv pip install --quiet --python $(PY) --no-deps --editable analysis --editable server
	@touch $@

assets: environment ## Front-end files by npm, copied to the static files
	@command -v node >/dev/null || { \
		echo "Tongzhou needs Node 20 or newer with npm to fetch its front-end files." >&2; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { \
		echo "Tongzhou needs Node 20 or newer; found $$(node --version)." >&2; exit 1; }
	@$(PY) -m tongzhou.ui.build_assets

translations: $(STAMPS)/translations ## Compile the translations
$(STAMPS)/translations: $(STAMPS)/environment $(PO)
	@$(PY) -m tongzhou.ui.messages compile
	@touch $@

static: assets $(STAMPS)/static ## Collect the static files
$(STAMPS)/static: $(STAMPS)/environment $(STATIC) server/tongzhou/ui/static/ui/vendor/.stamp
	@$(PY) -m django collectstatic --noinput --verbosity 0 --settings tongzhou.config.settings
	@touch $@
server/tongzhou/ui/static/ui/vendor/.stamp: | assets ;

database: $(DATABASE_STAMP) ## Make the database or bring it up to date
$(TONGZHOU_HOME)/migrated: $(STAMPS)/environment $(MIGRATIONS)
	@$(BIN)/tongzhou migrate --quiet
	@touch $@
database-external: environment
	@$(BIN)/tongzhou migrate --quiet

browser: ## A Chromium for the browser tests (Debian as root: installed by apt)
	@if [ -x /usr/bin/chromium ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends \
			chromium fonts-noto-cjk; \
	else \
		echo "The browser tests need Chromium at /usr/bin/chromium and a Chinese font." >&2; \
		echo "On Debian or Ubuntu: sudo apt-get install chromium fonts-noto-cjk" >&2; exit 1; \
	fi

java: ## A Java for the tests on Spark (Debian as root: installed by apt)
	@if command -v java >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends \
			default-jre-headless; \
	else \
		echo "The tests of the analysis on Spark need Java 17 or newer." >&2; \
		echo "On Debian or Ubuntu: sudo apt-get install default-jre-headless" >&2; exit 1; \
	fi
