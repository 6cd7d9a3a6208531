"""A headless Chromium, driven by the WebDriver protocol on the loopback."""

import json
import os
import re
import subprocess
import tempfile
import urllib.request

KEYS = {"Escape": "\ue00c", "Enter": "\ue007", "Tab": "\ue004"}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """A window of 1200 by 900; to be used in a with statement."""

    def __init__(self, chromedriver, chromium):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # A sanitizer's library is not for the browser.
        env = {name: value for name, value in os.environ.items()
               if name != "LD_PRELOAD"}
        self.driver = subprocess.Popen(
            [chromedriver, "--port=0"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
            env={**env, "HOME": self.folder.name})
        port = next(match.group(1) for line in self.driver.stdout
                    if (match := re.search(r"successfully on port (\d+)", line)))
        self.url = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        arguments = ["--headless", "--disable-gpu", "--window-size=1200,900",
                     "--no-first-run", "--disable-background-networking",
                     f"--user-data-dir={self.folder.name}/profile"]
        if os.geteuid() == 0:  # Chromium's own sandbox refuses root
            arguments.append("--no-sandbox")
        options = {"binary": chromium, "args": arguments}
        capabilities = {"alwaysMatch": {
            "goog:chromeOptions": options, "unhandledPromptBehavior": "ignore"}}
        answer = self.post("/session", {"capabilities": capabilities})
        self.session = f"/session/{answer['sessionId']}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.call("DELETE", self.session)
        self.driver.terminate()
        self.driver.wait()
        self.driver.stdout.close()
        self.folder.cleanup()

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path, method=method,
            data=None if body is None else json.dumps(body).encode())
        with self.opener.open(request) as answer:
            return json.load(answer)["value"]

    def post(self, path, body):
        return self.call("POST", path, body)

    def open(self, url):
        self.post(f"{self.session}/url", {"url": url})

    def run(self, script, *arguments):
        """What the body of a function returns."""
        return self.post(f"{self.session}/execute/sync",
                         {"script": script, "args": list(arguments)})

    def press(self, *keys):
        """Keys to what has the focus, by their names or as they are."""
        actions = []
        for key in keys:
            value = KEYS.get(key, key)
            actions += [{"type": "keyDown", "value": value},
                        {"type": "keyUp", "value": value}]
        self.post(f"{self.session}/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": actions}]})

    def click(self, selector):
        found = self.post(f"{self.session}/element",
                          {"using": "css selector", "value": selector})
        self.post(f"{self.session}/element/{found[ELEMENT]}/click", {})

    def devtools(self, command, **parameters):
        return self.post(f"{self.session}/goog/cdp/execute",
                         {"cmd": command, "params": parameters})
