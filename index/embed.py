"""Text → vectors: the `Embedder` protocol, the shipped static model, any other by name."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

Vectors = NDArray[np.float32]
Reranker = Callable[[str, Sequence[str]], Sequence[float]]  # a question and passages → a score each, higher is better
SHIPPED = Path(__file__).resolve().parent / "model"
UNKNOWN = "[UNK]"
WORD = "[0-9]+|[a-zß-öø-ɏḁ-ỹ]+"  # of lower-case NFC text; explicit ranges, so that Python and Rust read it alike
_WORD = re.compile(WORD)
_MOST = 100_000  # pieces of text whose words are remembered
_BATCH = 256  # texts whose token vectors are gathered at once


class ModelError(ValueError):
    """A model that cannot be loaded. The message is Vietnamese, for whoever set it."""


class Embedder(Protocol):
    """What a `sentence_transformers.SentenceTransformer` offers and the index needs."""

    def encode_query(self, inputs: list[str], /) -> Vectors:
        """One unit vector a text, shape (n, dimension)."""
        ...

    def encode_document(self, inputs: list[str], /) -> Vectors:
        """One unit vector a text, shape (n, dimension)."""
        ...


def words(text: str) -> list[str]:
    """The tokens of the static model: lower-case runs of letters and of digits."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


class _Known(dict[str, tuple[int, ...]]):
    """The rows of the known words between two spaces: a language repeats itself."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        super().__init__()
        self._ids = ids

    def __missing__(self, piece: str) -> tuple[int, ...]:
        if len(self) > _MOST:
            self.clear()
        self[piece] = rows = tuple(filter(None, map(self._ids.get, words(piece))))
        return rows


class StaticModel:
    """The mean of token vectors, read without torch from a folder that sentence-transformers also loads.

    `tokenizer.json` holds the token ids; `model.safetensors` int8 `embeddings` (rows, dimension), `mapping` from
    ids to rows and a float32 scale an id in `weights`. Safe to share between threads.
    """

    def __init__(self, folder: Path) -> None:
        tensors = load_file(folder / "model.safetensors")
        vocabulary: dict[str, int] = json.loads((folder / "tokenizer.json").read_bytes())["model"]["vocab"]
        mapping = tensors["mapping"]
        if len(mapping) != len(vocabulary):
            raise ModelError(f"Mô hình ở {folder} hỏng: {len(vocabulary)} từ nhưng {len(mapping)} dòng ánh xạ.")
        scales = np.zeros(len(tensors["embeddings"]), np.float32)
        scales[mapping] = tensors["weights"]
        self._rows: Vectors = tensors["embeddings"] * scales[:, None]
        self._known = _Known({word: int(mapping[id]) for word, id in vocabulary.items() if word != UNKNOWN})
        self.id = folder_id(folder)

    @property
    def dimension(self) -> int:
        return int(self._rows.shape[1])

    def encode_query(self, inputs: list[str], /) -> Vectors:
        """One unit vector a text, shape (n, dimension); zero for a text without a known token."""
        vectors = np.zeros((len(inputs), self.dimension), np.float32)
        for start in range(0, len(inputs), _BATCH):
            self._sum(inputs[start : start + _BATCH], vectors[start : start + _BATCH])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(norms, 1e-12)
        return vectors

    encode_document = encode_query

    def _sum(self, texts: list[str], into: Vectors) -> None:
        for row, text in enumerate(texts):
            if ids := list(chain.from_iterable(map(self._known.__getitem__, text.split()))):
                into[row] = self._rows.take(ids, axis=0).sum(axis=0)


def load_embedder(name: str = "") -> tuple[Embedder, str]:
    """The embedder and its model id: the shipped one, or a sentence-transformers model by folder or hub name.

    The id of a folder is a hash of its content, so that a changed model is noticed. Raises `ModelError`.
    """
    if not name:
        shipped = StaticModel(SHIPPED)
        return shipped, shipped.id
    folder = Path(name)
    model = _sentence_transformer(name)
    return model, f"{folder.name}-{folder_id(folder)}" if folder.is_dir() else name


def load_reranker(name: str) -> Reranker | None:
    """A cross-encoder by folder or hub name; None for an empty name. Raises `ModelError`."""
    if not name:
        return None
    import sentence_transformers  # as below

    with _named(name, "HOI_RERANKER"):
        model = sentence_transformers.CrossEncoder(name, device="cpu", num_labels=1)

    def scores(question: str, passages: Sequence[str]) -> list[float]:
        return [float(score) for score in model.predict([(question, passage) for passage in passages])]

    return scores


def _sentence_transformer(name: str) -> Embedder:
    import sentence_transformers  # takes seconds and 480 MB: only for those who ask for another model

    with _named(name, "HOI_EMBEDDER"):
        model: Embedder = sentence_transformers.SentenceTransformer(name, device="cpu")
    return model


@contextmanager
def _named(name: str, variable: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise ModelError(
            f"Không nạp được mô hình “{name}” ({variable}): hãy kiểm tra tên, thư mục hoặc kết nối mạng."
        ) from error


def folder_id(folder: Path) -> str:
    """A hash of a model's files, its card aside."""
    sha256 = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            sha256.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return sha256.hexdigest()[:16]
