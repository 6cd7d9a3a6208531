# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What is shipped for other tools, run as they would."""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as tree

import yaml

parser = argparse.ArgumentParser(description=__doc__)
for name in ("root", "--hvcilint", "--plugin", "--clang", "--km", "--work"):
    parser.add_argument(name, type=pathlib.Path)
options = parser.parse_args()
ROOT, BIN, WORK = options.root, options.hvcilint.parent, options.work
PLUGIN, CLANG, KM = options.plugin, options.clang, options.km
GOOD = "#include <ntddk.h>\nvoid *good(void) { return 0; }\n"
BAD = ("void *bad(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); "
       "}\n")


def load(name):
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


class Integrations(unittest.TestCase):
    def setUp(self):
        self.top = WORK / self.id().split(".")[-1]
        shutil.rmtree(self.top, ignore_errors=True)
        (self.top / "build").mkdir(parents=True)
        self.source = self.top / "a.c"
        self.source.write_text(GOOD)
        (self.top / "build/compile_commands.json").write_text(json.dumps([{
            "directory": str(self.top), "file": "a.c", "arguments": [
                "clang-cl", "--target=x86_64-pc-windows-msvc", "/c", "-imsvc",
                str(KM), "a.c"]}]))
        self.git("init", "-q")
        self.git("add", "a.c")
        self.git("-c", "user.name=n", "-c", "user.email=e@e", "commit", "-qm", "x")

    def git(self, *words):
        subprocess.run(["git", *words], cwd=self.top, check=True)

    def run_shell(self, words, status, **env):
        env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
               "HVCILINT_CHECK": f"--clang={CLANG} --plugin={PLUGIN}", **env}
        done = subprocess.run(words, cwd=self.top, env=env, text=True,
                              capture_output=True, check=False)
        text = done.stdout + done.stderr
        self.assertEqual(done.returncode, status, text)
        return text

    def test_the_hook_judges_what_a_commit_changes(self):
        hook, = load(".pre-commit-hooks.yaml")
        self.assertEqual(hook["id"], "hvcilint")
        entry = ROOT / hook["entry"]
        self.run_shell([entry], 0)
        self.source.write_text(GOOD + BAD)
        self.git("add", "a.c")
        text = self.run_shell([entry], 1)
        self.assertIn("[hvci-execute-pool-type]", text)
        self.git("-c", "user.name=n", "-c", "user.email=e@e", "commit", "-qm", "y")
        self.run_shell([entry], 0)
        self.run_shell([entry], 1, HVCILINT_SINCE="all")
        self.source.write_text("int x = ;\n")
        self.run_shell([entry], 3)
        self.run_shell([entry], 2, HVCILINT_BUILD="nowhere")

    def test_the_step_of_the_action(self):
        action = load("action.yml")
        step, = action["runs"]["steps"]
        self.assertEqual(action["runs"]["using"], "composite")
        inputs = {name: each["default"] for name, each in action["inputs"].items()}

        def fill(text):
            return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}",
                          lambda match: inputs[match.group(1)], text)

        inputs["check-options"] = f"--clang={CLANG} --plugin={PLUGIN}"
        env = {name: fill(value) for name, value in step["env"].items()}
        env["GITHUB_ACTION_PATH"] = str(ROOT)
        self.source.write_text(GOOD + BAD)
        text = self.run_shell(["bash", "-c", step["run"]], 1, **env)
        self.assertIn("::error ", text)
        sarif = json.loads((self.top / "hvcilint.sarif").read_text("utf-8"))
        self.assertEqual(len(sarif["runs"][0]["results"]), 1)

    def test_the_job_of_gitlab(self):
        script = load("integrations/gitlab-ci.yml")["hvcilint"]["script"]
        script[0] = script[0].replace(
            "-p build", f"-p build --clang={CLANG} --plugin={PLUGIN}")
        self.source.write_text(GOOD + BAD)
        self.run_shell(["bash", "-e", "-c", "\n".join(script)], 1)
        report = json.loads((self.top / "hvcilint.json").read_text("utf-8"))
        self.assertEqual(len(report), 1)

    def test_the_others_are_well_formed(self):
        steps = load("integrations/azure-pipelines.yml")["steps"]
        self.assertEqual(steps[1]["artifact"], "CodeAnalysisLogs")
        subprocess.run(["bash", "-n", "-c", steps[0]["bash"]], check=True)
        top = tree.parse(ROOT / "integrations/Hvcilint.targets").getroot()
        space = "{http://schemas.microsoft.com/developer/msbuild/2003}"
        self.assertEqual(top.tag, space + "Project")
        target = top.find(space + "Target")
        known = self.run_shell([BIN / "hvcilint", "check", "--help"], 0)
        for option in re.findall(r"--[a-z]+", target[0].get("Command")):
            self.assertIn(option, known)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
