import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { hostedStates } from './hosted.ts';
import { states, widths } from './states.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in the panel or the whole page, as "rule: element". WCAG 2.0 to 2.2, A and AA, and best practices. */
async function violations(page: Page, where: object): Promise<string[]> {
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
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node}`));
}

/** The page as it stands, at every width; at 768 px stands what stands at 1280, so that axe would find the same. */
async function expectSound(page: Page, where: object): Promise<void> {
  await page.evaluate(axe);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    if (width !== 768) expect(await violations(page, where), `at ${width} px`).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `sideways scroll at ${width} px`).toBeLessThanOrEqual(0);
  }
}

/**
 * Every state of the panel is looked at in test/widget/, at every width. Here are those of a purchase's way through the airline's page, with
 * what a real server says.
 */
const onTheWay = ['not-found', 'map-a320-chosen', 'map-a380', 'exit-row', 'pay', 'declined', 'done', 'partly'];

for (const name of onTheWay) {
  const { arrive } = states.find((state) => state.name === name)!;
  test(`axe finds nothing in "${name}", at phone and desk widths; nothing scrolls sideways`, async ({
    trip,
    page,
    demo,
    clock,
  }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await arrive({ trip, page, demo, clock });
    await expectSound(page, { include: ['departcart-seat-panel'] });
  });
}

for (const { name, arrive } of hostedStates) {
  test(`axe finds nothing on the whole hosted page "${name}", at phone and desk widths; nothing scrolls sideways`, async ({
    trip,
    page,
    demo,
  }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await arrive({ trip, page, demo });
    await expectSound(page, { exclude: [] });
  });
}
