"""Nothing that is read fetches anything, and the program itself calls nobody."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from file_parts import make_docx
from serving_parts import PROJECT, serving

from corpus.sandbox import Loaded, Sandbox

QUESTION = "xã nào phải đạt nông thôn mới kiểu mẫu"
ODT = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
        ("xlink", "http://www.w3.org/1999/xlink"),
        ("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    )
)
TRIED = """
import socket, sys
from corpus.offline import go_offline
assert go_offline()
socket.socket(socket.AF_UNIX).close()
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family)
    except PermissionError:
        print("refused")
"""
WATCHED = """
import sys
from pathlib import Path

HERE = (None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::")

def watch(event, given):
    if event == "socket.getaddrinfo":
        host = given[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple):
        host = given[1][0]
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host) not in HERE:
        with Path(__file__).with_name("called").open("a") as file:
            print(event, host, file=file)

sys.addaudithook(watch)
"""


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and the first bytes of whoever came."""
    came = list[bytes]()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    came.append(caller.recv(1000))

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", came
        server.shutdown(socket.SHUT_RDWR)


def linking(url: str) -> bytes:
    """A text with a picture that is somewhere else."""
    picture = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{url}/a.png"/></draw:frame>'
    body = f"<text:p>Xã Lạc Lâm trồng rau. {picture}</text:p>"
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {SPACES}>{content}</office:document-content>"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>'
        for path, kind in (("/", ODT), ("content.xml", "text/xml"))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}">{entries}</m:manifest>')
    return stream.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
def test_only_local_sockets_are_left() -> None:
    tried = subprocess.run([sys.executable, "-c", TRIED], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert tried.stdout.split() == ["refused", "refused"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_linked_picture_is_not_fetched() -> None:
    with listening() as (url, came), Sandbox() as sandbox:
        (found,) = sandbox.read(linking(url), "a.odt")
        assert isinstance(found, Loaded)
        assert "Xã Lạc Lâm trồng rau." in found.document.text
        assert came == []


def test_a_server_with_its_page_calls_nobody(tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(WATCHED)
    proof = [sys.executable, "-c", "import socket; socket.getaddrinfo('example.invalid.', 1)"]
    subprocess.run(proof, env={"PYTHONPATH": str(hook)}, capture_output=True, check=False)
    assert (hook / "called").read_text().split()[1] == "example.invalid."
    (hook / "called").unlink()
    letter = make_docx(lambda document: document.add_paragraph("Xã Quảng Lập trồng hoa."))
    settings = {"PYTHONPATH": f"{hook}:{PROJECT}"}
    with serving(tmp_path / "data", **settings) as server, httpx.Client(base_url=server.url, timeout=60) as office:
        assert office.get("/").status_code == 200
        assert office.post("/v1/documents", files={"file": ("a.docx", letter)}).status_code == 201
        assert office.post("/v1/ask", json={"question": QUESTION}).json()["citations"]
        assert office.get("/docs").status_code == office.get("/readyz").status_code == 200
    assert not (hook / "called").exists()
