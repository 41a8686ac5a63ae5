"""The `hoi` command: the Vietnamese parser, and each command's work by name, imported only when asked for."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from ui.vietnamese import argument_error

BAD_INPUT = 2
PERTURBATIONS = (
    "no-diacritics", "half-diacritics", "typos", "nfd", "tone-placement", "telex", "abbreviations", "upper",
)  # fmt: skip
BAR = "thoát với mã 1 nếu điểm thấp hơn; dùng được nhiều lần"  # help of --fail-under


class Formatter(argparse.HelpFormatter):
    """argparse's own, with the one word that it writes by itself said in Vietnamese."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse in Vietnamese: headings, `-h` and errors."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": Formatter, "add_help": False, "allow_abbrev": False, **options})
        self._positionals.title, self._optionals.title = "Tham số", "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này rồi thoát")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(BAD_INPUT, f"Lỗi: {argument_error(message)}. Xem hướng dẫn: {self.prog} --help\n")


def parser() -> Parser:
    """Every command of the contract; `run` names the function that does it, as module:function."""
    top = Parser(
        prog="hoi",
        description="Hỏi đáp trên văn bản tiếng Việt; mỗi câu trả lời có trích dẫn nguyên văn đã kiểm.",
    )
    commands = _commands(top)
    _questions(commands)
    _documents(commands)
    _serve(commands)
    _evaluation(commands)
    _keys(commands)
    _care(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code."""
    given = parser().parse_args(arguments)
    module, function = given.run.split(":")
    from ui.commands.common import guarded

    return guarded(getattr(importlib.import_module(f"ui.commands.{module}"), function), given)


def _commands(parent: Parser) -> argparse._SubParsersAction[Parser]:
    return parent.add_subparsers(
        title="Lệnh",
        metavar="LỆNH",
        dest="command",
        required=True,
        parser_class=Parser,
        help="một trong các lệnh dưới đây",
    )


def _command(
    commands: argparse._SubParsersAction[Parser], name: str, help: str, run: str = "", json: bool = False
) -> Parser:
    command = commands.add_parser(name, help=help, description=help[:1].upper() + help[1:] + ".")
    command.set_defaults(run=run)
    if json:
        command.add_argument(
            "--json", action="store_true", help="in một đối tượng JSON ra đầu ra chuẩn, ngoài ra không in gì"
        )
    return command


def _questions(commands: argparse._SubParsersAction[Parser]) -> None:
    ask = _command(commands, "ask", "hỏi một câu, nhận câu trả lời có trích dẫn", "asking:ask", json=True)
    ask.add_argument("question", metavar="CÂU_HỎI", help="câu hỏi, có dấu hoặc không dấu")
    search = _command(commands, "search", "tìm các đoạn văn bản theo từ khóa", "asking:search", json=True)
    search.add_argument("question", metavar="TỪ_KHÓA", help="từ khóa cần tìm")
    search.add_argument("--explain", action="store_true", help="kèm lý do có từng đoạn: chữ khớp, điều đã đọc ra, điểm")
    for command in (ask, search):
        command.add_argument(
            "--doc", metavar="MÃ", action="append", help="chỉ tìm trong văn bản này; dùng được nhiều lần"
        )
        command.add_argument("--k", metavar="N", type=int, default=8, help="số đoạn trả về, từ 1 đến 50 (mặc định 8)")


def _documents(commands: argparse._SubParsersAction[Parser]) -> None:
    add = _command(
        commands, "add", "nạp tệp hoặc thư mục vào kho; tệp không đổi được bỏ qua", "documents:add", json=True
    )
    add.add_argument("paths", metavar="ĐƯỜNG_DẪN", nargs="+", type=Path, help="tệp hoặc thư mục")
    only = "chỉ khóa thuộc nhóm này xem được; dùng được nhiều lần; mặc định ai cũng xem được"
    add.add_argument("--group", metavar="NHÓM", action="append", default=[], help=only)
    add.add_argument("--workers", metavar="N", type=int, default=1, help="số tiến trình đọc và nhúng (mặc định 1)")
    add.add_argument("--cluster", metavar="ĐỊA_CHỈ", help="cụm máy Dask đọc và nhúng, ví dụ tcp://may-chu:8786")
    _command(commands, "list", "liệt kê các văn bản trong kho", "documents:show_all", json=True)
    show = _command(commands, "show", "xem siêu dữ liệu và nội dung của một văn bản", "documents:show", json=True)
    show.add_argument("id", metavar="MÃ", help="mã văn bản, xem bằng hoi list")
    remove = _command(commands, "remove", "gỡ văn bản khỏi kho; --json in biên nhận", "documents:remove", json=True)
    remove.add_argument("ids", metavar="MÃ", nargs="+", help="mã văn bản, xem bằng hoi list")


def _serve(commands: argparse._SubParsersAction[Parser]) -> None:
    serve = _command(commands, "serve", "mở trang hỏi đáp và API trên một cổng", "serving:serve")
    serve.add_argument(
        "--host",
        metavar="ĐỊA_CHỈ",
        default="127.0.0.1",
        help="địa chỉ lắng nghe (mặc định 127.0.0.1, chỉ máy này)",
    )
    serve.add_argument(
        "--port", metavar="CỔNG", type=int, default=8000, help="cổng (mặc định 8000; 0: cổng trống bất kỳ)"
    )
    serve.add_argument("--no-ui", action="store_true", help="chỉ mở API, không mở trang hỏi đáp")
    _command(
        commands, "mcp", "cho trợ lý khác hỏi, tìm, đọc theo giao thức MCP, qua đầu vào và đầu ra chuẩn", "serving:mcp"
    )


def _evaluation(commands: argparse._SubParsersAction[Parser]) -> None:
    group = _commands(_command(commands, "eval", "chấm điểm hệ thống bằng bộ câu hỏi"))
    _answers(group)
    _compare(group)
    retrieval = _command(
        group, "retrieval", "chấm tìm kiếm trên bộ dữ liệu kiểu BEIR", "evaluation:retrieval", json=True
    )
    retrieval.add_argument(
        "folder", metavar="THƯ_MỤC", type=Path, help="có corpus.jsonl, queries.jsonl, qrels/test.tsv"
    )
    _perturbed(retrieval)
    reading = _command(
        group,
        "reading",
        "chấm việc chọn câu trong đoạn cho sẵn, kiểu SQuAD 1.1",
        "evaluation:reading",
        json=True,
    )
    reading.add_argument("file", metavar="SQUAD.json", type=Path, help="tệp theo định dạng SQuAD 1.1")
    _claims(group)


def _answers(group: argparse._SubParsersAction[Parser]) -> None:
    answers = _command(group, "answers", "chấm câu trả lời theo bộ câu hỏi JSONL", "evaluation:answers", json=True)
    answers.add_argument("file", metavar="TỆP.jsonl", type=Path, help="bộ câu hỏi, mỗi dòng một câu")
    answers.add_argument("--against", metavar="THƯ_MỤC", type=Path, help="thư mục tài liệu; mặc định là kho hiện có")
    answers.add_argument("--report", metavar="THƯ_MỤC", type=Path, help="ghi báo cáo vào thư mục này")
    answers.add_argument("--fail-under", metavar="ĐIỂM=X", action="append", default=[], help=BAR)
    answers.add_argument("--k", metavar="N", type=int, default=8, help="số đoạn tìm cho mỗi câu (mặc định 8)")
    least = "coi câu trả lời có độ tin cậy thấp hơn X (0 đến 1) là từ chối; mặc định 0"
    answers.add_argument("--threshold", metavar="X", type=float, default=0.0, help=least)
    _perturbed(answers)


def _perturbed(command: Parser) -> None:
    told = "chấm thêm với câu hỏi biến đổi; dùng được nhiều lần: " + ", ".join(PERTURBATIONS)
    command.add_argument("--perturb", metavar="TÊN", action="append", default=[], choices=PERTURBATIONS, help=told)


def _compare(group: argparse._SubParsersAction[Parser]) -> None:
    compare = _command(group, "compare", "so hai lần chấm, từng câu một", "evaluation:compare", json=True)
    for place, letter in (("first", "A"), ("second", "B")):
        run = f"thư mục báo cáo của hoi eval answers --report, hoặc mã lần chấm {letter}"
        compare.add_argument(place, metavar=f"LẦN_{letter}", help=run)
    compare.add_argument("--report", metavar="THƯ_MỤC", type=Path, help="ghi trang so sánh vào thư mục này")
    compare.add_argument(
        "--perturb", metavar="TÊN", choices=PERTURBATIONS, help="so với câu hỏi biến đổi, mặc định là như đã viết"
    )


def _claims(group: argparse._SubParsersAction[Parser]) -> None:
    claims = _command(
        group, "claims", "chấm việc kiểm lời: điều sai bị phát hiện, điều đúng được giữ", "evaluation:claims", json=True
    )
    texts = "thư mục tài liệu, thư mục kiểu BEIR hoặc tệp JSONL; mặc định là HOI_CORPUS"
    claims.add_argument("paths", metavar="ĐƯỜNG_DẪN", nargs="*", type=Path, help=texts)
    claims.add_argument("--each", metavar="N", type=int, default=150, help="số điều tối đa mỗi loại (mặc định 150)")
    claims.add_argument("--seed", metavar="N", type=int, default=0, help="hạt giống ngẫu nhiên (mặc định 0)")
    half = "chỉ dùng nửa số đoạn: nửa để phát triển hoặc nửa để báo cáo"
    claims.add_argument("--half", metavar="NỬA", choices=("develop", "report"), help=half)
    claims.add_argument("--fail-under", metavar="ĐIỂM=X", action="append", default=[], help=BAR)


def _keys(commands: argparse._SubParsersAction[Parser]) -> None:
    group = _commands(_command(commands, "key", "quản lý khóa API"))
    create = _command(group, "create", "tạo khóa; khóa chỉ hiện một lần", "keys:create", json=True)
    create.add_argument("name", metavar="TÊN", help="tên người hoặc hệ thống dùng khóa")
    create.add_argument(
        "--role",
        metavar="VAI_TRÒ",
        required=True,
        choices=("reader", "editor", "admin"),
        help="reader: hỏi; editor: thêm và gỡ văn bản; admin: mọi việc",
    )
    create.add_argument(
        "--group", metavar="NHÓM", action="append", default=[], help="nhóm của khóa; dùng được nhiều lần"
    )
    create.add_argument("--days", metavar="N", type=int, help="số ngày có hiệu lực; mặc định không hết hạn")
    _command(group, "list", "liệt kê các khóa", "keys:show_all", json=True)
    revoke = _command(group, "revoke", "thu hồi một khóa", "keys:revoke")
    revoke.add_argument("id", metavar="MÃ", help="mã khóa, xem bằng hoi key list")


def _care(commands: argparse._SubParsersAction[Parser]) -> None:
    doctor = _command(
        commands,
        "doctor",
        "kiểm tra kho: tệp, dòng dữ liệu, vectơ và chỉ mục từ có khớp nhau không",
        "care:doctor",
        json=True,
    )
    doctor.add_argument("--repair", action="store_true", help="sửa những gì sửa được")
    forget = _command(commands, "forget", "xóa hẳn các cuộc trò chuyện và đánh giá", "care:forget")
    forget.add_argument(
        "--key", metavar="MÃ", help="mọi cuộc trò chuyện của khóa hay người này (local: của chính máy này)"
    )
    forget.add_argument("--days", metavar="N", type=int, help="các cuộc trò chuyện không có gì mới trong N ngày qua")
    backup = _command(commands, "backup", "sao lưu kho ra một tệp, kể cả khi đang ghi", "care:backup")
    backup.add_argument("file", metavar="TỆP", type=Path, help="tệp sao lưu sẽ tạo")
    restore = _command(commands, "restore", "khôi phục kho từ tệp sao lưu vào thư mục trống", "care:restore")
    restore.add_argument("file", metavar="TỆP", type=Path, help="tệp sao lưu")


if __name__ == "__main__":
    sys.exit(main())
