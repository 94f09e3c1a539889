import { test } from '../e2e/fixtures.ts';
import { states, widths } from '../e2e/states.ts';

/** `npm run screenshots`: the start page and every state at four widths, into test/screenshots/taken. */
const folder = 'test/screenshots/taken';

for (const width of widths) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width < 700 ? 844 : 900 } });

    test('start page', async ({ page, demo }) => {
      await page.goto(demo.site);
      await page.screenshot({ path: `${folder}/start-${width}.png`, fullPage: true });
    });

    for (const { name, arrive } of states) {
      test(name, async ({ trip, page, demo, clock }) => {
        await arrive({ trip, page, demo, clock });
        await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
        await trip.panel.evaluate((panel) => panel.scrollIntoView());
        await page.screenshot({ path: `${folder}/${name}-${width}-screen.png` });
      });
    }
  });
}
