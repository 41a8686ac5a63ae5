"""The workbench's shapes: question sets, runs, what came of them, two runs compared."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from eval.about import About
from eval.brought import Brought
from eval.compare import Comparison
from eval.perturb import PERTURBATIONS
from eval.question import Question as InnerQuestion
from eval.record import Fault, Record, Summary
from eval.runs import Against, Run, State
from eval.sets import QuestionSet
from ui.schemas import Answer, Given, Id, Question, Taken, check_text, example

Name = Annotated[str, Field(max_length=120), AfterValidator(check_text)]
Parts = Annotated[list[Annotated[str, Field(min_length=1, max_length=1000)]], Field(max_length=50)]
Perturbation = Annotated[str, Field(pattern=f"^({'|'.join(PERTURBATIONS)})$")]


class Sets(Given):
    sets: list[QuestionSet]


class SetQuestion(Taken):
    """One question of a set, as its file has it."""

    model_config = example(
        id="q-0a1b2c3d",
        question="Xã nào đạt nông thôn mới kiểu mẫu?",
        answerable=True,
        must=["Lạc Lâm"],
        document="cong-van.txt",
        evidence="xã Lạc Lâm thực hiện đạt nông thôn mới kiểu mẫu",
        kind="place",
    )

    id: Annotated[str, Field(min_length=1, max_length=200)]
    question: Question
    answerable: bool
    must: Parts = Field([], description="Câu trả lời phải chứa tất cả")
    any_of: Parts = Field([], description="Câu trả lời phải chứa một trong các chuỗi này")
    must_not: Parts = Field([], description="Câu trả lời không được chứa")
    document: Annotated[str, Field(max_length=400)] | None = Field(None, description="Tên tệp chứa căn cứ")
    evidence: Annotated[str, Field(max_length=8000)] | None = Field(None, description="Nguyên văn của căn cứ")
    kind: Annotated[str, Field(max_length=80)] = ""


class DraftRequest(Taken):
    model_config = example(document_ids=["0123456789abcdef"], n=20, near_misses=True)

    document_ids: list[Id] = Field(min_length=1, max_length=50, description="Soạn từ những văn bản này")
    n: int = Field(20, ge=1, le=100, description="Nhiều nhất bấy nhiêu câu", strict=True)
    near_misses: bool = Field(True, description="Soạn cả câu gần giống mà tài liệu không trả lời", strict=True)
    set_id: Id | None = Field(None, description="Bỏ những câu đã có trong bộ này")


class Drafted(Given):
    """A draft with the place it was made from; `changed` tells what makes a near miss unanswerable."""

    question: InnerQuestion
    document_id: str
    start: int
    end: int
    changed: str


class Drafts(Given):
    drafts: list[Drafted]


class JudgedDown(Given):
    """An answer that somebody judged down, and the draft of a question to be set right."""

    answer: Answer
    reason: str | None
    at: datetime
    draft: InnerQuestion


class AllJudgedDown(Given):
    answers: list[JudgedDown]


class RunRequest(Taken):
    model_config = example(set_id="0123456789ab", name="Trước khi đổi mô hình", perturb=["no-diacritics"], k=8)

    set_id: Id = Field(description="Mã bộ câu hỏi")
    name: Name | None = Field(None, description="Tên lần chấm; mặc định là tên bộ câu hỏi")
    against: Against = Field(
        "store",
        description="store: kho hiện có; corpus: thư mục HOI_CORPUS, hay brought: tập đã đưa lên, nạp vào kho tạm",
    )
    documents_id: Id | None = Field(None, description="Mã tập văn bản, với against là brought")
    perturb: list[Perturbation] = Field([], max_length=len(PERTURBATIONS), description="Hỏi thêm theo các cách gõ này")
    k: int = Field(8, ge=1, le=50, description="Số đoạn tìm cho mỗi câu", strict=True)
    threshold: float = Field(0.0, ge=0, le=1, description="Câu trả lời có độ tin cậy thấp hơn thì coi như từ chối")


class AllBrought(Given):
    documents: list[Brought]


class KeptRun(Given):
    """A run with how far it is."""

    run: Run
    state: State
    total: int = Field(description="Số lượt hỏi: số câu nhân số cách gõ")


class KeptRuns(Given):
    runs: list[KeptRun]


class RunResults(KeptRun):
    """`summary` and `about` are null until the run is done; `faults` counts the questions of each fault."""

    summary: Summary | None
    about: About | None
    conditions: list[str]
    faults: dict[Fault, int]


class Outcomes(Given):
    """One page of a run's answers. `total`: how many there are with these filters."""

    total: int
    records: list[Record]


class Compared(Given):
    comparison: Comparison
    verdict: str = Field(description="Kết luận bằng lời")
    warnings: list[str] = Field(description="Điều khiến hai lần chấm không so được trọn vẹn")


class Wanted(Taken):
    """Which answers of a run to look at."""

    condition: str | None = None
    fault: Fault | None = None
    faulty: bool = False
    kind: str | None = None
    offset: int = 0
    limit: int = 20
