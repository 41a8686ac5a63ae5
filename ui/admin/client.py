"""`/v1/admin` from the calling side, beside what everybody may call."""

from __future__ import annotations

from urllib.parse import urlencode

from pydantic import BaseModel

from ui import schemas_admin, schemas_keys, schemas_words
from ui.client import Client
from ui.connection import M, part

ROOT = "/v1/admin"


class AdminClient(Client):
    """One server, an administrator's key. Every method raises `ApiError`."""

    def keys(self) -> list[schemas_keys.Key]:
        return self._get(f"{ROOT}/keys", schemas_keys.Keys).keys

    def create_key(self, wanted: schemas_keys.KeyWanted) -> schemas_keys.KeyMade:
        return self._posted("keys", wanted, schemas_keys.KeyMade)

    def change_key(self, id: str, days: int | None, groups: list[str]) -> None:
        self._send("PATCH", f"{ROOT}/keys/{part(id)}", json={"days": days, "groups": groups})

    def regroup_key(self, id: str, groups: list[str]) -> None:
        self._send("PATCH", f"{ROOT}/keys/{part(id)}", json={"groups": groups})

    def revoke_key(self, id: str) -> None:
        self._send("DELETE", f"{ROOT}/keys/{part(id)}")

    def abbreviations(self) -> schemas_words.Abbreviations:
        return self._get(f"{ROOT}/abbreviations", schemas_words.Abbreviations)

    def add_abbreviation(self, wanted: schemas_words.Abbreviation) -> None:
        self._posted("abbreviations", wanted, schemas_words.Abbreviation)

    def remove_abbreviation(self, abbreviation: str, full: str) -> None:
        self._send("DELETE", f"{ROOT}/abbreviations?{urlencode({'abbreviation': abbreviation, 'full': full})}")

    def try_words(self, question: str, added: schemas_words.Abbreviation | None = None) -> schemas_words.WordsRead:
        return self._posted(
            "words/try", schemas_words.WordsTried(question=question, added=added), schemas_words.WordsRead
        )

    def places(self, asked: str = "") -> schemas_words.Places:
        return self._get(f"{ROOT}/places?{urlencode({'q': asked})}", schemas_words.Places)

    def add_place(self, wanted: schemas_words.Place) -> None:
        self._posted("places", wanted, schemas_words.Place)

    def remove_place(self, name: str) -> None:
        self._send("DELETE", f"{ROOT}/places?{urlencode({'name': name})}")

    def settings(self) -> schemas_admin.SettingsShown:
        return self._get(f"{ROOT}/settings", schemas_admin.SettingsShown)

    def change_settings(self, wanted: schemas_admin.Settings) -> None:
        self._send("PUT", f"{ROOT}/settings", json=wanted.model_dump(mode="json"))

    def try_settings(self, wanted: schemas_admin.Settings) -> list[schemas_admin.Tried]:
        return self._posted("settings/try", wanted, schemas_admin.TrialResult).questions

    def language_model(self) -> schemas_admin.LanguageModel:
        return schemas_admin.LanguageModel.model_validate_json(self._send("POST", f"{ROOT}/llm").content)

    def audit(self, words: str = "", action: str = "", before: int | None = None) -> schemas_admin.AuditLog:
        wanted = {"q": words, "action": action} | ({"before": str(before)} if before else {})
        return self._get(f"{ROOT}/audit?{urlencode(wanted)}", schemas_admin.AuditLog)

    def check_audit(self) -> schemas_admin.AuditCheck:
        return self._get(f"{ROOT}/audit/check", schemas_admin.AuditCheck)

    def audit_file(self) -> bytes:
        return self._send("GET", f"{ROOT}/audit/file").content

    def usage(self, days: int) -> schemas_admin.Usage:
        return self._get(f"{ROOT}/usage?days={days}", schemas_admin.Usage)

    def _posted(self, path: str, body: BaseModel, model: type[M]) -> M:
        return model.model_validate_json(
            self._send("POST", f"{ROOT}/{path}", json=body.model_dump(mode="json")).content
        )
