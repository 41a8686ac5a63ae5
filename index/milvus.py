"""Collections of a Milvus server. The only file that knows pymilvus.

An index is a pair of collections: "<name>_words", an entity a chunk with its sparse BM25 weights, and
"<name>_vectors", an entity a window with its unit vector (ids as in `index.dense`). Both carry what searches are
restricted by, so that the server filters before it searches.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Literal

from grpc import RpcError
from pymilvus import DataType, MilvusClient, MilvusException
from pymilvus.client.types import LoadState

from index.access import Groups
from index.embed import Vectors
from index.follow import IndexUnreachableError, Within
from index.records import key
from index.weights import Sparse

Part = Literal["words", "vectors"]
PARTS: tuple[Part, Part] = ("words", "vectors")
MOST = 16_384  # results of one call
SECONDS = 10.0  # a call may take
BUILDING_SECONDS = 600.0
EVERYBODY = "*"  # no group can have this name
_LONGEST = 4096  # bytes of a header field that is filtered by
_SEARCHED: dict[Part, str] = {"words": "weights", "vectors": "vector"}
_SOON_AGAIN = {"grpc.use_local_subchannel_pool": 1}  # a new connection at once, not after the shared one's pause
_GONE = 100  # Milvus's code for a collection that does not exist

logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it logs every error with its traceback; ours are told once


class CollectionGoneError(IndexUnreachableError):
    """Somebody has dropped the collection."""


@dataclass(frozen=True, slots=True)
class Address:
    uri: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What searches can be restricted by, of one document."""

    row: int
    issued_on: str | None
    kind: str
    issuer: str
    place: str
    groups: Groups

    @property
    def fields(self) -> dict[str, int | str | list[str]]:
        return {
            "document": self.row,
            "issued": _day(self.issued_on),
            "kind": _cut(self.kind),
            "issuer": _cut(self.issuer),
            "place": _cut(self.place),
            "access": sorted(self.groups) or [EVERYBODY],
        }


@dataclass(frozen=True, slots=True)
class Entity:
    """A chunk's weights or a window's vector, with its document's marks."""

    id: int
    value: Sparse | Vectors
    marks: Marks


class Collections:
    """A server's collections. Connects when it is first asked for something. Safe to share between threads."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._connected: MilvusClient | None = None

    def create(self, name: str, dimension: int, exact: bool) -> None:
        """Makes an empty pair, whose vectors are all compared if `exact`; one that is there stays as it is."""
        with self._speaking() as client:
            for part in PARTS:
                if not client.has_collection(f"{name}_{part}"):
                    _create(client, name, part, dimension, exact)

    def load(self, name: str) -> None:
        """Makes the pair searchable. Raises `CollectionGoneError`."""
        with self._speaking() as client:
            for part in PARTS:
                if client.get_load_state(f"{name}_{part}")["state"] == LoadState.NotExist:
                    raise CollectionGoneError
                client.load_collection(f"{name}_{part}", timeout=BUILDING_SECONDS)

    def drop(self, name: str) -> None:
        with self._speaking() as client:
            for part in PARTS:
                client.drop_collection(f"{name}_{part}")

    def put(self, name: str, part: Part, entities: Sequence[Entity]) -> None:
        """Writes entities; those with the same ids are replaced."""
        if not entities:
            return
        rows = [{"id": each.id, _SEARCHED[part]: each.value, **each.marks.fields} for each in entities]
        with self._speaking() as client:
            client.upsert(f"{name}_{part}", rows, timeout=BUILDING_SECONDS)

    def remove(self, name: str, rows: Sequence[int]) -> None:
        """Removes all entities of documents."""
        with self._speaking() as client:
            for part in PARTS:
                client.delete(f"{name}_{part}", filter=f"document in {list(rows)}", timeout=BUILDING_SECONDS)

    def settle(self, name: str) -> None:
        """Has what was written put away as it will stay: worth its while after very much."""
        with self._speaking() as client:
            for part in PARTS:
                client.flush(f"{name}_{part}", timeout=BUILDING_SECONDS)

    def count(self, name: str, part: Part) -> int:
        with self._speaking() as client:
            found = client.query(
                f"{name}_{part}", filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=SECONDS
            )
        return int(found[0]["count(*)"])

    def ids(self, name: str, part: Part, first: int, last: int) -> dict[int, int]:
        """Those from `first` to `last`, both included, and their documents' rows."""
        with self._speaking() as client:
            found = client.query(
                f"{name}_{part}",
                filter=f"id >= {first} and id <= {last}",
                output_fields=["id", "document"],
                limit=MOST,
                consistency_level="Strong",
                timeout=SECONDS,
            )
        if len(found) == MOST and first < last:
            middle = (first + last) // 2
            return self.ids(name, part, first, middle) | self.ids(name, part, middle + 1, last)
        return {int(each["id"]): int(each["document"]) for each in found}

    def search(
        self, name: str, part: Part, value: Sparse | Vectors, k: int, within: Within | None, fresh: bool
    ) -> list[tuple[int, float]]:
        """The `k` best `(id, inner product)`; `fresh`: of all that was written up to now, else perhaps seconds ago."""
        with self._speaking() as client:
            (hits,) = client.search(
                f"{name}_{part}",
                data=[value],
                anns_field=_SEARCHED[part],
                limit=min(k, MOST),
                filter=expression(within),
                output_fields=["id"],  # none at all may mean every field, the weights of each hit included
                search_params={"metric_type": "IP", "params": {"ef": 2 * min(k, MOST)} if part == "vectors" else {}},
                consistency_level="Strong" if fresh else "Bounded",
                timeout=SECONDS,
            )
        return [(int(hit["id"]), float(hit["distance"])) for hit in hits]

    @contextmanager
    def _speaking(self) -> Iterator[MilvusClient]:
        try:
            if self._connected is None:
                self._connected = MilvusClient(
                    self._address.uri, token=self._address.token, timeout=SECONDS, grpc_options=_SOON_AGAIN
                )
            yield self._connected
        except MilvusException as error:
            raise CollectionGoneError if error.code == _GONE else IndexUnreachableError from error
        except RpcError as error:  # a call that took too long
            raise IndexUnreachableError from error

    def close(self) -> None:
        if self._connected is not None:
            self._connected.close()


