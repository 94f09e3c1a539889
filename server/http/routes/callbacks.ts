import type { PurchaseServices } from '../../services/purchase-services.ts';
import { receiveCallback } from '../../services/receive-callback.ts';
import { route, type Route } from '../route.ts';

/** What a gateway sends us: signed, so the bytes are taken as they come. The path picks one brand's secrets. */
export const callbackRoutes = (services: PurchaseServices): Route[] => [
  route<Uint8Array>({
    method: 'POST',
    path: '/callbacks/:gateway/:brand',
    who: 'anyone',
    body: 'raw',
    handler: ({ body, params, headers }) =>
      receiveCallback(services, { gateway: params['gateway'] ?? '', brand: params['brand'] ?? '', raw: body, headers }),
  }),
];
