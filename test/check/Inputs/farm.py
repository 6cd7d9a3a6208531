# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A build farm of icecream on one machine: farm.py FOLDER COMMAND...

To be run where there is no network but what this makes, and mounts end with it:
unshare -n -m. The daemons would look for a scheduler, and be found, on any other.
One of them stands for the machine that builds, the other one does what it is sent.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import time


def start(folder, name, *words, **env):
    with open(folder / f"{name}.out", "wb") as out:
        return subprocess.Popen(
            [*words, "-n", "test", "-l", str(folder / f"{name}.log"), "-vvv"],
            env={**os.environ, **env}, stdout=out, stderr=out)


def daemon(folder, name, *words):
    base = folder / name
    base.mkdir()
    shutil.chown(base, "icecc")
    return start(folder, name, shutil.which("iceccd"), "-s", "127.0.0.1",
                 "-N", name, "-m", "2", "-b", str(base), *words,
                 ICECC_TEST_SOCKET=str(folder / f"{name}.socket"))


def look_idle(folder):
    """A busy machine is sent nothing, and this one runs more tests."""
    ticks = folder / "stat"
    ticks.write_text("cpu  1 1 1 1000 1 0 0 0 0 0\n")
    subprocess.run(["mount", "--bind", ticks, "/proc/stat"], check=True)


def ready(folder, running):
    """Whether both daemons know the scheduler."""
    log = folder / "scheduler.log"
    for _ in range(600):
        if any(one.poll() is not None for one in running):
            return False
        text = log.read_text("utf-8") if log.exists() else ""
        if "login here" in text and "login there" in text:
            return True
        time.sleep(0.1)
    return False


def main():
    folder = pathlib.Path(sys.argv[1])
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    shutil.chown(folder, "icecc")  # who they run as
    look_idle(folder)
    running = [start(folder, "scheduler", shutil.which("icecc-scheduler")),
               daemon(folder, "here", "--no-remote"),
               daemon(folder, "there", "-p", "10246")]
    try:
        if not ready(folder, running):
            sys.exit("\n".join(path.read_text("utf-8", "replace") for path in
                               (*folder.glob("*.out"), *folder.glob("*.log"))))
        done = subprocess.run(sys.argv[2:], check=False, env={
            **os.environ, "ICECC_TEST_SOCKET": str(folder / "here.socket"),
            "ICECC_TEST_REMOTEBUILD": "1", "ICECC_PREFERRED_HOST": "there",
            "ICECC_ENV_COMPRESSION": "none", "ICECC_DEBUG": "debug",
            "ICECC_LOGFILE": str(folder / "client.log")})
        sys.exit(done.returncode)
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait()


if __name__ == "__main__":
    main()
