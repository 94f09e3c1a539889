import type { Opened, Purchase } from '../../../server/wire/panel.ts';
import { purchase, selling } from '../../support/panel-samples.ts';
import type { FakeServer } from '../panel/fake-server.ts';
import {
  all,
  button,
  drawn,
  press,
  screen,
  showPanel,
  showSeats,
  textOf,
  until,
  type Stage,
} from '../panel/fixture.ts';

/** A server that sells, with two seats chosen. */
export function sells(server: FakeServer, changes: Partial<Opened> = {}): void {
  const booking = selling(changes);
  server.selection = booking.selection;
  server.open = () => ({ ...booking, selection: server.selection, purchase: server.purchase ?? booking.purchase });
}

/** From the seats to the pay page, by the button. */
export async function showPay(
  prepare: (server: FakeServer) => void = () => {},
  changes: Partial<Opened> = {},
): Promise<Stage> {
  const shown = await showSeats((server) => {
    sells(server, { segments: selling().segments.slice(0, 1), ...changes });
    prepare(server);
  });
  await goOn(shown);
  return shown;
}

/** Presses on; the last flight's button leads to payment. */
export async function goOn(shown: Stage): Promise<void> {
  const forward = all(shown, 'button').find((one) => /^(Continue to payment|Take these seats)/.test(textOf(one)));
  await press(shown, forward!);
  await until(() => all(shown, '.paying').length, 'the pay step');
  await settled(shown);
}

/** A page that finds this purchase when it opens. */
export async function showPurchase(
  changes: Partial<Purchase>,
  prepare: (server: FakeServer) => void = () => {},
  opened: Partial<Opened> = {},
): Promise<Stage> {
  const shown = await showPanel((server) => {
    sells(server, opened);
    server.purchase = purchase(changes);
    prepare(server);
  });
  await until(() => all(shown, '.paying').length, 'the purchase');
  await settled(shown);
  return shown;
}

/** All answers that were on their way are drawn. */
export async function settled(shown: Stage): Promise<void> {
  for (let turns = 0; turns < 4; turns++) await drawn(shown);
}

export async function says(shown: Stage, text: string): Promise<void> {
  await until(() => screen(shown).includes(text), `"${text}", but "${screen(shown)}"`);
}

export async function pressOn(shown: Stage, text: string): Promise<void> {
  await press(shown, button(shown, text));
  await settled(shown);
}
