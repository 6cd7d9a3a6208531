# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Each rule of a SARIF log brings its page along: help.py LOG"""

import json
import re
import sys

with open(sys.argv[1], encoding="utf-8") as log:
    rules = json.load(log)["runs"][0]["tool"]["driver"]["rules"]
rules = [rule for rule in rules if rule["id"] != "hvci-suppression"]
assert len(rules) == 11, len(rules)
for rule in rules:
    page = rule["help"]["markdown"]
    assert page.startswith(f"# {rule['id']}\n"), page[:80]
    assert "\n## How to fix\n" in page and "<!--" not in page, rule["id"]
    assert not re.search(r"\]\((?!http)[^)]*\.md", page), rule["id"]
    assert rule["helpUri"].startswith("https://learn.microsoft.com/"), rule["helpUri"]
    assert rule["helpUri"] in page, rule["id"]
assert len({rule["helpUri"] for rule in rules}) > 5
