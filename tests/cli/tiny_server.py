"""A web server in a few lines, for the supervisor to start: ``python tiny_server.py PORT FOLDER [stubborn]``.

Answers 200 while FOLDER has no file "broken". "stubborn" ignores SIGTERM. Prints its words at the start.
"""

import http.server
import signal
import sys
from pathlib import Path

port, folder, *manners = sys.argv[1:]
if "stubborn" in manners:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503 if (Path(folder) / "broken").exists() else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


print("bereit", flush=True)
http.server.HTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
