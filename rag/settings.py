"""The program's settings: `HOI_*` variables and `.env`, read once at the door and passed down as values."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import (
    AliasChoices,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embedded import Generations
from index.follow import Follow
from index.growth import FLAT_LIMIT
from rag.effort import EffortName

SHORTEST_SECRET = 16  # what passes and cookies are sealed with is derived from it
PROJECT = Path(__file__).resolve().parent.parent
SWITCH_SECONDS = 0.0005  # of `sys.setswitchinterval`: with Python's 0.005 a busy thread keeps the others waiting


class Settings(BaseSettings):
    """Every field is a variable: `data` is `HOI_DATA`."""

    model_config = SettingsConfigDict(
        env_prefix="HOI_", env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True
    )

    data: Path = Path(".hoi")  # the only folder the program writes to
    corpus: Path = PROJECT / "corpus" / "documents"  # indexed when the store is empty
    index: Literal["embedded", "milvus"] = "embedded"  # where searches run; the truth stays in `data`
    milvus_uri: str = Field(
        default="", validate_default=True, validation_alias=AliasChoices("MILVUS_URI", "HOI_MILVUS_URI")
    )
    milvus_token: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("MILVUS_TOKEN", "HOI_MILVUS_TOKEN")
    )
    tenant: str = Field(default="", pattern="^[a-z0-9_]{0,32}$")  # an office, as its Milvus collections are named
    embedder: str = ""  # folder or hub name of a sentence-transformers model; empty: the shipped one
    reranker: str = ""  # folder or hub name of a cross-encoder; empty: none
    effort: EffortName = "full"  # of searches; answers always have all of it
    flat_limit: PositiveInt = FLAT_LIMIT  # passages up to which the search by vectors is exact
    abbreviations: str = ""  # an office's own table: abbreviation, tab, full form, tab, words of its context
    llm: str = ""  # "provider:model"; empty: the extractive writer
    llm_base_url: str = ""
    llm_api_key: SecretStr = SecretStr("")
    retention_days: NonNegativeInt = 0  # conversations untouched for so long are removed; 0: kept
    retention_minutes: PositiveFloat = 60.0  # between two looks for such conversations
    log_mb: NonNegativeFloat = 0.0  # size of a log file in `data`/logs, of which the last `log_files` stay; 0: none
    log_files: PositiveInt = Field(default=10, ge=2)
    rate_per_minute: NonNegativeInt = 600  # calls of one key; 0: no limit. A portal's key stands for all its visitors
    cors_origins: str = ""  # other sites whose pages may call the API: "https://a.vn https://b.vn", or "*"
    rate_burst: PositiveInt = 120  # calls that a key may make at once
    mcp_key: SecretStr = SecretStr("")  # the key as which `hoi mcp` asks; empty: as whoever starts it, who sees all
    oidc_url: str = Field(default="", pattern=r"^(https?://\S+)?$")  # the provider's openid-configuration; empty: none
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_redirect_uri: str = ""  # the page's address as people know it, with /oauth2callback
    oidc_hours: PositiveInt = Field(default=12, le=720)  # after which one signs in anew
    oidc_people: Path | None = Field(default=None, validate_default=True)  # who may what: ui/roster.py

    @property
    def follow(self) -> Follow:
        """What searches the store."""
        if self.index == "embedded":
            return partial(Generations, flat_limit=self.flat_limit)
        from index.milvus import Address  # takes a second
        from index.milvus_follow import Following

        address = Address(self.milvus_uri, self.milvus_token.get_secret_value())
        return partial(Following, address=address, tenant=self.tenant, flat_limit=self.flat_limit)

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, written: str) -> str:
        for each in written.split():
            if each != "*" and not re.fullmatch(r"https?://[^/\s?#,]+", each):
                raise ValueError(f"“{each}” không phải nguồn dạng https://ten.mien")
        return written

    @field_validator("oidc_people")
    @classmethod
    def _is_all_there(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        given = info.data
        if not given.get("oidc_url"):
            return path
        secret = given.get("oidc_client_secret", SecretStr("")).get_secret_value()
        if not given.get("oidc_client_id") or not secret.isascii() or len(secret) < SHORTEST_SECRET or path is None:
            raise ValueError(
                "đăng nhập bằng tài khoản cơ quan cần HOI_OIDC_CLIENT_ID, HOI_OIDC_CLIENT_SECRET "
                f"(ít nhất {SHORTEST_SECRET} ký tự ASCII) và HOI_OIDC_PEOPLE"
            )
        if not re.fullmatch(r"https?://[^/\s?#]+/oauth2callback", given.get("oidc_redirect_uri", "")):
            raise ValueError("HOI_OIDC_REDIRECT_URI phải có dạng https://ten.mien/oauth2callback")
        return path

    @field_validator("milvus_uri")
    @classmethod
    def _names_a_server(cls, written: str, info: ValidationInfo) -> str:
        if info.data.get("index") == "milvus" and not re.match(r"https?://[^/\s]+", written):
            raise ValueError("HOI_INDEX=milvus cần MILVUS_URI dạng http://máy:19530 hoặc https://…")
        return written
