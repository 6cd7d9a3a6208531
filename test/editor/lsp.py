# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A client of the language server protocol, as small as the tests allow."""

import json
import os
import pathlib
import queue
import subprocess
import threading

TIMEOUT = 120  # seconds: far above what any answer takes, so that a hang ends


def uri_of(path):
    return pathlib.Path(path).as_uri()


def language_of(path):
    return "cpp" if path.endswith((".cpp", ".hpp")) else "c"


class Dead(Exception):
    """The server ended, or closed its output."""


class Server:
    """A server that runs as long as the `with` block."""

    def __init__(self, command, cwd, env=None, capabilities=None, stderr=None):
        self.log = stderr or subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=self.log)
        self.messages = queue.Queue()
        self.raw = []  # the bytes of each message, as they came
        self.published = {}  # by URI: (version, diagnostics), the latest
        self.last_id = 0
        self.versions = {}
        threading.Thread(target=self._read, daemon=True).start()
        kinds = {"codeActionKind": {"valueSet": ["quickfix", "refactor"]}}
        document = {"publishDiagnostics": {"relatedInformation": True,
                                           "codeDescriptionSupport": True},
                    "codeAction": {"codeActionLiteralSupport": kinds}}
        self.initialized = self.request("initialize", {
            "processId": os.getpid(), "rootUri": uri_of(cwd),
            "capabilities": capabilities or {"textDocument": document}})
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def _read(self):
        out = self.process.stdout
        while True:
            length, header = 0, b""
            while (line := out.readline()) not in (b"\r\n", b""):
                header += line
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not line:
                break
            body = out.read(length)
            self.raw.append(header + line + body)
            self.messages.put(json.loads(body))
        out.close()
        self.messages.put(None)

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def next(self):
        """The next message, which is also noted if it publishes diagnostics."""
        message = self.messages.get(timeout=TIMEOUT)
        if message is None:
            self.messages.put(None)
            raise Dead(f"status {self.process.wait()}")
        if message.get("method") == "textDocument/publishDiagnostics":
            params = message["params"]
            self.published[params["uri"]] = (params.get("version"),
                                             params["diagnostics"])
        elif "method" in message and "id" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def request(self, method, params):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        while True:
            message = self.next()
            if message.get("id") == self.last_id and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def open(self, path, text=None):
        if text is None:
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
        uri = uri_of(path)
        self.versions[uri] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": language_of(path), "version": 1,
            "text": text}})
        return uri

    def change(self, uri, text, want=True):
        """The whole text anew. If not wanted, the server may skip it."""
        self.versions[uri] += 1
        params = {"textDocument": {"uri": uri, "version": self.versions[uri]},
                  "contentChanges": [{"text": text}]}
        if want:
            params["wantDiagnostics"] = True
        self.notify("textDocument/didChange", params)

    def close(self, uri):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri):
        """What is published for the latest version of the text."""
        while self.published.get(uri, (None, None))[0] != self.versions[uri]:
            self.next()
        return self.published[uri][1]

    def actions(self, uri, diagnostics):
        """The code actions that are offered for them."""
        return self.request("textDocument/codeAction", {
            "textDocument": {"uri": uri}, "range": diagnostics[0]["range"],
            "context": {"diagnostics": diagnostics}})

    def shutdown(self):
        """Ends the server in the orderly way; its exit status."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(timeout=TIMEOUT)


def apply(text, edits):
    """The text after the edits of one document."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda e: (e["range"]["start"]["line"],
                                             e["range"]["start"]["character"]),
                       reverse=True):
        (l1, c1), (l2, c2) = ((edit["range"][end]["line"],
                               edit["range"][end]["character"])
                              for end in ("start", "end"))
        replaced = lines[l1][:c1] + edit["newText"] + lines[l2][c2:]
        lines[l1:l2 + 1] = replaced.split("\n")
    return "\n".join(lines)
