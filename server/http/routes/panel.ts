import { DepartCartError } from '../../domain/error.ts';
import type { Attribution } from '../../domain/ports/crypto.ts';
import { confirmPayment } from '../../services/confirm-payment.ts';
import { hearReturn, leavePurchase, showPurchase } from '../../services/follow-purchase.ts';
import { idempotently } from '../../services/idempotently.ts';
import { keepSelection } from '../../services/keep-selection.ts';
import { SOURCE } from '../../services/make-links.ts';
import { openPanel } from '../../services/open-panel.ts';
import { resumeSession } from '../../services/panel-session.ts';
import type { PartnerServices } from '../../services/partner-services.ts';
import type { PurchaseServices } from '../../services/purchase-services.ts';
import { startPurchase } from '../../services/start-purchase.ts';
import { showSeatMap } from '../../services/show-seat-map.ts';
import {
  CONTRACT,
  type OpenCall,
  leaveCall,
  mapCall,
  openCall,
  payCall,
  returnedCall,
  selectCall,
  startCall,
  statusCall,
} from '../../wire/panel.ts';
import { panelAnswers } from '../../wire/panel-answers.ts';
import { route, type Route } from '../route.ts';

/**
 * The panel's calls. `text/plain`, so that no browser asks first with OPTIONS: the Origin header, the publishable key and the
 * sealed token authorise, and there is no cookie that another site could ride on.
 */
export const panelRoutes = (services: PartnerServices): Route[] => [
  route({
    method: 'POST',
    path: '/api/panel/open',
    who: 'page',
    body: openCall,
    doc: {
      summary: 'Opens a booking: look, travellers, segments, the first map, the kept selection',
      answer: panelAnswers.open,
      codes: [
        'booking_not_found',
        'link_not_valid',
        'origin_not_allowed',
        'key_unknown',
        'token_not_valid',
        'brand_disabled',
        'too_many_requests',
        'gds_unavailable',
      ],
    },
    before: speaksOurContract,
    handler: ({ body, origin, address }) =>
      openPanel(services, {
        key: body.key,
        bearer: body.bearer,
        pageOrigin: body.origin,
        recordLocator: body.record_locator,
        lastName: body.last_name,
        encryptedId: body.encrypted_id,
        attribution: attributionOf(body),
        origin,
        address,
      }),
  }),
  route({
    method: 'POST',
    path: '/api/panel/map',
    who: 'page',
    body: mapCall,
    doc: {
      summary: 'The map of one segment',
      answer: panelAnswers.map,
      codes: ['session_over', 'segment_not_found', 'gds_unavailable'],
    },
    before: speaksOurContract,
    handler: ({ body, origin }) => showSeatMap(services, { ...body, origin }),
  }),
  route({
    method: 'POST',
    path: '/api/panel/select',
    who: 'page',
    body: selectCall,
    doc: {
      summary: 'Keeps the whole selection, in the place of the one before',
      answer: panelAnswers.select,
      codes: ['session_over', 'selection_changed', 'gds_unavailable'],
    },
    before: speaksOurContract,
    handler: ({ body, origin }) => keepSelection(services, { ...body, origin }),
  }),
  route({
    method: 'POST',
    path: '/api/panel/start',
    who: 'page',
    body: startCall,
    doc: {
      summary: 'Begins the purchase of what is kept, or joins it',
      answer: panelAnswers.purchase,
      codes: ['session_over', 'selection_changed', 'selection_empty', 'payment_not_offered', 'gds_unavailable'],
    },
    before: speaksOurContract,
    handler: ({ body, origin }) =>
      once(services, 'start', body, origin, () =>
        startPurchase(services, { token: body.token, origin, selectionVersion: body.selection_version }),
      ),
  }),
  route({
    method: 'POST',
    path: '/api/panel/pay',
    who: 'page',
    body: payCall,
    doc: {
      summary: 'Pays the quote that was shown',
      answer: panelAnswers.purchase,
      codes: ['session_over', 'purchase_not_found', 'gds_unavailable', 'gateway_unavailable'],
    },
    before: speaksOurContract,
    handler: ({ body, origin }) =>
      once(services, 'pay', body, origin, () =>
        confirmPayment(services, { token: body.token, origin, quote: body.quote }),
      ),
  }),
  route({
    method: 'POST',
    path: '/api/panel/returned',
    who: 'page',
    body: returnedCall,
    doc: {
      summary: 'Says what the gateway’s browser SDK answered',
      answer: panelAnswers.purchase,
      codes: ['session_over', 'purchase_not_found'],
    },
    before: speaksOurContract,
    handler: ({ body, origin }) =>
      once(services, 'returned', body, origin, () =>
        hearReturn(services, { token: body.token, origin, payment: body.payment, said: body.said }),
      ),
  }),
  route({
    method: 'POST',
    path: '/api/panel/leave',
    who: 'page',
    body: leaveCall,
    doc: {
      summary: 'Gives the purchase up',
      answer: panelAnswers.purchase,
      codes: ['session_over', 'purchase_not_found'],
    },
    before: speaksOurContract,
    handler: ({ body, origin }) =>
      once(services, 'leave', body, origin, () => leavePurchase(services, { token: body.token, origin })),
  }),
  route({
    method: 'POST',
    path: '/api/panel/status',
    who: 'page',
    body: statusCall,
    doc: {
      summary: 'How the purchase stands now',
      answer: panelAnswers.purchase,
      codes: ['session_over', 'purchase_not_found'],
    },
    before: speaksOurContract,
    handler: ({ body, origin }) => showPurchase(services, { token: body.token, origin }),
  }),
];

/** Where the panel says it stands: a page of the brand's own says so in its tag, a link in its address. */
function attributionOf({ source, reference, variant }: OpenCall): Attribution {
  return {
    ...(source !== undefined && { source: SOURCE.test(source) ? source : 'other' }),
    ...(reference !== undefined && { reference }),
    ...(variant !== undefined && { variant }),
  };
}

/** A write of the panel's, carried out once for its key: another tab of the same booking has keys of its own. */
async function once<T extends object>(
  services: PurchaseServices,
  name: string,
  body: { token: string; idempotency_key: string },
  origin: string | null,
  work: () => Promise<T>,
): Promise<T> {
  const { token, idempotency_key: key, ...rest } = body;
  const { read } = await resumeSession(services, token, origin);
  const scope = { brand: read.brand.code, route: `panel/${name}`, owner: read.key.booking, key, body: rest };
  return idempotently(services, scope, work);
}

/** A panel of another contract hears `client_outdated`, whatever else its body holds, and loads itself anew. */
function speaksOurContract(value: unknown): void {
  const spoken = typeof value === 'object' && value !== null && 'v' in value ? value.v : CONTRACT;
  if (typeof spoken === 'number' && spoken !== CONTRACT) {
    throw new DepartCartError('client_outdated', `This server speaks contract ${CONTRACT}. Load the page again.`);
  }
}
