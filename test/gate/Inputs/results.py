"""results.py OUT CONFIGURATION STATUS UNIT... -- COMPILE...

Compiles each unit of the current folder with the plugin as the main action and
writes OUT/results.json, as hvcilint check does. A unit may be UNIT:DEPENDENCY...;
STATUS is that of all units, such as ok.
"""

import json
import os
import subprocess
import sys

out, configuration, status = sys.argv[1:4]
split = sys.argv.index("--")
root = os.getcwd()
os.makedirs(out, exist_ok=True)
units = []
for word in sys.argv[4:split]:
    unit, *dependencies = word.split(":")
    record = f"{os.path.basename(unit)}.{configuration or 'none'}.hvci"
    if status == "ok":
        subprocess.run(
            [*sys.argv[split + 1:], "/W0", "/c", "-Xclang", "-plugin",
             "-Xclang", "hvcilint", f"/Fo{out}/{record}", "--", unit],
            check=True)
    units.append({
        "source": f"{root}/{unit}", "directory": root,
        "configuration": configuration, "record": record, "status": status,
        "error": "" if status == "ok" else "driver.c:1:1: error: what it is",
        "allowed": False, "stubs": [],
        "dependencies": [f"{root}/{name}" for name in [unit, *dependencies]],
    })
with open(f"{out}/results.json", "w", encoding="utf-8") as file:
    json.dump({"hvcilint": "test", "llvm": "22", "root": root, "units": units},
              file)
