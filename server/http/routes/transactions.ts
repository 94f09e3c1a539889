import type { PartnerServices } from '../../services/partner-services.ts';
import { listTransactions, searchTransactions, showTransaction } from '../../services/read-transactions.ts';
import * as wire from '../../wire/transactions.ts';
import { partnerRoute, type Route } from '../route.ts';

/** The read side of the partner's API. Another brand's purchases are not there. */
export const transactionRoutes = (services: PartnerServices): Route[] => [
  partnerRoute({
    method: 'GET',
    path: '/api/transactions',
    query: wire.listQuery,
    doc: { summary: 'Transactions, newest first', answer: wire.transactionPage },
    handler: ({ query, brand }) => listTransactions(services, brand, query),
  }),
  partnerRoute({
    method: 'GET',
    path: '/api/transactions/:id',
    doc: { summary: 'One transaction', answer: wire.transactionAnswer },
    handler: ({ params, brand }) => showTransaction(services, brand, params['id'] ?? ''),
  }),
  partnerRoute({
    method: 'POST',
    path: '/api/transactions/search',
    body: wire.searchCall,
    doc: { summary: 'The transactions of one booking, by locator and name', answer: wire.transactionPage },
    handler: ({ body, brand }) => searchTransactions(services, brand, body),
  }),
];
