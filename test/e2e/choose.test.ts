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
