/** What WCAG 2.2 AA asks of every page and a program can check: names, headings, ids, contrast, reflow. */
import type { Page } from 'playwright-core';

/** Roles that are useless to a screen reader without a name. */
const nameless =
  /^\s*- (?:button|link|textbox|searchbox|combobox|checkbox|radio|img|progressbar|dialog|navigation)(?: \[[^\]]*\])*:?$/;

/** Everything found wrong, in words; empty when nothing is. */
export async function auditPage(page: Page): Promise<readonly string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  const unnamed = tree.split('\n').filter((line) => nameless.test(line));
  return [
    ...unnamed.map((line) => `has no name: ${line.trim()}`),
    ...(await structureFaults(page)),
    ...(await contrastFaults(page)),
  ];
}

async function structureFaults(page: Page): Promise<readonly string[]> {
  return page.locator('html').evaluate((html) => {
    const faults: string[] = [];
    const ids = [...html.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    if (twice.length > 0) faults.push(`ids used twice: ${twice.join(', ')}`);
    const headings = html.querySelectorAll('h1').length;
    if (headings !== 1) faults.push(`${headings} headings of level 1`);
    if (html.querySelectorAll('main').length !== 1) faults.push('not exactly one main landmark');
    if (!/^(?:en|ja)$/.test(html.lang)) faults.push(`language is "${html.lang}"`);
    const over = html.scrollWidth - html.clientWidth;
    if (over > 0) faults.push(`${over} px wider than the window`);
    return faults;
  });
}

/** Text against the nearest opaque background behind it: 4.5 : 1, or 3 : 1 for large text. */
async function contrastFaults(page: Page): Promise<readonly string[]> {
  return page.locator('body').evaluate((body) => {
    const window = body.ownerDocument.defaultView;
    const canvas = body.ownerDocument.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (window === null || canvas === null) return ['no window to measure in'];

    // A page has few colours, and reading one back from a canvas takes long.
    const known = new Map<string, readonly [number, number, number, number]>();
    function rgba(color: string): readonly [number, number, number, number] {
      const read = known.get(color) ?? readBack(color);
      known.set(color, read);
      return read;
    }
    function readBack(color: string): readonly [number, number, number, number] {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    }
    function luminance(color: readonly number[]): number {
      const [r = 0, g = 0, b = 0] = color.map((value) => {
        const part = value / 255;
        return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }
    function contrast(a: readonly number[], b: readonly number[]): number {
      const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
      return (light + 0.05) / (dark + 0.05);
    }

    const faults = new Set<string>();
    const texts = body.ownerDocument.createTreeWalker(body, 4);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const element = text.parentElement;
      if (element === null || text.textContent.trim() === '' || !element.checkVisibility({ visibilityProperty: true }))
        continue;
      const style = window.getComputedStyle(element);
      if (element.closest(':disabled, [data-disabled], [aria-hidden="true"]') !== null || style.clipPath !== 'none')
        continue;
      let behind = element;
      while (behind !== null && rgba(window.getComputedStyle(behind).backgroundColor)[3] < 1)
        behind = behind.parentElement;
      const ground =
        behind === null ? [255, 255, 255] : rgba(window.getComputedStyle(behind).backgroundColor).slice(0, 3);
      const ink = rgba(style.color);
      const seen = ink.slice(0, 3).map((value, index) => value * ink[3] + (ground[index] ?? 0) * (1 - ink[3]));
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const found = contrast(seen, ground);
      if (found < (large ? 3 : 4.5))
        faults.add(`contrast ${found.toFixed(2)}: "${text.textContent.trim().slice(0, 40)}"`);
    }
    return [...faults];
  });
}
