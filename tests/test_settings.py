"""Settings from the environment and `.env`."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.settings import PROJECT, Settings


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without `.env` and an environment without our variables."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"HOI_{name.upper()}", raising=False)


def test_defaults_need_nothing_and_call_no_language_model() -> None:
    settings = Settings()
    assert settings.data == Path(".hoi")
    assert settings.corpus == PROJECT / "corpus" / "documents"
    assert settings.corpus.is_dir()
    assert (settings.llm, settings.embedder, settings.reranker) == ("", "", "")


def test_a_variable_sets_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_DATA", "kho")
    monkeypatch.setenv("HOI_LLM", "openai:qwen")
    assert (Settings().data, Settings().llm) == (Path("kho"), "openai:qwen")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("HOI_DATA=tệp\nHOI_RERANKER=mô-hình\nKHAC=1\n", encoding="utf-8")
    monkeypatch.setenv("HOI_DATA", "biến")
    assert (Settings().data, Settings().reranker) == (Path("biến"), "mô-hình")


def test_an_argument_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_DATA", "biến")
    assert Settings(data=Path("tham-số")).data == Path("tham-số")


def test_the_key_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_LLM_API_KEY", "bí-mật-123")
    settings = Settings()
    assert "bí-mật-123" not in repr(settings) + settings.model_dump_json()
    assert settings.llm_api_key.get_secret_value() == "bí-mật-123"
