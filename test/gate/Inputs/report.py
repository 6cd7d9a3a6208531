"""report.py CHROMEDRIVER CHROMIUM PAGE [HOSTILE]

Uses the HTML report as a reader does, in a headless Chromium: PAGE is that of
report.test, HOSTILE that of its hostile tree.
"""

import pathlib
import re
import socket
import sys

from browser import Browser

VISIBLE = """return [...document.querySelectorAll('.finding')]
  .filter((f) => f.checkVisibility())
  .map((f) => f.querySelector('.message').textContent)"""
FOCUS = """const e = document.activeElement;
  return e.id || e.closest('.finding')?.querySelector('.message').textContent"""
PAINTED = """return [...new Set(
  [...document.querySelectorAll('.finding, .of-file')]
    .map((e) => getComputedStyle(e).contentVisibility))]"""
OPEN = "return document.querySelectorAll('.finding[open]').length"

# The contrast of each text with what is behind it, the lowest first.
CONTRAST = """
const known = new Map(); // few colors, and painting one takes long
const channels = (color) => {
  if (!known.has(color)) {
    const paint = document.createElement('canvas').getContext('2d');
    paint.fillStyle = color;
    paint.fillRect(0, 0, 1, 1);
    known.set(color, [...paint.getImageData(0, 0, 1, 1).data]);
  }
  return known.get(color);
};
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const color = channels(getComputedStyle(at).backgroundColor);
    if (color[3] === 255)
      return color;
  }
  return [255, 255, 255, 255];
};
return [...document.querySelectorAll('main *')]
  .filter((e) => e.checkVisibility() && !e.closest('svg') &&
          [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => {
    const [a, b] = [light(channels(getComputedStyle(e).color)),
                    light(behind(e))].sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.className, e.textContent.slice(0, 40)];
  }).sort((x, y) => x[0] - y[0]).slice(0, 3)
"""


