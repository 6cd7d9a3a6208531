# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a command costs, by the system's books and by callgrind."""

import os
import re
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import typing


def user_time(command, directory):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    result = subprocess.run(command, cwd=directory, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, check=False)
    if result.returncode != 0:
        sys.exit(f"bench: exit {result.returncode}: {shlex.join(command)}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def instructions(command, directory):
    with tempfile.NamedTemporaryFile() as out:
        result = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}",
             "--trace-children=yes"] + command,
            cwd=directory, capture_output=True, text=True, check=False)
    counts = re.findall(r"Collected : (\d+)", result.stderr)
    if result.returncode != 0 or not counts:
        sys.exit(f"bench: callgrind failed: {shlex.join(command)}")
    return sum(map(int, counts))


class Cost(typing.NamedTuple):
    """Of a command and all that it started."""
    wall: float  # seconds
    cpu: float  # seconds, in user mode and in the system
    memory: float  # MB: the most that one process had


def cost(command, directory, statuses=(0,)):
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in statuses:
        sys.exit(f"bench: exit {child.returncode}: {shlex.join(command)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def median(costs):
    return Cost(*map(statistics.median, zip(*costs)))
