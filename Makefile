# make demo: speaks an example speech.   make test: runs the tests.   make lint: style and types.
# make test-fast: the tests that take no more than a few seconds each.
# make fuzz MINUTES=10 SEED=…: attack the program with generated input; INPUTS=1000000: so many of it,
# however long that takes (or MINUTES, whichever ends first). Ctrl-C ends it with the summary.
# make bench: the table of docs/benchmarks.md. QUICK=1: less work; ROWS="sound batch": a part;
# SPEECH=speech.txt: of this speech; these are only shown. TORCH=1: against PyTorch too.
# make release: builds the sdist and the wheel, and installs and tries them in every usual way.
# make folder: builds dist/speechcast, a folder that runs on machines without Python.
# make screenshots: the pictures of docs/page and docs/studio, taken with Chromium.
# make sample: what docs/assets holds: the README's sound, its plot, and the recordings of a terminal.
# make sample FASTER=2: the recordings of a terminal play twice as fast as the commands ran; their
# titles say so.
# make docs: builds the manual, in both languages, into build/manual.
# make catalogues: takes the messages out of the source into the Chinese catalogue, and compiles it.
# make soak: a thousand sentences with a faulty service, and the memory they take.

VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# SEED repeats a run of `fuzz` or `mutants`; the latter takes N mutants a module, of MODULES.
MINUTES ?= $(if $(INPUTS),inf,10)
INPUTS ?=
SEED ?=
N ?= 10
MODULES ?=

# How many times faster than real time the recordings of `sample` play.
FASTER ?= 1

# What the folder that needs no Python is built from.
FOLDER_VENV ?= .venv-folder

# The programs that `bench` compares with; TORCH=1 adds the package of the model's author.
RIVALS ?= .venv-bench
TORCH ?=
QUICK ?=
ROWS ?=
SPEECH ?=

.PHONY: demo test test-fast fuzz mutants soak screenshots sample docs lint bench release folder catalogues clean
.DELETE_ON_ERROR:

demo: $(READY)
	$(BIN)/speechcast make examples/kaixue.txt

test: $(READY)
	$(BIN)/speechcast voices install narrator
	$(BIN)/pytest -n auto --dist worksteal

test-fast: $(READY)
	$(BIN)/speechcast voices install narrator
	$(BIN)/pytest -m "not slow" -n auto --dist worksteal

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz.campaign --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) \
		$(if $(INPUTS),--inputs $(INPUTS))

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

catalogues: $(READY)
	$(BIN)/pybabel -q extract --keyword mark --add-location file --sort-by-file \
		--output $(VENV)/messages.pot src/speechcast
	$(BIN)/pybabel -q update --input-file $(VENV)/messages.pot --domain speechcast \
		--output-dir src/speechcast/locale --no-fuzzy-matching --ignore-pot-creation-date
	$(BIN)/pybabel -q compile --directory src/speechcast/locale --domain speechcast

bench: $(READY) $(RIVALS)/.ready$(TORCH)
	$(BIN)/speechcast voices install narrator
	$(BIN)/python -m benchmarks --rivals $(RIVALS)/bin/python $(if $(QUICK),--quick) \
		$(if $(SPEECH),--speech $(SPEECH)) $(if $(ROWS)$(QUICK)$(SPEECH),,--write docs) $(ROWS)

release: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[release]'
	rm -rf build dist
	$(BIN)/python -m build --outdir dist .
	$(BIN)/twine check --strict dist/*
	$(BIN)/python release/try_installs.py dist

folder: $(FOLDER_VENV)/.ready
	$(FOLDER_VENV)/bin/speechcast voices install narrator
	$(FOLDER_VENV)/bin/pyinstaller --noconfirm --workpath build --distpath dist release/speechcast.spec
	$(FOLDER_VENV)/bin/python release/list_licences.py dist/speechcast

mutants: $(READY)
	$(BIN)/python -m benchmarks.mutants --seed $(or $(SEED),1) --count $(N) $(if $(MODULES),--modules $(MODULES))

soak: $(READY)
	$(BIN)/python -m benchmarks.soak

screenshots: $(READY)
	$(BIN)/python -m tests.page.screenshots docs/page
	$(BIN)/python -m tests.studio_browser.screenshots docs/studio

# A sentence is spoken first, unrecorded, so that the model has been used once; the sample itself is
# in no cache.
sample: $(READY)
	$(BIN)/speechcast make examples/welcome.txt --bitrate 64k --page -o docs/assets
	SPEECHCAST_LANG=en $(BIN)/speechcast check docs/assets/welcome.mp3 docs/assets/welcome.srt \
		--source examples/welcome.txt --plot docs/assets/check.png
	for language in en zh; do \
		rm -rf build/recording && \
		export PATH="$(abspath $(BIN)):$$PATH" SPEECHCAST_CACHE=build/recording SPEECHCAST_LANG=$$language && \
		echo 大家好。 | speechcast make - --name begin -o build && \
		python -m release.record_terminal docs/assets/terminal-$$language.svg \
			--faster $(FASTER) 'speechcast make examples/welcome.txt' \
			'speechcast check output/welcome.mp3 output/welcome.srt --source examples/welcome.txt' \
			|| exit 1; \
	done

docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

$(FOLDER_VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(FOLDER_VENV)
	$(FOLDER_VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt \
		'.[documents,english,play,studio]' pyinstaller
	touch $@

$(RIVALS)/.ready$(TORCH): benchmarks/requirements.txt benchmarks/requirements-torch.txt
	$(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/pip install --quiet --disable-pip-version-check \
		-r benchmarks/requirements$(if $(TORCH),-torch).txt
	touch $@

clean:
	rm -rf $(VENV) $(RIVALS) $(FOLDER_VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
