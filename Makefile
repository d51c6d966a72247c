# Two commands for people: `make demo` and `make test`. Both set up what is missing, once, in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .make
# Without its bytecode, each start of a Jupyter program takes seconds longer.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(abspath $(BIN)):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

SOURCES := $(shell find src style schema jupyter_hygiene/schemas -type f 2>/dev/null) package.json yarn.lock pyproject.toml tsconfig.json

# What a wheel is made of.
SHIPPED := $(SOURCES) $(shell find jupyter_hygiene jupyter-config -name '*.py' -not -name _version.py -o -name '*.json' -path 'jupyter-config/*')

.PHONY: demo test test-python test-typescript test-browser test-oldest lint clean

demo: $(STAMPS)/examples
	@# Status 1 is expected: some of the examples are there to differ.
	jupyter hygiene verify examples || [ $$? -eq 1 ]
ifeq ($(CI)$(NO_BROWSER),)
	jupyter lab examples
endif

# What needs neither a browser nor a kernel is checked while the oldest environment is set up.
test: $(STAMPS)/browser
	$(MAKE) -j2 --output-sync=target lint test-typescript $(STAMPS)/oldest-environment
	$(MAKE) test-browser test-oldest test-python

lint: $(STAMPS)/test
	ruff check jupyter_hygiene tests benchmarks conftest.py
	ruff format --check jupyter_hygiene tests benchmarks conftest.py
	mypy
	jlpm lint:check

test-python: $(STAMPS)/test
	pytest

test-typescript: $(STAMPS)/test
	jlpm test

test-browser: $(STAMPS)/browser
	cd ui-tests && jlpm test

# In the oldest versions that are supported.
test-oldest: $(STAMPS)/browser $(STAMPS)/oldest-environment
	cd ui-tests && jlpm test:oldest

# Setting up

$(STAMPS)/venv:
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/examples: $(STAMPS)/venv $(SOURCES)
	@# Linking the labextension puts this file into it, where a second installation stumbles over it.
	rm -f jupyter_hygiene/labextension/install.json
	pip install -q -e ".[examples]" jupyter-builder
	jupyter-builder develop . --overwrite
	@touch $@

$(STAMPS)/test: $(STAMPS)/examples
	rm -f jupyter_hygiene/labextension/install.json
	pip install -q -e ".[examples,test]"
	jupyter-builder develop . --overwrite
	@touch $@

$(STAMPS)/browser: $(STAMPS)/test ui-tests/package.json ui-tests/yarn.lock
	cd ui-tests && jlpm install --immutable
	./ui-tests/browser.sh
	@touch $@

$(STAMPS)/oldest-environment: $(STAMPS)/test ui-tests/oldest.sh $(SHIPPED)
	./ui-tests/oldest.sh
	@touch $@

clean:
	rm -rf $(STAMPS) $(VENV) .venv-oldest node_modules ui-tests/node_modules lib dist jupyter_hygiene/labextension tsconfig.tsbuildinfo
