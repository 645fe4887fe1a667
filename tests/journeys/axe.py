"""What pictures do not show: axe-core, sideways scrolling, small targets, and a ring on every focused element."""

from importlib.resources import files

from playwright.sync_api import Page

SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}))
  .violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160)))"""
WIDE = """() => { const main = document.querySelector('[data-testid=stMain]');
  return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth) }"""
# A radio or checkbox is hit through its label; a link inside a sentence may be as high as its line (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll('#bar :is(a, button), #root :is(a, button, summary, label:has(input))')]
  .filter(e => getComputedStyle(e).display !== 'inline')
  .map(e => [e, e.offsetWidth, e.offsetHeight])
  .filter(([, w, h]) => w && h && Math.min(w, h) < 24)
  .map(([e, w, h]) => `small: ${(e.ariaLabel || e.innerText).slice(0, 30)} ${w}x${h}`)"""
ROUND = "once round"
RING = """() => { const e = document.activeElement;
  if (!e || e === document.body) return 'once round';
  if (e.matches('main, h1, .problem')) return '';
  const near = [e, e.parentElement, e.closest('label'), e.closest('label')?.querySelector(':scope > div'),
    e.closest('[data-testid$=RootElement]'), e.closest('[role=group]'), e.closest('[data-testid=stRadioGroup] > div')];
  const ringed = x => getComputedStyle(x).outlineStyle === 'solid' && parseFloat(getComputedStyle(x).outlineWidth) >= 3;
  return near.filter(Boolean).some(ringed) ? '' : 'no ring: ' + e.outerHTML.slice(0, 160) }"""
MOST = 60  # presses of Tab on one page


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, one line a place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def layout(page: Page) -> list[str]:
    """Return what is cut off or too small to hit."""
    small: list[str] = page.evaluate(SMALL)
    return small + (["scrolls sideways"] if page.evaluate(WIDE) > 0 else [])


def unringed(page: Page) -> list[str]:
    """Press Tab through the page, once round, and return what had the focus without showing it."""
    found = set[str]()
    page.evaluate("document.activeElement?.blur()")
    for count in range(MOST):
        page.keyboard.press("Tab")
        where = page.evaluate(RING)
        if where == ROUND and count:
            break
        found |= {where} - {"", ROUND}
    return sorted(found)
