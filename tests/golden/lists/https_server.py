#!/usr/bin/env python3
"""A publisher of lists on this machine, well or badly behaved, for the golden tests of `cordon lists update`.

usage: https_server.py COMMAND [ARG...]

Makes a certificate, serves HTTPS on a free port of 127.0.0.1, runs COMMAND and exits with its status. COMMAND finds
BASE (the address), CA (the certificate) and T (an empty folder) in its environment. A file F of $T/site is served under:

  /F              as it is, with an ETag; 304 where the client names that tag
  /cut/F          half of what Content-Length promises, then the end
  /short/F        the first half as if it were all
  /redirect/F     sent on to /F
  /loop/F         sent on to itself
  /plain/F        sent on to http://
  /error/F        status 500
  /hang/F         the first bytes, then silence
  /bomb/F         gzip that unpacks to 64 MiB
"""
import gzip
import hashlib
import http.server
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


BOMB = gzip.compress(bytes(64 << 20))


class Handler(http.server.BaseHTTPRequestHandler):
    site = Path()
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", length=None, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.close_connection = True

    def do_GET(self):
        parts = self.path.strip("/").split("/")
        way, name = (parts[0], parts[-1]) if len(parts) > 1 else ("", parts[-1])
        file = self.site / name
        if not file.is_file():
            return self.answer(404)
        body = file.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if way == "cut":
            return self.answer(200, body[: len(body) // 2], length=len(body))
        if way == "short":
            return self.answer(200, body[: len(body) // 2])
        if way == "redirect":
            return self.answer(302, Location=f"/{name}")
        if way == "loop":
            return self.answer(302, Location=f"/loop/{name}")
        if way == "plain":
            return self.answer(302, Location=f"http://{self.headers['Host']}/{name}")
        if way == "error":
            return self.answer(500, b"<html>broken</html>")
        if way == "hang":
            self.answer(200, body[:10], length=len(body))
            return time.sleep(20)
        if way == "bomb":
            return self.answer(200, BOMB, Content_Encoding="gzip")
        if self.headers.get("If-None-Match") == tag:
            return self.answer(304, ETag=tag)
        return self.answer(200, body, ETag=tag)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):  # a client that hangs up is part of the tests
        pass


def main():
    folder = Path(tempfile.mkdtemp())
    try:
        certificate, key = folder / "ca.pem", folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=cordon test",
                        "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        Handler.site = folder / "site"
        Handler.site.mkdir()
        server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment = {**os.environ, "BASE": f"https://127.0.0.1:{server.server_port}", "CA": str(certificate),
                       "T": str(folder)}
        status = subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        server.shutdown()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
