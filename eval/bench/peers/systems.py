"""Who is measured: Hỏi, the floor, and the other libraries with the packages that their environments need."""

from __future__ import annotations

from dataclasses import dataclass

_MODEL = ("numpy>=2", "safetensors>=0.6")  # what reading the shipped model takes


@dataclass(frozen=True, slots=True)
class System:
    """`packages`: of an environment of its own; none for what runs in the program's. `ranks`: gives the best first.

    `index_of`: the system whose index it opens, where it makes none.
    """

    name: str
    title: str
    module: str
    how: str  # Vietnamese, for the page
    packages: tuple[str, ...] = ()
    ranks: bool = True
    index_of: str = ""


def _peer(name: str, title: str, how: str, *packages: str) -> System:
    return System(name, title, f"eval.bench.peers.engines.{name}", how, (*packages, *_MODEL))


HOI = System(
    "hoi",
    "Hỏi",
    "eval.bench.peers.hoi",
    "như `hoi search`: hiểu câu hỏi, tìm từ và véc-tơ, ghép, xếp hạng 50 đoạn, đọc đoạn",
)
BRISK = System(
    "hoi_brisk",
    "Hỏi, gọn",
    "eval.bench.peers.hoi_brisk",
    "cùng chỉ mục, `HOI_EFFORT=brisk`: như trên, nhưng chỉ xếp hạng 20 đoạn",
    index_of=HOI.name,
)
QUICK = System(
    "hoi_quick",
    "Hỏi, nhanh",
    "eval.bench.peers.hoi_quick",
    "cùng chỉ mục, `HOI_EFFORT=quick`: chỉ tìm từ, đúng như đã gõ, rồi đọc đoạn; không véc-tơ, không xếp hạng",
    index_of=HOI.name,
)
OURS = (HOI, BRISK, QUICK)
FLOOR = System(
    "floor",
    "faiss + tantivy (sàn)",
    "eval.bench.peers.floor",
    "chỉ hai lệnh tìm của thư viện, nối nhau, trên đúng véc-tơ và từ của Hỏi; không hiểu, không ghép, không đọc đoạn",
    ranks=False,
)
PEERS = (
    _peer(
        "langchain",
        "LangChain",
        "`EnsembleRetriever` của `BM25Retriever` (từ viết thường thay cho `split()`) và `FAISS`; BM25 không lưu được, "
        "dựng lại khi mở",
        "langchain-classic>=1,<2",
        "langchain-community>=0.4,<0.5",
        "rank-bm25==0.2.2",
        "faiss-cpu>=1.15,<2",
    ),
    _peer(
        "haystack",
        "Haystack",
        "hai retriever trong bộ nhớ, `DocumentJoiner` theo thứ hạng; lưu thành JSON",
        "haystack-ai>=3,<4",
    ),
    _peer(
        "llamaindex",
        "LlamaIndex",
        "`QueryFusionRetriever` của `BM25Retriever` (bm25s, không cắt gốc từ) và `VectorStoreIndex` (faiss), đều lưu",
        "llama-index-core>=0.14,<0.15",
        "llama-index-retrievers-bm25>=0.8,<0.9",
        "llama-index-vector-stores-faiss>=0.7,<0.8",
        "faiss-cpu>=1.15,<2",
    ),
    _peer(
        "txtai",
        "txtai",
        "`Embeddings(hybrid=True, content=True)`, còn lại mặc định; chỉ một luồng tìm một lúc",
        "txtai>=9.14,<10",
    ),
    _peer(
        "chroma",
        "Chroma",
        "chỉ véc-tơ (HNSW): tìm lai của Chroma chỉ có trên đám mây của họ",
        "chromadb>=1.5,<2",
    ),
    _peer(
        "lancedb",
        "LanceDB",
        '`query_type="hybrid"`, chỉ mục toàn văn bỏ dấu (mặc định), không cắt gốc từ; véc-tơ tìm đúng, không chỉ mục',
        "lancedb>=0.40,<0.41",
    ),
)
SYSTEMS = (*OURS, FLOOR, *PEERS)
