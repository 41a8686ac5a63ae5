"""Writes the trained rows as a folder that sentence-transformers and `index.embed.StaticModel` both load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.train.vocabulary import Vocabulary

_MODULES = (
    ("", "sentence_transformers.sentence_transformer.modules.StaticEmbedding"),
    ("1_Normalize", "sentence_transformers.sentence_transformer.modules.Normalize"),
)


def quantise(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows and the float32 scale of each, largest coordinate 127; a zero row stays zero."""
    scales = np.abs(rows).max(axis=1) / 127
    scales[scales == 0] = 1
    return np.rint(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def save(rows: NDArray[np.float32], vocabulary: Vocabulary, folder: Path) -> None:
    """`model.safetensors` laid out as model2vec's quantised vocabularies, the tokenizer, configurations."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = rows / np.linalg.norm(rows, axis=1).mean()
    rows[0] = 0
    embeddings, scales = quantise(rows)
    tensors: dict[str, NDArray[Any]] = {
        "embeddings": embeddings,
        "weights": scales[vocabulary.mapping],
        "mapping": vocabulary.mapping,
    }
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    vocabulary.tokenizer().save(str(folder / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": index, "name": str(index), "path": path, "type": type} for index, (path, type) in enumerate(_MODULES)
    ]
    _write(folder / "modules.json", modules)
    settings: dict[str, object] = {
        "model_type": "SentenceTransformer",
        "prompts": {},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    _write(folder / "config_sentence_transformers.json", settings)
    for path in folder.iterdir():
        if path.is_file():
            path.chmod(0o644)


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
