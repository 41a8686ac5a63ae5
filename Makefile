# make run      cài đặt (lần đầu), nạp corpus/documents/ rồi mở trang hỏi đáp và API
# make test     cài đặt rồi chạy mọi bài kiểm thử
# make install  chỉ cài đặt
# make check    ruff, mypy và mọi bài kiểm thử
# make bench-peers DATA=THƯ_MỤC   đo cạnh các thư viện khác trên những bộ kiểu BEIR ấy, viết docs/benchmarks.md
# make trust    các bài thử dài của docs/trust.md (vài giờ), in số đo ở cuối

SHELL := /bin/sh
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet

# The first Python that is new enough.
FIND_PYTHON = for each in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$each"; break; }; done

# PyTorch's own index has the CPU build, which pip prefers to the CUDA build of PyPI; where it cannot be reached, pip's
# settings (find-links, another index) are left to offer one.
TORCH_INDEX := https://download.pytorch.org/whl/cpu
PROBE := import urllib.request as u; u.urlopen("$(TORCH_INDEX)/torch/", timeout=3)
INDEX = $$($(BIN)/python -c '$(PROBE)' 2>/dev/null && echo --extra-index-url $(TORCH_INDEX))

.PHONY: run test install check trust bench-peers clean
.DELETE_ON_ERROR:

run: .venv/installed
	@exec $(BIN)/hoi serve --host $(HOST) --port $(PORT)

install: .venv/installed

test: .venv/installed-dev
	$(BIN)/python -m pytest -m "not trust"

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not trust"

# Rows of docs/trust.md whose whole test is short enough for `make test`, run here for their figures too.
TRUSTED := $(patsubst %,tests/test_%.py,access auth backup faults hostile_text limits llm_faults load_properties sign_in)

# The API's description is fuzzed by a tool of an environment of its own: it brings many packages, and a pytest plugin.
trust: .venv/installed-dev .venv/trust/installed
	$(BIN)/python -m pytest -m trust
	$(BIN)/python -m pytest -m "not trust" $(TRUSTED)
	$(BIN)/python -m eval.hostile_text
	$(BIN)/python -m eval.load
	$(BIN)/python -m eval.fuzz .venv/trust/bin/schemathesis

bench-peers: .venv/installed
	@test -n "$(DATA)" || { echo "Cần DATA=THƯ_MỤC: các bộ kiểu BEIR, mỗi bộ một thư mục con" >&2; exit 2; }
	nice -n 10 $(BIN)/python -m eval.bench.peers --data "$(DATA)" $(INDEX)

.venv/trust/installed: | $(BIN)/python
	@$(BIN)/python -m venv .venv/trust
	@.venv/trust/bin/pip install --quiet 'schemathesis>=4,<5'
	@touch $@

clean:
	rm -rf .venv

$(BIN)/python:
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then echo "Cần Python 3.11 trở lên: https://www.python.org/downloads/" >&2; exit 1; fi; \
	echo "Tạo môi trường .venv bằng $$python"; \
	"$$python" -m venv .venv || { rm -rf .venv; echo "Không tạo được .venv; trên Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }

.venv/installed: pyproject.toml | $(BIN)/python
	@echo "Đang cài các gói (lần đầu mất vài phút)…"
	@$(PIP) $(INDEX) --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Đang cài các gói để kiểm thử…"
	@$(PIP) $(INDEX) --editable '.[dev]'
	@touch $@
