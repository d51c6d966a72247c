# For people: `make demo`, `make check` (what takes no browser, no kernel and no patience) and `make test`
# (everything). All set up what is missing, once, in .venv.

PYTHON ?= python3
MAKEFLAGS += --no-print-directory
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

PYTHON_FILES := jupyter_hygiene tests benchmarks conftest.py

.PHONY: demo examples check test lint-python lint-typescript check-python check-typescript test-python test-typescript test-browser coverage-browser wheel clean

demo: $(STAMPS)/examples
	$(MAKE) -j2 --output-sync=target examples $(STAMPS)/build
ifeq ($(CI)$(NO_BROWSER),)
	jupyter lab examples
endif

# Status 1 is expected: some of the examples are there to differ.
examples: $(STAMPS)/examples
	@jupyter hygiene verify examples || [ $$? -eq 1 ]

# Lint, types, the contract and the tests that need nothing but code.
check: $(STAMPS)/test
	$(MAKE) -j2 --output-sync=target lint-python $(STAMPS)/packages
	$(MAKE) -j2 --output-sync=target lint-typescript check-typescript check-python

# All there is. What takes both cores has them to itself; the rest goes side by side.
test: $(STAMPS)/test
	$(MAKE) -j2 --output-sync=target $(STAMPS)/build $(STAMPS)/browser $(STAMPS)/oldest $(STAMPS)/newest lint-python lint-typescript test-typescript
	$(MAKE) test-browser
	$(MAKE) test-python

lint-python: $(STAMPS)/test
	ruff check $(PYTHON_FILES)
	ruff format --check $(PYTHON_FILES)
	mypy

lint-typescript: $(STAMPS)/packages
	jlpm lint:check

check-typescript: $(STAMPS)/packages
	jlpm test

test-typescript: $(STAMPS)/packages
	jlpm test --coverage

# Only what the changes since the last time can have touched; status 5 says that this is nothing.
check-python: $(STAMPS)/test
	pytest -n 2 --dist worksteal -m "not processes and not lengthy" --testmon --testmon-forceselect || [ $$? -eq 5 ]

# Real kernels are waited for more than they compute: one worker more than there are cores.
test-python: $(STAMPS)/test $(STAMPS)/build $(STAMPS)/oldest $(STAMPS)/newest
	pytest -n 3 --dist worksteal --cov --cov-report=term

test-browser: $(STAMPS)/build $(STAMPS)/browser $(STAMPS)/oldest
	cd ui-tests && jlpm test

# What the browser tests reach of src/, by Chromium's own counting: takes longer, and once a week is enough.
coverage-browser: $(STAMPS)/test $(STAMPS)/build $(STAMPS)/browser
	cd ui-tests && COVERAGE=1 jlpm playwright test --project=lab

wheel: $(STAMPS)/wheel

# Setting up

# What the examples need, or what the tests need as well. The page's part is built apart, as it needs only JavaScript.
export HATCH_JUPYTER_BUILDER_SKIP_NPM := 1

# An installation that is linked to the build writes its install.json there, where the next one stumbles on it.
define PREPARE
@mkdir -p $(STAMPS) jupyter_hygiene/labextension
@rm -f jupyter_hygiene/labextension/install.json
endef

$(STAMPS)/examples: pyproject.toml .ci/environment.sh
	$(PREPARE)
	./.ci/environment.sh $(PYTHON) $(VENV) -e ".[examples]" jupyter-builder
	@touch $@

$(STAMPS)/test: pyproject.toml .ci/environment.sh
	$(PREPARE)
	./.ci/environment.sh $(PYTHON) $(VENV) -e ".[examples,test]"
	@touch $(STAMPS)/examples $@

$(STAMPS)/packages: package.json yarn.lock | $(STAMPS)/examples
	jlpm install --immutable > $(STAMPS)/packages.log || { cat $(STAMPS)/packages.log; exit 1; }
	@touch $@

$(STAMPS)/build: $(STAMPS)/packages $(SOURCES)
	jlpm build > $(STAMPS)/build.log || { cat $(STAMPS)/build.log; exit 1; }
	jupyter-builder develop . --overwrite > /dev/null
	@touch $@

$(STAMPS)/browser: ui-tests/package.json ui-tests/yarn.lock | $(STAMPS)/examples
	cd ui-tests && jlpm install --immutable > ../$(STAMPS)/browser.log || { cat ../$(STAMPS)/browser.log; exit 1; }
	./ui-tests/browser.sh
	@touch $@

$(STAMPS)/wheel: $(STAMPS)/test .ci/wheel.sh $(SHIPPED)
	./.ci/wheel.sh $@
	@touch $@

# The oldest and the newest JupyterLab and Notebook that are supported, with the wheel installed as a user would.
# Made anew each time: a wheel of the same version would be taken for the one that is there.
$(STAMPS)/oldest: $(STAMPS)/wheel
	rm -rf .venv-oldest
	./.ci/environment.sh oldest .venv-oldest 'jupyterlab==4.4.*' 'notebook==7.4.*' 'ipykernel==6.*' $</*.whl
	@touch $@

$(STAMPS)/newest: $(STAMPS)/wheel
	rm -rf .venv-newest
	./.ci/environment.sh $(PYTHON) .venv-newest 'jupyterlab>=4.6' 'notebook>=7.6' ipykernel $</*.whl
	@touch $@

clean:
	rm -rf $(STAMPS) $(VENV) .venv-oldest .venv-newest node_modules ui-tests/node_modules lib dist jupyter_hygiene/labextension tsconfig.tsbuildinfo
