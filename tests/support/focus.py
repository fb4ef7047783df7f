"""Where the focus is while a user goes through a page by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Returns what covers the focused element's upper or lower edge; "" if it is seen (WCAG 2.2, 2.4.12,
# which is more than level AA asks for).
_COVER = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return "";
  const box = focused.getBoundingClientRect();
  const fits = box.height < innerHeight / 2;
  const x = box.left + Math.min(box.width / 2, 40);
  for (const y of fits ? [box.top + 3, box.bottom - 3] : [(box.top + box.bottom) / 2]) {
    const seen = document.elementFromPoint(x, y);
    const label = seen?.closest("label");
    const same = focused.contains(seen) || seen?.contains(focused) || label?.control === focused;
    if (!same) return `${focused.outerHTML.slice(0, 90)} under ${seen?.outerHTML.slice(0, 60)}`;
  }
  return "";
}"""


def find_covered(page: Page, presses: int, key: str = "Tab") -> list[str]:
    """Press a key again and again; return what was covered while it had the focus."""
    covered = []
    for _ in range(presses):
        page.keyboard.press(key)
        page.wait_for_timeout(40)  # what scrolls to it has scrolled
        covered.append(page.evaluate(_COVER))
    return [each for each in covered if each]
