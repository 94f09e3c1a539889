import type { Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { hostedStates } from './hosted.ts';
import { expectAccessible, expectNoSidewaysScroll, panelAlone, wholePage } from './sound.ts';
import { states, widths } from './states.ts';

/** The page as it stands, at every width; at 768 px stands what stands at 1280, so that axe would find the same. */
async function expectSound(page: Page, where: object): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    if (width !== 768) await expectAccessible(page, where);
    await expectNoSidewaysScroll(page);
  }
}

/**
 * Every state of the panel is looked at in test/widget/, at every width, and on the airline's page by `npm run screenshots`. Here are those of
 * a purchase's way.
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
    await expectSound(page, panelAlone);
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
    await expectSound(page, wholePage);
  });
}
