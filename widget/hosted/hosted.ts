import './hosted.css';
import type { BrandLook } from '../../server/wire/panel.ts';
import { bookingOf, openBooking } from '../api/open.ts';
import type * as panel from '../panel/define.ts';
import { readAddress } from './address.ts';
import { paintBrand, paintReference, say } from './shell.ts';

/*
 * The hosted pages: `/seatmap`, `/cart`, `/checkout`. The opening call and the panel's import go out in one tick, as on a
 * partner's page; the answer tells whose page this is.
 */

/** The panel's hashed file; the build puts it in. */
declare const __PANEL_PATH__: string;

const { view, key = '', brand } = document.body.dataset;
const review = view === 'cart' || view === 'checkout' ? view : undefined;
const { id, source, reference, locale } = readAddress();
const api = location.origin;

/** So that no traveller stands before an empty page. */
const failed = () =>
  say('This page did not load', 'Your booking is safe. Load the page again to choose your seats.', [
    'Load again',
    () => location.reload(),
  ]);

async function start(): Promise<void> {
  if (brand) paintBrand(JSON.parse(brand) as BrandLook);
  if (!id && !key) {
    return say('Choose your seats', 'Open the link in your e-mail: it leads here, to your booking.');
  }
  const opening = id
    ? openBooking(api, { ...(key && { key }), encrypted_id: id, locale, source, reference })
    : undefined;
  if (opening) {
    opening.catch(() => {});
    void bookingOf(opening).then((opened) => {
      if (!opened) return;
      paintBrand(opened.brand);
      paintReference(opened.record_locator);
    });
  }
  const { mount } = (await import(/* @vite-ignore */ `${api}/${__PANEL_PATH__}`).catch(
    // in another folder, as the loader does
    () => import(/* @vite-ignore */ `${api}/again/${__PANEL_PATH__}`),
  )) as typeof panel;
  const place = document.getElementById('panel')!;
  place.addEventListener('departcart:ready', ({ target }) => {
    paintReference((target as HTMLElement & { recordLocator: string }).recordLocator);
  });
  mount(place, { api, key, encryptedId: id, review, source, reference, locale, opening });
}

start().catch(failed);
