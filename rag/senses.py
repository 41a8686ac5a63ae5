"""Words that turn the sense of what stands behind them: "không", "phải", "dự kiến", "trên", "chỉ", "nếu"."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.text import Token, same_tones

_WITH_NUMBER = frozenset(["over", "under", "about", "least", "most"])

_SENSES: dict[str, tuple[str, ...]] = {
    "not": ("không", "chưa", "chẳng", "không hề", "chưa từng"),
    "must": ("phải", "cần", "cần phải", "bắt buộc", "buộc", "buộc phải", "có trách nhiệm", "chịu trách nhiệm"),
    "should": ("khuyến khích", "nên"),
    "may": ("có thể", "có khả năng", "nhiều khả năng", "được phép", "cho phép"),
    "plan": (
        "sẽ",
        "dự kiến",
        "phấn đấu",
        "đề nghị",
        "đề xuất",
        "dự định",
        "ước",
        "ước đạt",
        "ước tính",
        "chuẩn bị",
        "sắp",
    ),
    "done": ("đã", "vừa"),
    "now": ("đang",),
    "if": ("nếu", "với điều kiện", "chỉ khi", "trong trường hợp", "miễn là"),
    "seems": (
        "dường như",
        "có lẽ",
        "có vẻ",
        "có vẻ như",
        "hình như",
        "được cho là",
        "bị cho là",
        "được cho rằng",
        "bị nghi",
        "nghi là",
        "nghi do",
    ),
    "only": ("chỉ", "duy nhất"),
    "all": ("tất cả", "mọi", "toàn bộ", "toàn thể"),
    "first of all": ("nhất", "đầu tiên"),
    "ban": ("cấm", "nghiêm cấm"),
    "except": ("trừ", "ngoại trừ", "trừ trường hợp"),
    "least": ("ít nhất", "tối thiểu"),
    "most": ("nhiều nhất", "tối đa", "không quá"),
    "deputy": ("phó", "thứ trưởng", "nguyên", "cựu", "quyền"),
    "over": ("hơn", "trên", "quá", "vượt"),
    "under": ("dưới", "gần", "chưa đến", "chưa tới", "không đến", "không tới"),
    "nearly": ("cơ bản", "gần như", "bước đầu"),
    "about": ("khoảng", "chừng", "xấp xỉ", "độ"),
}


def _by_first() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases with their senses by their first syllable, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for sense, phrases in _SENSES.items():
        for phrase in phrases:
            syllables = tuple(same_tones(phrase).split())
            found.setdefault(syllables[0], []).append((syllables, sense))
    return {first: sorted(group, key=lambda pair: -len(pair[0])) for first, group in found.items()}


_BY_FIRST = _by_first()
_COMPOUNDS = frozenset(
    same_tones(word)
    for word in (
        "không chỉ", "không những", "không gian", "không khí", "không ngừng", "không quân", "không phận", "không ít",
        "phải chăng", "bên phải", "mắc phải", "gặp phải", "cần thiết", "cần cù", "nguyên nhân",
        "nguyên tắc", "nguyên liệu", "nguyên vẹn", "nguyên tố", "nguyên tử", "nguyên thủ", "thuộc quyền", "chính quyền",
        "quyền lợi", "quyền hạn", "có quyền", "nhân quyền", "chủ quyền", "quyền lực", "thẩm quyền", "ước mơ", "nước",
        "nhu cầu", "trở nên", "cho nên", "làm nên", "tạo nên", "gây nên", "vừa qua", "vừa và", "thảo nguyên", "độ",
        "tài nguyên", "cao nguyên", "quyền sử", "quyền của", "quyền và", "quyền sở", "của quyền", "chuẩn bị",
        "chỉ đạo", "chỉ thị", "chỉ tiêu", "chỉ số", "địa chỉ", "chứng chỉ", "tôn chỉ", "chỉ huy", "chỉ định",
        "chỉ ra", "chỉ rõ", "chỉ dẫn", "đình chỉ", "chỉ điểm", "chỉ giới", "chỉ trích", "không chỉ", "chẳng chỉ",
        "thống nhất", "nhất trí", "thứ nhất", "nhất định", "hợp nhất", "đồng nhất", "nhất quán", "nhất thiết",
        "lần nhất", "nhất là", "nhất thời", "nhất loạt", "nhất thể", "hạng nhất", "giải nhất", "chậm nhất", "sớm nhất",
        "muộn nhất", "sắp xếp", "sắp tới", "sắp đặt", "sắp đến",
    )
)  # fmt: skip
_POSTS = frozenset("chủ bí trưởng giám tổng chánh hiệu viện cục thủ bộ đội chỉ tư phó vụ phòng ban".split())


def sense_at(found: list[Token], at: int, figures: Mapping[int, object]) -> tuple[int, str]:
    """`(length, sense)` of the phrase that begins here; no sense within a compound ("không khí")."""
    for syllables, sense in _BY_FIRST.get(found[at].key, ()):
        end = at + len(syllables)
        if tuple(token.key for token in found[at:end]) != syllables:
            continue
        if _in_compound(found, at, end) or not _fits(sense, found, end, figures):
            continue
        return len(syllables), sense
    return 1, ""


def _in_compound(found: list[Token], at: int, end: int) -> bool:
    before = f"{found[at - 1].key} {found[at].key}" if at else ""
    after = f"{found[end - 1].key} {found[end].key}" if end < len(found) else ""
    return before in _COMPOUNDS or (end - at == 1 and after in _COMPOUNDS)


def _fits(sense: str, found: list[Token], end: int, figures: Mapping[int, object]) -> bool:
    """ "trên" is a degree before a figure, "phó" a rank before a post."""
    if end >= len(found):
        return sense not in _WITH_NUMBER and sense != "deputy"
    if sense in _WITH_NUMBER:
        return found[end].start in figures
    return sense != "deputy" or found[end].key in _POSTS
