"""What is wrong with a page as the browser has drawn it, told in lists of words."""

from tests.support.machine import AXE

SIDEWAYS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} px too wide`] : [];
}"""
#: Text that is cut off sideways or below by a box that hides it, or stands outside of its own; a
#: strip is meant to scroll, a clamp to cut lines.
CLIPPED = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode, home = text.parentElement;
    if (!text.data.trim() || home.closest("svg, .hidden, .skip")) continue;
    if (!home.checkVisibility({ visibilityProperty: true })) continue;
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
    if (!lines.length) continue;
    const left = Math.min(...lines.map((line) => line.left));
    const right = Math.max(...lines.map((line) => line.right));
    const bottom = Math.max(...lines.map((line) => line.bottom));
    for (let box = home; box !== document.documentElement; box = box.parentElement) {
      const { display, overflowX, overflowY, webkitLineClamp } = getComputedStyle(box);
      if (/^(inline|contents)$/.test(display)) continue;
      if (/auto|scroll/.test(overflowX)) break;
      const edge = box.getBoundingClientRect();
      const cut = overflowY !== "visible" && webkitLineClamp === "none" && bottom > edge.bottom + 4;
      if (right > edge.right + 1.5 || left < edge.left - 1.5 || cut) {
        found.add(`${text.data.trim().slice(0, 20)} leaves ${box.tagName}.${box.className}`);
        break;
      }
    }
  }
  return [...found];
}"""
#: Room of more than three lines without ink: a band across the page; in columns that stand side by
#: side, what one leaves empty over what comes below it, or beside the end of the other. A row of a
#: list, or of stories, is as high as its highest part: its rules show that it is one.
HOLES = """() => {
  const main = document.querySelector("main"), whole = main.getBoundingClientRect();
  const most = 3 * 1.8 * parseFloat(getComputedStyle(document.body).fontSize);
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const ink = [], range = document.createRange();
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const home = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(home) || home.closest(".hidden")) continue;
    range.selectNodeContents(walker.currentNode);
    for (const line of range.getClientRects()) ink.push([home, line]);
  }
  // A ground that is drawn as high as the column beside it is ink.
  const drawn = `img, svg, hr, input, select, textarea, button, .track,
    .filled > :is(.record, .asked-band)`;
  for (const one of main.querySelectorAll(drawn)) {
    if (shown(one)) ink.push([one, one.getBoundingClientRect()]);
  }
  const words = (one) => `${one.className} ${one.textContent.trim().slice(0, 12)}`;
  const found = [];
  let end = null;
  for (const [home, { top, bottom }] of ink.toSorted(([, a], [, b]) => a.top - b.top)) {
    end ??= top;
    if (top - end > most) found.push(`${top - end | 0} px across, over ${words(home)}`);
    end = Math.max(end, bottom);
  }
  const inkOf = (one) => ink.filter(([home]) => one.contains(home)).map(([, line]) => line);
  const endOf = (one) => Math.max(...inkOf(one).map(({ bottom }) => bottom));
  const besides = (one, other) => other.left >= one.right || other.right <= one.left;
  for (const layout of main.querySelectorAll("*:not(li)")) {
    const { display, overflowX } = getComputedStyle(layout);
    if (!/^(grid|flex)$/.test(display) || /auto|scroll/.test(overflowX)) continue;
    const parts = [...layout.children]
      .map((one) => [one, one.getBoundingClientRect(), endOf(one)])
      .filter(([one, , bottom]) => isFinite(bottom) && !one.matches("li, .story"))
      .filter(([, { width }]) => width > 0.3 * whole.width);
    const last = Math.max(...parts.map(([, , bottom]) => bottom));
    for (const [one, edge, bottom] of parts) {
      if (!parts.some(([, other]) => besides(edge, other))) continue;
      const below = parts
        .filter(([, other]) => other.top >= bottom && !besides(edge, other))
        .map(([under, other]) => other.top - parseFloat(getComputedStyle(under).marginTop));
      const hole = Math.min(last, ...below) - bottom;
      if (hole > most) found.push(`${hole | 0} px in ${layout.className}, under ${words(one)}`);
    }
  }
  return found;
}"""
#: What one operates and is smaller than a thumb; a link in a sentence is as large as its words. One
#: in a dense list, as a stop of a route, may be of second rank, but for whoever needs large type; a
#: mouse, which a wide page of usual type expects, is finer.
SMALL = """() => [...document.querySelectorAll(
  "a, button, select, summary, input:not([tabindex='-1'])"
)]
  .filter((one) => {
    const { right, height } = one.getBoundingClientRect();
    const first = one.closest(".elder, nav:not(.jumps), footer") || !one.matches("a");
    if (height >= (first && innerWidth < 960 ? 43.5 : 24) || right <= 1) return;
    if (!one.checkVisibility({ visibilityProperty: true })) return;
    const alone = one.parentElement.textContent.trim() === one.textContent.trim();
    return alone || getComputedStyle(one).display !== "inline";
  })
  .map((one) => `${one.getBoundingClientRect().height | 0} px: ${one.outerHTML.slice(0, 90)}`)"""
FAULTS = {"sideways": SIDEWAYS, "clipped": CLIPPED, "hole": HOLES, "small": SMALL}
ALL_FAULTS = f"() => ({{ {', '.join(f'{kind}: ({js})()' for kind, js in FAULTS.items())} }})"

#: What the policy would refuse; a block of data is no script.
INLINE = """() => [...document.querySelectorAll(
  "script:not([src], [type='application/ld+json']), style, [style]"
)].map((one) => `inline: ${one.outerHTML.slice(0, 80)}`)"""
#: How far the page jumped while it was drawn: long enough for scripts and a picture to have come.
JUMPS = """() => new Promise((resolve) => {
  let jumped = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) jumped += value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(jumped), 60));
})"""
#: All words that are seen, but those of buttons that need a script.
WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = [];
  while (walker.nextNode()) {
    const { data, parentElement: home } = walker.currentNode;
    if (home.closest(".scripted, time, code") || !home.checkVisibility()) continue;
    if (data.trim()) words.push(data.trim());
  }
  return words;
}"""
#: What has the focus: whether it stands before the page's own part, whether it is drawn, its ring,
#: and whether it stands in the window.
FOCUS = """() => {
  const one = document.activeElement, html = one.outerHTML.slice(0, 90);
  if (one === document.body) return null;
  const before = one.compareDocumentPosition(document.querySelector("main")) === 4
    && !one.matches(".skip, [data-aloud]");
  if (one.type === "date") return { before, ok: true, html };  // rings a part of itself
  const { top, bottom, width } = one.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const ringed = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return { before, ok: ringed && width > 1 && bottom > 0 && top < innerHeight, html };
}"""
#: Stops before the page's own part, but the skip link and what reads the page aloud in elder mode.
MOST_STOPS = 8


def by_keyboard(page):
    """What forty presses of Tab find: a focus unseen, many stops before the page itself."""
    found, first, stops = [], None, 0
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not focus or focus["html"] == first:
            break
        first = first or focus["html"]
        stops += focus["before"]
        if not focus["ok"]:
            found.append(f"unseen focus: {focus['html']}")
    return found if stops <= MOST_STOPS else [*found, f"{stops} stops before the page's own part"]


RULES = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
#: In the dark only colours differ, so only what judges colours looks again.
SCHEMES = {"light": RULES, "dark": ["color-contrast", "link-in-text-block"]}
RUN_AXE = """async (runOnly) => {
  // Letters of an icon that its font has not drawn yet are words to axe.
  await document.fonts.ready;
  const found = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap(
    ({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.flat().join(" ")}`)
  );
}"""
# A colour on its way to that of the other scheme is neither. The policy lets a script's sheet pass.
STILL = """() => {
  const sheet = new CSSStyleSheet();
  const still = "transition: none !important; animation: none !important";
  sheet.replaceSync(`*, ::before, ::after { ${still} }`);
  document.adoptedStyleSheets.push(sheet);
}"""


def by_axe(page):
    """What axe-core finds on the page as it stands, light and dark, with where it was found."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
        page.evaluate(STILL)
    found = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {violation}" for violation in page.evaluate(RUN_AXE, rules)]
    page.emulate_media(color_scheme="light")
    return found
