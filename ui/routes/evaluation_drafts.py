"""Questions to be accepted or mended by a person: drafts made of documents, and answers that were judged down."""

from __future__ import annotations

from fastapi import APIRouter

from eval.drafts import Draft, drafts, judged_down
from index.snapshot import Snapshot
from rag.memory import Judged
from ui import schemas_evaluation as schemas
from ui.asking import no_document
from ui.schemas import Answer
from ui.services import Editor, Here

router = APIRouter(prefix="/v1/evaluations", tags=["Đánh giá"])


@router.post("/drafts", summary="Soạn nháp câu hỏi từ văn bản, bằng luật, để người duyệt")
async def draft(body: schemas.DraftRequest, caller: Editor, here: Here) -> schemas.Drafts:
    def made() -> schemas.Drafts:
        seen, known = here.seen_by(caller), set[str]()
        documents = [(id, seen.document(id)) for id in body.document_ids]
        if gone := next((id for id, document in documents if document is None), None):
            raise no_document(gone)
        if body.set_id:
            chosen = here.workbench.set(body.set_id, caller.groups)
            known = {each.id for each in here.workbench.sets.questions(chosen.id)}
        texts = [document for _, document in documents if document]
        return schemas.Drafts(drafts=list(map(_drafted, drafts(texts, body.n, body.near_misses, known))))

    return await here.pool.run(made)


@router.get("/judged", summary="Những câu trả lời bị chê, kèm lý do; chỉ khi mình xem được mọi văn bản của nó")
def judged(caller: Editor, here: Here) -> schemas.AllJudgedDown:
    seen = here.seen_by(caller)
    found = [each for each in here.memory.judged_down() if _may_see(each, seen)]
    return schemas.AllJudgedDown(
        answers=[
            schemas.JudgedDown(
                answer=Answer.model_validate(each.answer),
                reason=each.reason,
                at=each.at,
                draft=judged_down(each.answer),
            )
            for each in found
        ]
    )


def _may_see(judged: Judged, seen: Snapshot) -> bool:
    answer = judged.answer
    ids = {each.document_id for each in answer.citations} | {each.document_id for each in answer.passages}
    return all(seen.stored(id) is not None for id in ids)


def _drafted(draft: Draft) -> schemas.Drafted:
    return schemas.Drafted(
        question=draft.question,
        document_id=draft.document_id,
        start=draft.source.start,
        end=draft.source.end,
        changed=draft.changed,
    )
