import { designatorOf, expect, test } from './fixtures.ts';

test.describe('choosing seats', () => {
  test('by mouse: both adults on both flights, kept over a reload and in a second tab', async ({
    trip,
    page,
    context,
    demo,
  }) => {
    await trip.see();
    const chosen: string[] = [];
    for (const flight of ['ZS 482', 'ZS 17']) {
      await trip.flight(flight).click();
      await expect(trip.grid.first()).toHaveAccessibleName(new RegExp(flight));
      for (const name of ['John S.', 'María G.']) {
        await trip.traveller(name).click();
        const seat = trip.freeSeat(chosen.length * 3);
        const designator = await designatorOf(seat);
        await trip.seat(designator).click();
        await expect(trip.seat(designator)).toHaveAttribute('aria-selected', 'true');
        await expect(trip.seat(designator)).toHaveAccessibleName(new RegExp(`chosen for ${name}`));
        chosen.push(designator);
      }
    }
    await expect(trip.flight('ZS 17')).toContainText('2 of 2 seats');
    const total = trip.panel
      .getByText(/^€\d+\.\d\d$/)
      .filter({ visible: true })
      .last();
    await expect(total).toBeVisible();
    await page.waitForLoadState('networkidle');

    await page.reload();
    await expect(trip.grid.first()).toBeVisible();
    for (const designator of chosen.slice(0, 2))
      await expect(trip.seat(designator)).toHaveAttribute('aria-selected', 'true');
    await trip.flight('ZS 17').click();
    for (const designator of chosen.slice(2))
      await expect(trip.seat(designator)).toHaveAttribute('aria-selected', 'true');

    const other = await context.newPage();
    await other.goto(`${demo.site}/confirmation?pnr=ABC123&name=SMITH`);
    await expect(
      other
        .locator('departcart-seat-panel')
        .getByRole('tab', { name: /London/ })
        .first(),
    ).toContainText('2 of 2 seats');
  });

  test('by keyboard alone: both adults on both flights', async ({ trip, page }) => {
    await trip.see();
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return {
          role: element?.getAttribute('role') ?? element?.localName ?? '',
          name: element?.getAttribute('aria-label') ?? element?.textContent ?? '',
        };
      });
    const tabTo = async (role: string, name = /./) => {
      for (let presses = 0; presses < 40; presses++) {
        const at = await focused();
        if (at.role === role && name.test(at.name)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never came to ${role} ${name}`);
    };
    /** Walks down the map from where the focus is until a free seat of no exit row is met, and chooses it. */
    const chooseNext = async () => {
      await tabTo('gridcell');
      await page.keyboard.press('Control+Home');
      for (const step of ['Home', ...Array<string>(60).fill('ArrowRight')]) {
        const { name } = await focused();
        if (/^(?!.*exit row).*, available$/.test(name)) break;
        const before = name;
        await page.keyboard.press(step);
        if ((await focused()).name === before && step === 'ArrowRight') {
          await page.keyboard.press('ArrowDown');
          await page.keyboard.press('Home');
        }
      }
      const { name } = await focused();
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await focused()).name).toMatch(/chosen for/);
      return name;
    };
    const back = async (role: string) => {
      for (let presses = 0; presses < 40; presses++) {
        if ((await focused()).role === role) return;
        await page.keyboard.press('Shift+Tab');
      }
      throw new Error(`Shift+Tab never came to ${role}`);
    };

    await tabTo('radio');
    for (const flight of ['ZS 482', 'ZS 17']) {
      // A first pick hands on to the traveller who has no seat yet; the radios say who that is.
      const first = await chooseNext();
      await back('radio');
      const second = await chooseNext();
      expect(second).not.toBe(first);
      await expect(trip.flight(flight)).toContainText('2 of 2 seats');
      if (flight === 'ZS 17') break;
      // Arrows walk the tabs, Enter shows one: a map is fetched only when asked for.
      await back('tab');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect(trip.grid.first()).toHaveAccessibleName(/ZS 17/);
    }
    await back('radio');
    const before = await focused();
    await page.keyboard.press('ArrowRight');
    expect((await focused()).name).not.toBe(before.name);
  });

  test('the exit row asks first, and only those who may', async ({ trip }) => {
    await trip.see();
    const exit = trip.panel.getByRole('gridcell', { name: /exit row.*, available$/ }).first();
    await trip.traveller('María G.').click();
    const designator = await designatorOf(exit);
    await trip.seat(designator).click();
    await expect(trip.panel.getByText(/aged 16 or over/).first()).toBeVisible();
    await expect(trip.seat(designator)).toHaveAttribute('aria-selected', 'false');
    await trip.panel
      .getByRole('button', { name: new RegExp(`can help: take ${designator}`) })
      .first()
      .click();
    await expect(trip.seat(designator)).toHaveAttribute('aria-selected', 'true');
    await trip.traveller('John S.').click();
    await expect(
      trip.panel.getByRole('gridcell', { name: /^12[A-F].*(infant|not available)/ }).first(),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  test('a seat can be released and all can be cleared', async ({ trip }) => {
    await trip.see();
    const seat = await designatorOf(trip.freeSeat());
    await trip.seat(seat).click();
    await expect(trip.seat(seat)).toHaveAttribute('aria-selected', 'true');
    // The first pick of a traveller goes on to the next one.
    await expect(trip.traveller('María G.')).toBeChecked();
    await trip.traveller('John S.').click();
    await trip.seat(seat).click();
    await expect(trip.seat(seat)).toHaveAttribute('aria-selected', 'false');
    await trip.seat(seat).click();
    await trip.panel.getByRole('button', { name: 'Clear seats' }).first().click();
    await expect(trip.seat(seat)).toHaveAttribute('aria-selected', 'false');
  });
});
