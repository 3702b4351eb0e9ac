"""The reverse proxy of docs/deploy/: an nginx with that file, in front of a server of ours."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str]]

PROXY = Path(__file__).parents[2] / "docs" / "deploy" / "nginx.conf"
NAME = "data.example.org"
# Debian keeps it where a user's PATH does not lead.
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
OPENSSL = shutil.which("openssl")
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


pytestmark = [
    pytest.mark.ci,
    pytest.mark.skipif(
        not IN_CI and (NGINX is None or OPENSSL is None),
        reason="needs nginx and openssl: apt-get install nginx-light openssl",
    ),
]


class Upstream(BaseHTTPRequestHandler):
    """What stands in for the server: it says which headers it has got."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = "".join(f"{name.lower()}: {value}\n" for name, value in self.headers.items())
        busy = self.path == "/busy"
        self.send_response(503 if busy else 200)
        if busy:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    do_GET = do_POST = answer  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        del format, args


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Proxy:
    """An nginx with the shipped file, its ports and its certificate replaced."""

    def __init__(self, folder: Path, call: Call) -> None:
        self.upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
        self.plain, self.tls = free_port(), free_port()
        self.certificate, key = folder / "certificate.pem", folder / "key.pem"
        made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj")
        code, said = call(
            "openssl", *made, f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
            "-keyout", key, "-out", self.certificate,
        )  # fmt: skip
        assert code == 0, said
        text = PROXY.read_text(encoding="utf-8")
        for old, new in (
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("    listen [::]:80;\n", ""),
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.tls} ssl;"),
            ("    listen [::]:443 ssl;\n", ""),
            ("server 127.0.0.1:8080;", f"server 127.0.0.1:{self.upstream.server_port};"),
            (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(self.certificate)),
            (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(key)),
        ):
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / "daraa-kg.conf").write_text(text, encoding="utf-8")
        temporary = "".join(
            f"{name}_temp_path {folder / name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(
            f"daemon off; pid {folder / 'pid'}; error_log stderr;\n"
            f"events {{}}\nhttp {{\n{temporary}include {folder / 'daraa-kg.conf'};\n}}\n",
            encoding="utf-8",
        )
        self.command = (NGINX or "nginx", "-p", folder, "-c", self.configuration, "-e", "stderr")

    def __enter__(self) -> Proxy:
        threading.Thread(target=self.upstream.serve_forever, daemon=True).start()
        self.process = subprocess.Popen(list(map(str, self.command)))
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.tls), timeout=1).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return self
        raise TimeoutError(self.command)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)
        self.upstream.shutdown()
        self.upstream.server_close()

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, tls: bool = True
    ) -> tuple[int, dict[str, str], str]:
        """Send a request; give the status, the headers and the body."""
        connection: http.client.HTTPConnection
        if tls:
            context = ssl.create_default_context(cafile=str(self.certificate))
            context.check_hostname = False  # it is asked by its address
            connection = http.client.HTTPSConnection("127.0.0.1", self.tls, context=context)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.plain)
        try:
            connection.request(method, path, body, {"Host": NAME, "X-Forwarded-For": "8.8.8.8"})
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, answer.read().decode()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, call: Call) -> Iterator[Proxy]:
    with Proxy(tmp_path_factory.mktemp("nginx"), call) as proxy:
        yield proxy


def test_nginx_accepts_the_file(call: Call, tmp_path: Path) -> None:
    proxy = Proxy(tmp_path, call)
    code, said = call(*proxy.command, "-t")
    proxy.upstream.server_close()
    assert code == 0, said
    assert "[warn]" not in said
    assert f"{proxy.configuration} test is successful" in said


def test_what_is_asked_arrives_with_its_name(proxy: Proxy) -> None:
    status, headers, body = proxy.ask("GET", "/id/event/offensive")
    assert status == 200
    assert f"host: {NAME}\n" in body
    assert "x-forwarded-proto: https\n" in body
    assert "x-forwarded-for: 127.0.0.1\n" in body  # and not what a visitor claims
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["server"] == "nginx"


def test_http_leads_to_https(proxy: Proxy) -> None:
    status, headers, _ = proxy.ask("GET", "/sparql?query=x", tls=False)
    assert (status, headers["location"]) == (301, f"https://{NAME}/sparql?query=x")


def test_the_server_s_own_refusals_pass(proxy: Proxy) -> None:
    status, headers, _ = proxy.ask("GET", "/busy")
    assert (status, headers["retry-after"]) == (503, "7")


def test_a_large_request_is_refused(proxy: Proxy) -> None:
    assert proxy.ask("POST", "/sparql", b"x" * 2_000_000)[0] == 413


def test_one_visitor_cannot_ask_all_the_time(proxy: Proxy) -> None:
    codes = Counter(proxy.ask("POST", "/sparql", b"x")[0] for _ in range(60))
    assert set(codes) == {200, 429}
    assert codes[200] >= 10
