"""spoil.py RECORD: writes records beside it that must be refused."""

import sys

good = open(sys.argv[1], "rb").read()
spoilt = {
    "truncated": good[:-1],
    "newer": good.replace(b'"version":3', b'"version":4', 1),
    "damaged": good.replace(b'"unit":{', b'"unit":{"extra":0,', 1),
    "claim": good.replace(b'"claims":[]', b'"claims":[{"kind":"split"}]', 1),
    "old": good.replace(b'"claims":[],', b"", 1),
    "empty": b"",
}
for name, content in spoilt.items():
    with open(f"{name}.hvci", "wb") as out:
        out.write(content)
