"""nginx on loopback that ends TLS before both sides, as a county's proxy does."""

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.running import free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")

CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_buffer_size 512k;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  ssl_certificate {folder}/cert.pem;
  ssl_certificate_key {folder}/key.pem;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Forwarded-For $remote_addr;
  server {{ listen 127.0.0.1:{public} ssl; location / {{ proxy_pass {public_behind}; }} }}
  server {{ listen 127.0.0.1:{desk} ssl; location / {{ proxy_pass {desk_behind}; }} }}
}}
"""


@dataclass
class Proxy:
    """A running nginx: its two addresses over TLS."""

    public: str
    desk: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


def start(folder: Path, public_behind: str, desk_behind: str) -> Proxy:
    """Start nginx with a certificate of its own in front of both sides."""
    folder.mkdir()
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    names = ["-subj", "/CN=localhost", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run([*request, *names], check=True, capture_output=True)
    public, desk = free_port(), free_port()
    configuration = CONFIGURATION.format(
        folder=folder,
        public=public,
        desk=desk,
        public_behind=public_behind,
        desk_behind=desk_behind,
    )
    (folder / "nginx.conf").write_text(configuration, encoding="utf-8")
    process = subprocess.Popen(
        [str(NGINX), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    )
    for port in (public, desk):
        wait_for(port)
    return Proxy(f"https://127.0.0.1:{public}", f"https://127.0.0.1:{desk}", process)


def wait_for(port: int) -> None:
    """Wait until somebody listens on a port."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
