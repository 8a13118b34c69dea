#!/usr/bin/env python3
"""What strangers may send: thousands of slow peers, mutated requests, huge bodies, TLS and what is not TLS.

usage: tests/serve/hostile.py PROGRAM

The server must answer the next honest request every time, keep its memory, and end well.
"""
import http.client
import os
import random
import re
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

FAILED = []
PASSWORD = "correct horse battery"


def check(condition, what):
    if not condition:
        FAILED.append(what)
        print(f"FAILED {what}")


class Server:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([sys.argv[1], "serve", "--listen", "127.0.0.1:0", *arguments],
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"listening on https?://127.0.0.1:(\d+)/", line)
            if found:
                self.port = int(found.group(1))
                return
        sys.exit("the server did not start")

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def healthy(self, what):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/healthz")
            check(connection.getresponse().status == 200, what)
            connection.close()
        except OSError as error:
            check(False, f"{what}: {error}")

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def end(self):
        self.process.terminate()
        check(self.process.wait(20) == 0, "the server ends well")


def check_memory(condition, what):
    """A sanitizer keeps what was freed: its memory says nothing of ours."""
    with open(sys.argv[1], "rb") as program:
        if not re.search(rb"__[at]san_init", program.read()):
            check(condition, what)


def slow_peers(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    many = min(3000, (hard if hard > 0 else 4096) - 100)
    before = server.memory_mb()
    peers = []
    for _ in range(many):
        peer = server.connect()
        peer.sendall(b"POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n{")
        peers.append(peer)
    server.healthy("with thousands of slow peers")
    grown = server.memory_mb() - before
    check_memory(grown < 8 * many / 1000 + 10, f"{many} slow peers take {grown:.0f} MB")
    for peer in peers:
        peer.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def mutated(server):
    chance = random.Random(1)
    body = b'{"queries":{"q":{"schema":"Person","properties":{"name":["Ri Yong Mu"]}}}}'
    whole = (b"POST /match/default?limit=3 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
             b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    for turn in range(600):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at:at + chance.randint(1, 20)]
            elif kind == 2:
                data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 20)))
            else:
                data[at:at] = chance.choice([b"\r\n", b"\0", b"[" * 300, b"%ff", b"\xe2\x80\xae", b"9" * 30, b"\\u0000"])
            if not data:
                break
        with server.connect() as peer:
            try:
                peer.sendall(bytes(data))
                peer.shutdown(socket.SHUT_WR)
                first = peer.recv(64)
                check(not re.match(rb"HTTP/1.1 5(?!05|03)", first), f"turn {turn}: {first!r}")
            except OSError:
                pass
    server.healthy("after mutated requests")


def huge(server):
    before = server.memory_mb()
    for head in (b"Content-Length: 999999999999", b"Transfer-Encoding: chunked"):
        with server.connect() as peer:
            sent = 0
            try:
                peer.sendall(b"POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n\r\n")
                while sent < 64 << 20:
                    peer.sendall(b"100000\r\n" + b"a" * (1 << 20) + b"\r\n")
                    sent += 1 << 20
            except OSError:
                pass
            check(sent < 64 << 20, "a huge body is cut off")
    check_memory(server.memory_mb() - before < 30, "huge bodies leave memory alone")
    server.healthy("after huge bodies")


def gone(server):
    """Peers that ask for much and leave."""
    query = b'{"name":"Kim Jong Il Kim Jong Un"},' * 999
    body = b'{"queries":[' + query[:-1] + b"]}"
    for _ in range(30):
        with server.connect() as peer:
            peer.sendall(b"POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s" %
                         (len(body), body))
    begin = time.monotonic()
    server.healthy("after peers that left")
    check(time.monotonic() - begin < 5, "peers that left hold nobody up")


def tls():
    if not shutil.which("openssl"):
        print("skipped: TLS, because openssl is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        certificate, key, users = (os.path.join(folder, name) for name in ("c.pem", "k.pem", "users"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost"], check=True, capture_output=True)
        subprocess.run([sys.argv[1], "serve", "user", "add", "ana", "--role", "analyst", "--users", users],
                       input=PASSWORD, text=True, check=True)
        server = Server("--tls-cert", certificate, "--tls-key", key, "--users", users)
        context = ssl.create_default_context(cafile=certificate)
        connection = http.client.HTTPSConnection("localhost", server.port, timeout=10, context=context)
        connection.request("POST", "/api/v1/session", '{"name":"ana","password":"%s"}' % PASSWORD,
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        cookie = answer.headers["Set-Cookie"] or ""
        check(answer.status == 200 and "Secure" in cookie, "TLS: the cookie is for TLS only")
        connection.request("GET", "/openapi.json")
        check(len(connection.getresponse().read()) > 10000, "TLS: a long answer, on the same connection")
        connection.request("GET", "/api/v1/status", headers={"Cookie": cookie.split(";")[0]})
        check(connection.getresponse().status == 200, "TLS: the session")
        with server.connect() as peer:
            try:
                peer.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                check(b"HTTP/1.1 200" not in peer.recv(100), "TLS: what is not TLS gets nothing")
            except ConnectionResetError:
                pass
        server.end()


def main():
    server = Server()
    for attack in (mutated, huge, gone, slow_peers):
        attack(server)
    server.end()
    tls()
    sys.exit(f"{len(FAILED)} failed" if FAILED else 0)


if __name__ == "__main__":
    main()
