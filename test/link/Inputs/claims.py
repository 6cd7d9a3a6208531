"""claims.py FILE...: writes the record of each FILE.claims as FILE.hvci.

A line is a claim: the place's line, the rules suppressed there or -, and the
claim as JSON.
"""

import json
import sys

TARGET = "x86_64-pc-windows-msvc"

for name in sys.argv[1:]:
    places, claims = [], []
    with open(f"{name}.claims", encoding="utf-8") as text:
        for line in text:
            number, rules, claim = line.split(None, 2)
            suppressed = [{"rules": [rules]}] if rules != "-" else []
            places.append([0, int(number), 1, *suppressed])
            claims.append({**json.loads(claim), "place": len(places)})
    record = {
        "format": "hvcilint-record",
        "version": 3,
        "producer": "claims.py",
        "unit": {"file": f"{name}.c", "target": TARGET, "opt_in": "none",
                 "os": 0, "pointer_width": 64},
        "files": [f"{name}.c"],
        "scopes": [],
        "suppressions": [],
        "places": places,
        "findings": [],
        "claims": claims,
        "functions": [],
    }
    with open(f"{name}.hvci", "w", encoding="utf-8") as out:
        json.dump(record, out, separators=(",", ":"))
