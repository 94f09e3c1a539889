import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect } from './fixtures.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe is to look at, in its own words. */
export const panelAlone = { include: ['departcart-seat-panel'] };
export const wholePage = { exclude: [] };

/** Axe finds nothing in the panel or the whole page as it stands. WCAG 2.0 to 2.2, A and AA, and best practices. */
export async function expectAccessible(page: Page, where: object): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(async (context) => {
    const runner = (window as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } }).axe;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations: list } = await runner.run(context, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
      // The gateway's field is another's document, and has a test of its own.
      iframes: false,
    });
    return list.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, failureSummary }) => `${target.flat().join(' ')}: ${failureSummary}`),
    }));
  }, where);
  const faults = found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node}`));
  expect(faults, `at ${page.viewportSize()?.width} px`).toEqual([]);
}

/** Nothing on the page is wider than the page. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `sideways scroll at ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(0);
}
