#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Types into a shell, presses Tab, and looks at the line.

usage: complete.py SHELL SCRIPT WORK

SHELL is a bash or a zsh, SCRIPT what `hvcilint completion` wrote for it, WORK a folder
for files to complete. The shell is one with a terminal; a key of its own has it write
its line to a file. A SCRIPT called _hvcilint is one that zsh finds by itself.
"""

import os
import pathlib
import pty
import shutil
import sys
import threading

# What is typed, and what the line is after Tab: the same for both shells.
CASES = [
    ("hvcilint expl", "hvcilint explain "),
    ("hvcilint --vers", "hvcilint --version "),
    ("hvcilint explain hvci-nx", "hvcilint explain hvci-nx-opt-in "),
    ("hvcilint explain hvci-nx-opt-in hvci-dy",
     "hvcilint explain hvci-nx-opt-in hvci-dynamic-code "),
    ("hvcilint completion z", "hvcilint completion zsh "),
    ("hvcilint gate --outp", "hvcilint gate --output="),
    ("hvcilint gate --output=ht", "hvcilint gate --output=html="),
    ("hvcilint gate --output ht", "hvcilint gate --output html="),
    ("hvcilint gate --output=html=rep", "hvcilint gate --output=html=report.html "),
    ("hvcilint gate --output html=rep", "hvcilint gate --output html=report.html "),
    ("hvcilint gate --output=github-", "hvcilint gate --output=github-sarif="),
    ("hvcilint gate --certain-only --today=2027-12-31 --bas",
     "hvcilint gate --certain-only --today=2027-12-31 --baseline="),
    ("hvcilint gate resu", "hvcilint gate results/"),
    ("hvcilint link --off=hvci-nx", "hvcilint link --off=hvci-nx-opt-in"),
    ("hvcilint link --off hvci-nx-opt-in,hvci-dy",
     "hvcilint link --off hvci-nx-opt-in,hvci-dynamic-code"),
    ("hvcilint image --config two", "hvcilint image --config two\\ words.yaml "),
    ("hvcilint check -p res", "hvcilint check -p results/"),
    ("hvcilint check --build=res", "hvcilint check --build=results/"),
    ("hvcilint check -j 4 --root res", "hvcilint check -j 4 --root results/"),
    # Nobody knows more of these.
    ("hvcilint gate --today=re", "hvcilint gate --today=re"),
    ("hvcilint none re", "hvcilint none re"),
    ("hvcilint gate --prune", "hvcilint gate --prune"),
]

ZSH_CASES = [("hvcilint-22 expl", "hvcilint-22 explain ")]

SETUP = {
    "bash": """
bind 'set bell-style none'
bind 'set completion-query-items 0'
bind -x '"\\C-x\\C-p": printf "%s\\n" "$READLINE_LINE" >>lines'
source {script}
echo ready >lines
""",
    "zsh": """
fpath=({folder} $fpath)
autoload -U compinit && compinit -u -d {work}/dump
[[ {script} == */_hvcilint ]] || source {script}
show() {{ print -r -- $BUFFER >>lines }}
zle -N show
bindkey '^X^P' show
bindkey '^U' kill-whole-line
unsetopt beep
echo ready >lines
""",
}


class Shell:
    """A shell in a terminal of its own."""

    def __init__(self, shell, folder, arguments):
        self.lines, self.seen = folder / "lines", 0
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.environ.update(TERM="xterm", PS1="$ ", HOME=str(folder), LC_ALL="C.UTF-8")
            os.execv(shell, [shell, *arguments])
        # What it shows has to be taken, or it waits.
        self.output = []
        threading.Thread(target=self.drain, daemon=True).start()

    def drain(self):
        try:
            while data := os.read(self.terminal, 4096):
                self.output.append(data)
        except OSError:  # it has ended
            pass

    def type(self, text):
        os.write(self.terminal, text.encode())

    def line(self):
        """The next line of the file; None if none comes for two minutes."""
        for _ in range(12000):
            text = self.lines.read_text() if self.lines.exists() else ""
            found = text.split("\n")
            if len(found) > self.seen + 1:
                self.seen += 1
                return found[self.seen - 1]
            threading.Event().wait(0.01)
        return None


def main():
    program, script, work = sys.argv[1:]
    name = os.path.basename(program)
    work = pathlib.Path(work).resolve() / name
    shutil.rmtree(work, ignore_errors=True)
    (work / "results").mkdir(parents=True)
    for file in ("report.html", "two words.yaml", "results/results.json"):
        (work / file).write_text("")
    script = pathlib.Path(script).resolve()
    (work / "setup").write_text(SETUP[name].format(
        script=script, folder=script.parent, work=work))
    arguments = {"bash": ["--norc", "-i"], "zsh": ["-f", "-i"]}[name]
    shell = Shell(program, work, arguments)
    shell.type("source ./setup\n")
    if shell.line() != "ready":
        sys.exit("the shell does not begin")
    failed = 0
    cases = CASES + (ZSH_CASES if name == "zsh" else [])
    for typed, wanted in cases:
        shell.type(f"\x15{typed}\t\x18\x10")
        line = shell.line()
        # In a list zsh offers the comma, and takes it back if no more is typed.
        if name == "zsh" and " --off" in typed:
            wanted += ","
        if line != wanted:
            failed += 1
            print(f"{name}: '{typed}' becomes '{line}', not '{wanted}'")
    if failed:
        sys.exit(1)
    print(f"{name}: {len(cases)} lines")


main()
