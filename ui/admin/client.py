"""`/v1/admin` from the calling side, beside what everybody may call."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pydantic import BaseModel

from ui import schemas_admin as schemas
from ui.client import Client, M

ROOT = "/v1/admin"


class AdminClient(Client):
    """One server, an administrator's key. Every method raises `ApiError`."""

    def keys(self) -> list[schemas.Key]:
        return self._get(f"{ROOT}/keys", schemas.Keys).keys

    def create_key(self, wanted: schemas.KeyWanted) -> schemas.KeyMade:
        return self._posted("keys", wanted, schemas.KeyMade)

    def change_key(self, id: str, days: int | None, groups: list[str]) -> None:
        self._send("PATCH", f"{ROOT}/keys/{quote(id, safe='')}", json={"days": days, "groups": groups})

    def regroup_key(self, id: str, groups: list[str]) -> None:
        self._send("PATCH", f"{ROOT}/keys/{quote(id, safe='')}", json={"groups": groups})

    def revoke_key(self, id: str) -> None:
        self._send("DELETE", f"{ROOT}/keys/{quote(id, safe='')}")

    def abbreviations(self) -> schemas.Abbreviations:
        return self._get(f"{ROOT}/abbreviations", schemas.Abbreviations)

    def add_abbreviation(self, wanted: schemas.Abbreviation) -> None:
        self._posted("abbreviations", wanted, schemas.Abbreviation)

    def remove_abbreviation(self, abbreviation: str, full: str) -> None:
        self._send("DELETE", f"{ROOT}/abbreviations?{urlencode({'abbreviation': abbreviation, 'full': full})}")

    def try_words(self, question: str, added: schemas.Abbreviation | None = None) -> schemas.WordsRead:
        return self._posted("words/try", schemas.WordsTried(question=question, added=added), schemas.WordsRead)

    def places(self, asked: str = "") -> schemas.Places:
        return self._get(f"{ROOT}/places?{urlencode({'q': asked})}", schemas.Places)

    def add_place(self, wanted: schemas.Place) -> None:
        self._posted("places", wanted, schemas.Place)

    def remove_place(self, name: str) -> None:
        self._send("DELETE", f"{ROOT}/places?{urlencode({'name': name})}")

    def settings(self) -> schemas.SettingsShown:
        return self._get(f"{ROOT}/settings", schemas.SettingsShown)

    def change_settings(self, wanted: schemas.Settings) -> None:
        self._send("PUT", f"{ROOT}/settings", json=wanted.model_dump(mode="json"))

    def try_settings(self, wanted: schemas.Settings) -> list[schemas.Tried]:
        return self._posted("settings/try", wanted, schemas.TrialResult).questions

    def language_model(self) -> schemas.LanguageModel:
        return schemas.LanguageModel.model_validate_json(self._send("POST", f"{ROOT}/llm").content)

    def audit(self, words: str = "", action: str = "", before: int | None = None) -> schemas.AuditLog:
        wanted = {"q": words, "action": action} | ({"before": str(before)} if before else {})
        return self._get(f"{ROOT}/audit?{urlencode(wanted)}", schemas.AuditLog)

    def check_audit(self) -> schemas.AuditCheck:
        return self._get(f"{ROOT}/audit/check", schemas.AuditCheck)

    def audit_file(self) -> bytes:
        return self._send("GET", f"{ROOT}/audit/file").content

    def usage(self, days: int) -> schemas.Usage:
        return self._get(f"{ROOT}/usage?days={days}", schemas.Usage)

    def _posted(self, path: str, body: BaseModel, model: type[M]) -> M:
        return model.model_validate_json(
            self._send("POST", f"{ROOT}/{path}", json=body.model_dump(mode="json")).content
        )