def expression(within: Within | None) -> str:
    """What a search is restricted to, as Milvus filters by it; empty for nothing."""
    if within is None:
        return ""
    filters, said = within.filters, list[str]()
    if within.groups is not None:
        said.append(f"array_contains_any(access, {_text(sorted([EVERYBODY, *within.groups]))})")
    if within.named is not None:
        said.append(f"document in {within.named.tolist()}")
    if filters is not None and filters.issued_from:
        said.append(f"issued >= {_day(filters.issued_from)}")
    if filters is not None and filters.issued_to:
        said.append(f"issued > 0 and issued <= {_day(filters.issued_to)}")
    if filters is not None and (kind := key(filters.kind)):
        said.append(f"kind == {_text(_cut(kind))}")
    for field, asked in (("issuer", filters.issuer), ("place", filters.place)) if filters is not None else ():
        if wanted := key(asked):
            said.append(f"{field} like {_text(f'%{wanted}%')}")
    return " and ".join(said)


def _create(client: MilvusClient, name: str, part: Part, dimension: int, exact: bool) -> None:
    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    for field in ("document", "issued"):
        schema.add_field(field, DataType.INT64)
    for field in ("kind", "issuer", "place"):
        schema.add_field(field, DataType.VARCHAR, max_length=_LONGEST)
    schema.add_field(
        "access", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=32, max_length=256
    )  # 20 names of 64 letters
    if part == "words":
        schema.add_field("weights", DataType.SPARSE_FLOAT_VECTOR)
    else:
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    indexes = client.prepare_index_params()
    kind, params = _index(part, exact)
    indexes.add_index(_SEARCHED[part], index_type=kind, metric_type="IP", params=params)
    indexes.add_index("document", index_type="INVERTED")
    client.create_collection(f"{name}_{part}", schema=schema, index_params=indexes, timeout=SECONDS)


def _index(part: Part, exact: bool) -> tuple[str, dict[str, int]]:
    if part == "words":
        return "SPARSE_INVERTED_INDEX", {}
    return ("FLAT", {}) if exact else ("HNSW", {"M": 16, "efConstruction": 200})


def _day(day: date | str | None) -> int:
    """20191011; 0 when unknown."""
    return int(str(day).replace("-", "")) if day else 0


def _text(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cut(field: str) -> str:
    return field.encode()[:_LONGEST].decode(errors="ignore")
