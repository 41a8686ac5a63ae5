"""Settings that are changed while the program runs, with their effect; and those that its environment sets."""

from __future__ import annotations

import time
from dataclasses import replace

from fastapi import APIRouter

from eval.coverage import load
from rag.answer import Answer, Passage, Request
from rag.confidence import model
from rag.generate import Writer, WriterError
from rag.settings import Settings
from rag.tuning import Tuning, Tunings
from rag.usage import recent_questions
from ui import schemas_admin as schemas
from ui.services import Admin, Here, K, Services

router = APIRouter(prefix="/v1/admin", tags=["Quản trị"])
TRIED = 3  # questions that a setting is tried on
ABOUT = {  # what the environment sets; folders and secrets are told as set or not
    "llm": "mô hình ngôn ngữ viết câu trả lời",
    "llm_base_url": "địa chỉ của mô hình ngôn ngữ",
    "llm_api_key": "khóa của mô hình ngôn ngữ",
    "embedder": "mô hình nhúng",
    "reranker": "mô hình xếp hạng lại",
    "abbreviations": "tệp chữ viết tắt",
    "retention_days": "số ngày giữ cuộc trò chuyện, khi trang này không đặt",
    "rate_per_minute": "số lần gọi mỗi phút của một khóa",
    "rate_burst": "số lần gọi dồn dập của một khóa",
    "cors_origins": "trang web khác được gọi API",
}
HIDDEN = {"llm_base_url", "llm_api_key", "abbreviations"}
PROBE = Passage("", "Trụ sở mở cửa lúc 7 giờ 30.", 0, 27, 1.0, "", "", None, None, None)


@router.get("/settings", summary="Cài đặt: điều đang dùng, lịch sử, đường cong trả lời và sai")
def settings(caller: Admin, here: Here) -> schemas.SettingsShown:
    tunings = Tunings(here.store.database)
    return schemas.SettingsShown(
        chosen=_shown(tunings.current()),
        defaults=_defaults(here),
        environment=_environment(here.settings),
        history=[schemas.Change.model_validate(step) for step in reversed(tunings.history())],
        coverage=schemas.Coverage.model_validate(load()),
    )


@router.put("/settings", summary="Đổi cài đặt; dùng được ngay")
def change(body: schemas.Settings, caller: Admin, here: Here) -> schemas.SettingsShown:
    Tunings(here.store.database).change(body.inside(), caller.id)
    return settings(caller, here)


@router.post("/settings/try", summary="Thử cài đặt trên ba câu hỏi gần đây, chưa lưu")
async def try_settings(body: schemas.Settings, caller: Admin, here: Here) -> schemas.TrialResult:
    def tried() -> schemas.TrialResult:
        standing = here.choices.current().tuning
        asked = [*recent_questions(here.store.database, TRIED), *here.suggested.questions(TRIED)][:TRIED]
        return schemas.TrialResult(questions=[_tried(here, each, standing, body.inside()) for each in asked])

    return await here.pool.run(tried)


@router.post("/llm", summary="Gọi thử mô hình ngôn ngữ")
async def language_model(caller: Admin, here: Here) -> schemas.LanguageModel:
    writer = here.assistant.writer
    if writer is None:
        return schemas.LanguageModel(name=None, reachable=None, detail="Chưa đặt HOI_LLM.", seconds=None)
    return await here.pool.run(lambda: _probed(writer))


def _probed(writer: Writer) -> schemas.LanguageModel:
    """Waits for the first word alone."""
    began = time.perf_counter()
    try:
        next(iter(writer.write("Trụ sở mở cửa lúc mấy giờ?", [PROBE], [""])))
    except WriterError as error:
        return schemas.LanguageModel(name=writer.name, reachable=False, detail=str(error), seconds=None)
    seconds = round(time.perf_counter() - began, 2)
    return schemas.LanguageModel(name=writer.name, reachable=True, detail="Trả lời được.", seconds=seconds)


def _tried(here: Services, question: str, standing: Tuning, wanted: Tuning) -> schemas.Tried:
    """Without the language model: a trial costs nothing, and the bar decides before it writes."""
    before, after = (
        here.assistant.ask(Request(question, tuning=replace(tuning, llm=False))) for tuning in (standing, wanted)
    )
    return schemas.Tried(question=question, before=_outcome(before), after=_outcome(after))


def _outcome(answer: Answer) -> schemas.Outcome:
    return schemas.Outcome.model_validate(answer)


def _shown(tuning: Tuning) -> schemas.Settings:
    return schemas.Settings.model_validate(tuning, from_attributes=True)


def _defaults(here: Services) -> schemas.Defaults:
    given = here.settings
    return schemas.Defaults(
        threshold=model().threshold,
        k=K,
        llm=given.llm or None,
        reranker=given.reranker or None,
        retention_days=given.retention_days,
    )


def _environment(given: Settings) -> list[schemas.Variable]:
    return [
        schemas.Variable(name=f"HOI_{name.upper()}", value=_told(given, name), about=about)
        for name, about in ABOUT.items()
    ]


def _told(given: Settings, name: str) -> str:
    value = getattr(given, name)
    if name in HIDDEN:
        return "đã đặt" if name in given.model_fields_set else "chưa đặt"
    return str(value) if value != "" else "chưa đặt"
