import { DepartCartError } from '../../domain/error.ts';
import { keepSelection } from '../../services/keep-selection.ts';
import { openPanel } from '../../services/open-panel.ts';
import type { PanelServices } from '../../services/panel-services.ts';
import { showSeatMap } from '../../services/show-seat-map.ts';
import { CONTRACT, mapCall, openCall, selectCall } from '../../wire/panel.ts';
import { route, type Route } from '../route.ts';

/**
 * The panel's calls. `text/plain`, so that no browser asks first with OPTIONS: the Origin header, the publishable key and the
 * sealed token authorise, and there is no cookie that another site could ride on.
 */
export const panelRoutes = (services: PanelServices): Route[] => [
  route({
    method: 'POST',
    path: '/api/panel/open',
    who: 'page',
    body: openCall,
    before: speaksOurContract,
    handler: ({ body, origin, address }) =>
      openPanel(services, {
        key: body.key,
        recordLocator: body.record_locator,
        lastName: body.last_name,
        origin,
        address,
      }),
  }),
  route({
    method: 'POST',
    path: '/api/panel/map',
    who: 'page',
    body: mapCall,
    before: speaksOurContract,
    handler: ({ body, origin }) => showSeatMap(services, { ...body, origin }),
  }),
  route({
    method: 'POST',
    path: '/api/panel/select',
    who: 'page',
    body: selectCall,
    before: speaksOurContract,
    handler: ({ body, origin }) => keepSelection(services, { ...body, origin }),
  }),
];

/** A panel of another contract hears `client_outdated`, whatever else its body holds, and loads itself anew. */
function speaksOurContract(value: unknown): void {
  const spoken = typeof value === 'object' && value !== null && 'v' in value ? value.v : CONTRACT;
  if (typeof spoken === 'number' && spoken !== CONTRACT) {
    throw new DepartCartError('client_outdated', `This server speaks contract ${CONTRACT}. Load the page again.`);
  }
}
