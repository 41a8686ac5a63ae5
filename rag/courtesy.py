"""What is said between questions: greetings, thanks, a word of assent. It asks nothing and ends no subject."""

from __future__ import annotations

import re
from typing import Literal

from corpus.text import fold

Courtesy = Literal["greeting", "thanks"]

_YOU = r"(?:ban|anh|chi|em|cac ban|moi nguoi|ca nha|tro ly|bot|ad|admin|hoi)"
_END = r"(?:nhe|nha|a|nhieu|lam|rat nhieu|da|oi|khoe khong|buoi (?:sang|trua|chieu|toi)|vi da (?:giup|tra loi|giup do))"
_GREETING = rf"(?:(?:xin )?(?:chao|kinh chao)|hello|hi|helo|alo)(?: {_YOU}| {_END})*"
_THANKS = (
    rf"(?:(?:xin |chan thanh |rat )?cam on|cam on|thanks?|thank you|tks|ok(?:e|ay|ie)?|vang|duoc roi|tot(?: qua| lam)?"
    rf"|hay qua|tuyet(?: voi)?|hieu roi|ro roi|toi hieu|tam biet|bye|hen gap lai)(?: {_YOU}| {_END}| roi)*"
)
_SAID: tuple[tuple[Courtesy, re.Pattern[str]], ...] = (
    ("greeting", re.compile(rf"(?:(?:{_THANKS}) )?{_GREETING}(?: {_GREETING})?")),
    ("thanks", re.compile(rf"(?:da |vang )?{_THANKS}(?: {_THANKS}){{0,3}}")),
)
_LEAD = re.compile(r"\A(?P<said>[^,.;!?]{2,60})[,.;!]\s+(?=\w)")


def courtesy(question: str) -> Courtesy | None:
    """What a question says when it is nothing but courtesy; None for every other."""
    said = " ".join(re.findall(r"\w+", fold(question)))
    return next((kind for kind, pattern in _SAID if pattern.fullmatch(said)), None)


def without_courtesy(question: str) -> str:
    """The question behind "cảm ơn bạn," or "chào bạn."; itself where it has neither, or is nothing else."""
    lead = _LEAD.match(question)
    return question[lead.end() :] if lead and courtesy(lead["said"]) else question
