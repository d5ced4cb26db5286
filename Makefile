# Everything runs in .venv, made on first use from requirements.lock.
PORT ?= 8501
VENV := .venv
PYTHON := $(VENV)/bin/python
TESTS ?=
OPTIONS ?=
TORCH ?= torch==2.13.0

.PHONY: run test axe bench load soak check format lock clean

run: $(VENV)/run
	$(VENV)/bin/streamlit run app.py --server.port $(PORT)

# Its workers and servers are many processes: what one has compiled, the others need not.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/test
	sh tests/e2e/browser.sh
ifeq ($(TESTS),)
	$(PYTHON) -m pytest -n auto --dist loadfile --no-loadscope-reorder
else
	$(PYTHON) -m pytest $(TESTS)
endif

axe: $(VENV)/test
	sh tests/e2e/browser.sh
	$(PYTHON) -m tests.e2e.axe

bench: $(VENV)/bench
	sh tests/e2e/browser.sh
	$(PYTHON) -m tests.benchmarks

load: $(VENV)/bench
	$(PYTHON) -m tests.benchmarks.load --stock $(OPTIONS)

soak: $(VENV)/bench
	$(PYTHON) -m tests.benchmarks.soak $(OPTIONS)

check: $(VENV)/test
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/test
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

# After a change to requirements.txt. What stays in the file keeps its version.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" requirements.txt --output-file requirements.lock

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Softmax Lab needs Python 3.11 or newer.")'
	python3 -m venv $(VENV)

$(VENV)/run: requirements.lock | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements.lock
	touch $@

$(VENV)/test: requirements-test.txt $(VENV)/run
	$(PYTHON) -m pip install --quiet -r requirements-test.txt
	touch $@

$(VENV)/bench: requirements-bench.txt $(VENV)/test
	$(PYTHON) -m pip install --quiet -r requirements-bench.txt
	test -z "$(TORCH)" || $(PYTHON) -m pip install --quiet $(TORCH) || echo "PyTorch could not be installed: the benchmarks go without it."
	touch $@