def equal(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: {found!r}, not {wanted!r}")


def true(found, what):
    if not found:
        sys.exit(f"{what}: {found!r}")


def look(browser):
    equal(browser.run("return document.querySelector('h1').textContent"),
          "5 findings block", "the verdict")
    equal(browser.run("return [...document.querySelectorAll('.counters b')]"
                      ".map((e) => e.textContent).join()"),
          "2,1,1,0,0,1,0", "the seven counters")
    equal(len(browser.run(VISIBLE)), 6, "findings")
    equal(browser.run("return document.querySelector('mark').textContent"),
          "NonPagedPool", "what is marked")
    equal(browser.run("return [...document.querySelectorAll('.diff')].map((e) =>"
                      " [...e.querySelectorAll('.ins code')].map((c) =>"
                      " c.textContent).join())[0]"),
          "void *one(void) { return ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); }",
          "the first fix")
    equal(browser.run("return document.querySelector('.path').textContent"
                      ".trim().split('\\n')[0]"),
          "'Wrap' passes it to 'ExAllocatePoolWithTag' here driver.c:2:37",
          "the way of a value")
    # Each of the pointers that are drawn crosses the middle of its row.
    equal(browser.run("return [...document.querySelectorAll('.map .label')]"
                      ".map((e) => e.textContent).join('; ')"),
          "byte 4092; 4 + 4 bytes, page 1 | 2; byte 12282; 6 + 2 bytes, page 3 | 4;"
          " byte 16382; 2 + 6 bytes, page 4 | 5", "the map of pages")


def tab(browser):
    """From the top, Tab goes through all that can be used, in its order."""
    browser.press("Tab")
    equal(browser.run("return document.activeElement.hash"), "#findings",
          "the first of Tab")
    browser.press(*["Tab"] * 12)
    equal(browser.run(FOCUS), "search", "Tab after the rules")


def choose(browser):
    browser.run("document.getElementById('rule').value ="
                " 'hvci-execute-page-mapping';"
                "document.getElementById('rule').dispatchEvent("
                "new Event('input', {bubbles: true}))")
    equal(len(browser.run(VISIBLE)), 1, "findings of one rule")
    equal(browser.run("return document.getElementById('count').value"), "1 of 6",
          "the count")
    equal(browser.run("return [...document.querySelectorAll('.of-file')].filter("
                      "(f) => f.checkVisibility()).length"), 1, "files with any")
    browser.click(".rules button[data-rule=hvci-execute-pool-type]")
    equal(len(browser.run(VISIBLE)), 3, "findings of the rule that was clicked")
    browser.click("input[value=suppressed]")
    equal(len(browser.run(VISIBLE)), 2, "findings that are not suppressed")
    browser.click("input[value=suppressed]")
    browser.run("document.getElementById('rule').value = '';"
                "document.getElementById('filter').dispatchEvent("
                "new Event('input'))")
    equal(len(browser.run(VISIBLE)), 6, "findings again")


def type_keys(browser):
    browser.run("document.activeElement.blur()")
    browser.press("/")
    equal(browser.run(FOCUS), "search", "the focus after /")
    equal(browser.run("return document.getElementById('search').value"), "",
          "what / typed")
    browser.press(*"PASSES wrap")
    equal(len(browser.run(VISIBLE)), 2, "findings with 'PASSES wrap'")
    browser.press(*"/j")
    equal(browser.run("return document.getElementById('search').value"),
          "PASSES wrap/j", "keys while typing")
    equal(browser.run(VISIBLE), [], "findings with 'wrap/j'")
    browser.press("Escape")
    equal(len(browser.run(VISIBLE)), 6, "findings after Escape")
    browser.press("c")
    equal(browser.run(OPEN), 0, "open after c")
    browser.press("j", "j")
    first = browser.run(VISIBLE)
    equal(browser.run(FOCUS), first[1], "the focus after j j")
    true(browser.run("const s = getComputedStyle(document.activeElement);"
                     "return s.outlineStyle === 'solid' &&"
                     " parseFloat(s.outlineWidth) >= 2"), "the focus is seen")
    browser.press("Enter")
    equal(browser.run(OPEN), 1, "open after Enter")
    browser.press("k", "k")
    equal(browser.run(FOCUS), first[0], "the focus after k k")
    browser.press("o")
    equal(browser.run(OPEN), 6, "open after o")


def show(browser):
    for scheme in "light", "dark":
        browser.devtools("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}])
        paper = browser.run("return getComputedStyle(document.body).backgroundColor")
        equal(paper, {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}[scheme],
              f"the paper, {scheme}")
        worst = browser.run(CONTRAST)
        true(worst and worst[0][0] >= 4.5, f"contrast, {scheme}: {worst}")
    browser.devtools("Emulation.setEmulatedMedia", features=[])


def print_out(browser):
    browser.press("c")
    # Paper shows what is closed, also where the page's script does not run.
    # Out of sight nothing is painted, but all is on paper.
    equal(browser.run(PAINTED), ["auto"], "which findings are painted")
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    equal(browser.run(PAINTED), ["visible"], "which findings are on paper")
    equal(browser.run("return [...document.querySelectorAll('.finding .body')]"
                      ".filter((e) => e.getBoundingClientRect().height > 40)"
                      ".length"), 6, "what is printed")
    equal(browser.run("return document.getElementById('filter').checkVisibility()"),
          False, "the filter on paper")
    browser.devtools("Emulation.setEmulatedMedia", media="")
    pdf = browser.devtools("Page.printToPDF")["data"]
    true(len(pdf) > 20000, "the PDF")
    equal(browser.run(OPEN), 0, "open after printing")


def link(browser, url):
    name = browser.run("return document.querySelectorAll('.finding')[2].id")
    browser.open("about:blank")
    browser.open(f"{url}#{name}")
    equal(browser.run("return document.getElementById(location.hash.slice(1)).open"),
          True, "the finding of a link")


def stay_home(browser):
    """Neither the network nor another script is let in."""
    equal(browser.run("return performance.getEntriesByType('resource')"
                      ".map((e) => e.name)"), [], "what the page loaded")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        port = server.getsockname()[1]
        browser.run(f"""
          new Image().src = 'http://127.0.0.1:{port}/image';
          fetch('http://127.0.0.1:{port}/fetch').catch(() => {{}});
          const script = document.createElement('script');
          script.textContent = 'window.intruder = true';
          document.body.append(script);""")
        try:
            server.accept()
            sys.exit("the page opened a connection")
        except TimeoutError:
            pass
    equal(browser.run("return window.intruder === undefined"), True,
          "another script")


def read_without_script(browser, url):
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url)
    root = browser.devtools("DOM.getDocument", depth=-1)["root"]["nodeId"]
    found = browser.devtools("DOM.querySelectorAll", nodeId=root,
                             selector=".finding > summary")["nodeIds"]
    equal(len(found), 6, "findings without a script")
    for node in found:
        box = browser.devtools("DOM.getBoxModel", nodeId=node)["model"]
        true(box["height"] > 10, "a finding without a script is seen")
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)


def resist(browser, url):
    browser.open(url)
    equal(browser.run("return [document.querySelectorAll('script').length,"
                      "document.querySelectorAll('img, iframe, b.evil').length,"
                      "document.title]"),
          [1, 0, "hvcilint: memory integrity report"], "elements")
    unseen = set(browser.run("return [...document.querySelectorAll('.unseen')]"
                             ".map((e) => e.textContent)"))
    for wanted in ("U+202E", "U+2066", "U+2028", "\\xFF", "U+0007", "U+200B"):
        true(wanted in unseen, f"{wanted} is shown, of {sorted(unseen)}")
    text = browser.run("return document.body.textContent")
    true("</script><img src=x onerror=alert(1)>" in text, "the name of the file")
    true("</style></script><b class=evil>" in text, "the text of the source")
    true("]]> <!-- reason" in text, "the reason")
    true(not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u200b\x07]", text),
         "no such character is left")
    browser.press("/")
    browser.press(*"onerror")
    # Two are in that file; the third has its name among the lines around it.
    equal(len(browser.run(VISIBLE)), 3, "findings with its name")


def main():
    chromedriver, chromium, page, hostile = sys.argv[1:]
    url = pathlib.Path(page).resolve().as_uri()
    with Browser(chromedriver, chromium) as browser:
        browser.open(url)
        look(browser)
        tab(browser)
        choose(browser)
        type_keys(browser)
        show(browser)
        print_out(browser)
        link(browser, url)
        stay_home(browser)
        read_without_script(browser, url)
        resist(browser, pathlib.Path(hostile).resolve().as_uri())


main()
