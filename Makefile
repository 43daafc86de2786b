# Everything one does with this project; needs GNU make and Python 3.11 or newer.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
VAR_DIR ?= var
WORKERS ?= auto
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres

# Through `python -m`, so that a checkout which was moved still runs (scripts hold their old path).
python := $(VENV)/bin/python
manage := $(python) manage.py
# pip's warnings are about the machine's own configuration; its errors still show.
install := $(python) -m pip install -qq --require-hashes -r

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev test check bench soak format lock clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10
	@echo 'Variables: PORT=$(PORT)  PYTHON=$(PYTHON)  WORKERS=$(WORKERS) (test processes)  ARGS= (of test, dev, lock)'

# Beside the server, which takes the shell's place, what a timer does elsewhere each minute. It looks each
# second whether the server is there: once it is gone, nothing may hold what reads its output.
run: $(VENV)/.runtime $(VAR_DIR)/static/staticfiles.json ## Serve the newsroom, with the bulletin in an empty database
	@$(manage) migrate --noinput --verbosity 0
	@$(manage) first_run
	@echo 'Serving http://127.0.0.1:$(PORT)/ (desk: http://127.0.0.1:$(PORT)/admin/), Ctrl-C stops'
	@( second=0; while sleep 1 && kill -0 $$$$ 2>/dev/null; do \
		second=$$(( (second + 1) % 60 )); [ $$second != 0 ] || $(manage) publish_due; done ) </dev/null & \
	exec $(python) -m gunicorn newsroom.wsgi --config python:newsroom.server --bind 127.0.0.1:$(PORT)

dev: export DEBUG := true
dev: $(VENV)/.dev ## The same with Django's reloading server and DEBUG on
	@$(manage) migrate --noinput --verbosity 0
	@$(manage) first_run
	@exec $(manage) runserver 127.0.0.1:$(PORT) $(ARGS)

# The tests have an environment of their own: nothing that configures a site reaches them.
pytest = env -u DATABASE_URL $(addprefix -u ,$(site_variables)) $(1) $(python) -m pytest -n $(WORKERS) $(ARGS)
site_variables := DEBUG SECRET_KEY ALLOWED_HOSTS HTTPS TRUSTED_PROXIES CONN_MAX_AGE QUERY_TIMEOUT CACHE_URL CACHE_MB LOG_LEVEL VAR_DIR \
	REVIEWS ACCOUNTS_BY \
	SITE_NAME SITE_LATIN SITE_NAMEPLATE SITE_OWNER SITE_CONTACT SITE_COMPLAINTS SITE_LICENCE SITE_ICP SITE_POLICE \
	SITE_ID_CODE SITE_FONT_FILE
ask_server := import os, psycopg2; psycopg2.connect(os.environ["TEST_DATABASE_URL"], connect_timeout=5)
export TEST_DATABASE_URL

# Both databases are tried, also where the first fails. What ran and what could not goes to the
# summary in tests/conftest.py, since the runner's closing line has to be the last one.
test: $(VENV)/.dev $(VENV)/.npm ## Run the tests on SQLite, then on PostgreSQL where a server answers
	@if answer=$$($(python) -c '$(ask_server)' 2>&1); then \
		ran=SQLite; \
		$(call pytest) || ran='SQLite (failed)'; \
		$(call pytest,DATABASE_URL="$$TEST_DATABASE_URL" TEST_RAN_BEFORE="$$ran") && test "$$ran" = SQLite; \
	else \
		reason=$$(echo "$$answer" | sed -n 's/^[A-Za-z0-9_.]*Error: //p'); \
		$(call pytest,TEST_NOT_RUN="PostgreSQL: $$reason"); \
	fi

# The environment of a production start. No database is asked: models are compared with migrations.
production := env DEBUG=false HTTPS=true ALLOWED_HOSTS=example.org DATABASE_URL=sqlite://:memory:
production += SECRET_KEY="$$($(python) -c 'import secrets; print(secrets.token_urlsafe(50))')"

check: $(VENV)/.dev ## Lint, formatting, types, migrations and the settings of a production start
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m djlint --quiet --lint templates
	$(production) $(python) -m mypy
	$(production) $(manage) makemigrations --check --dry-run
	$(production) $(manage) check --deploy --fail-level WARNING

bench: $(VENV)/.dev ## Measure pages at 6 to 100,000 stories beside hand-written ones (docs/benchmarks.md)
	@$(python) -m tests.bench $(ARGS)

# What chance decides, a hundred times as often as `make test` does; PostgreSQL has to answer.
soak: $(VENV)/.dev ## Run the tests that chance decides a hundred times longer, on both databases
	$(call pytest,SOAK=1) -m soak
	$(call pytest,SOAK=1 DATABASE_URL="$$TEST_DATABASE_URL" TEST_RAN_BEFORE=SQLite) -m soak

format: $(VENV)/.dev ## Write Python the way `check` wants it
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

# uv resolves for all platforms at once; it only compiles, and is gone afterwards.
lock: $(python) ## Compile requirements*.txt from pyproject.toml (ARGS=--upgrade: newer releases)
	@tool=$$(mktemp -d) && trap 'rm -rf "$$tool"' EXIT && \
	$(python) -m venv "$$tool" && "$$tool/bin/python" -m pip install -qq 'uv~=0.13.9' && \
	compile() { \
		"$$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --emit-build-options --custom-compile-command 'make lock' pyproject.toml $(ARGS) "$$@"; \
	} && \
	compile --output-file requirements.txt && \
	compile --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove what can be made again; var/ stays, it holds the database and the pictures
	rm -rf $(VENV) .hypothesis .pytest_cache .ruff_cache tests/browser/node_modules
	find . -name __pycache__ -prune -exec rm -r {} +

$(python):
	@for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "Making $(VENV) with $$($$python --version)"; \
		$$python -m venv --clear $(VENV) && exit; \
		rm -rf $(VENV); \
		echo 'No virtual environment could be made. On Debian: apt install python3-venv' >&2; \
		exit 1; \
	done; \
	echo 'Python 3.11 or newer is needed, and none was found. Name yours: make PYTHON=/path/to/python' >&2; \
	exit 1

$(VENV)/.runtime: requirements.txt $(python)
	@echo 'Installing $<'
	@$(install) $<
	@touch $@

# The longer lock holds the shorter one, so it fulfils both.
$(VENV)/.dev: requirements-dev.txt $(python)
	@echo 'Installing $<'
	@$(install) $<
	@touch $@ $(VENV)/.runtime

# Checkers that only tests use. Without npm, or where it fails, those tests say why they are skipped.
$(VENV)/.npm: tests/browser/package-lock.json tests/browser/.npmrc $(python)
	@if command -v npm >/dev/null; then \
		echo 'Installing $<'; \
		if (cd $(<D) && npm ci --silent); then touch $@; else echo 'npm could not install it' >&2; fi; \
	fi

# Compressing takes some 20 s, so only when a file, or what decides which files there are, has changed.
# Folders are listed too: their time tells of a file that was removed.
$(VAR_DIR)/static/staticfiles.json: requirements.txt newsroom/settings.py $(shell find static articles/static people/static newsroom/static 2>/dev/null) | $(VENV)/.runtime
	@echo 'Collecting static files'
	@$(manage) collectstatic --noinput --verbosity 0
