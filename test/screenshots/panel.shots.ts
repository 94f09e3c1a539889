import { expect, test } from '../e2e/fixtures.ts';
import { hostedStates } from '../e2e/hosted.ts';
import { pay } from '../e2e/paying.ts';
import { expectAccessible, expectNoSidewaysScroll, panelAlone } from '../e2e/sound.ts';
import { states, widths } from '../e2e/states.ts';

/**
 * `npm run screenshots`: the start page and every state at four widths, into test/screenshots/taken. Axe looks at the panel's states, too: a
 * few of them are in no other test on the airline's page.
 */
const folder = 'test/screenshots/taken';

for (const width of widths) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width < 700 ? 844 : 900 } });

    test('start page', async ({ page, demo }) => {
      await page.goto(demo.site);
      await page.screenshot({ path: `${folder}/start-${width}.png`, fullPage: true });
    });

    test('inbox', async ({ trip, page, demo }) => {
      await pay(trip, page);
      await expect(trip.heading('Your seats are booked')).toBeVisible({ timeout: 20_000 });
      await page.goto(`${demo.site}/inbox`);
      await expect(page.getByText('transaction.completed').first()).toBeVisible();
      await page.screenshot({ path: `${folder}/inbox-${width}.png`, fullPage: true });
    });

    for (const { name, arrive } of hostedStates) {
      test(`hosted ${name}`, async ({ trip, page, demo }) => {
        await arrive({ trip, page, demo });
        await page.screenshot({ path: `${folder}/hosted-${name}-${width}.png`, fullPage: true });
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({ path: `${folder}/hosted-${name}-${width}-screen.png` });
      });
    }

    for (const { name, arrive } of states) {
      test(name, async ({ trip, page, demo, clock }) => {
        await arrive({ trip, page, demo, clock });
        await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
        await trip.panel.evaluate((panel) => panel.scrollIntoView());
        await page.screenshot({ path: `${folder}/${name}-${width}-screen.png` });
        await expectAccessible(page, panelAlone);
        await expectNoSidewaysScroll(page);
      });
    }
  });
}
