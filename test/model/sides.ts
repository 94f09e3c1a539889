import type { GdsPort } from '../../server/domain/ports/gds.ts';
import type { PaymentPort } from '../../server/domain/ports/payments.ts';
import type { Item } from '../../server/domain/transaction/transaction.ts';
import type * as wire from '../../server/wire/panel.ts';
import type { RealMoney } from '../support/world-gateway.ts';
import type { RealSeats } from '../support/world-gds.ts';
import type { WorldTraveller } from '../support/world-server.ts';
import type { Passage } from './wire.ts';

export type Act = 'ok' | 'slow' | 'decline' | 'pending';

/** What reaches us by itself: somebody tells the server something. */
export interface Mail {
  from: 'gateway' | 'browser';
  about: string;
  arrive(traveller: WorldTraveller): Promise<void>;
}

/** What a walk needs of a gateway, be it a test port or the adapter before the vendor's sandbox. */
export interface GatewaySide extends RealMoney {
  /** Without a passage nothing is lost on the way. */
  port(passage?: Passage): PaymentPort;
  /** Reads anew how things really are. */
  look(): Promise<void>;
  /**
   * What the traveller does in the gateway's own field. False: it lets them do nothing any more.
   * @param field what the panel was given for it
   */
  act(payment: string, what: Act, field: Record<string, unknown> | undefined): Promise<boolean>;
  /** By hand, at the gateway's own desk. */
  byHand(payment: string, what: 'refund' | 'void'): Promise<void>;
  /** The cardholder disputes the payment. False: this gateway is told of it by a test only. */
  dispute(payment: string): Promise<boolean>;
}

/** What a walk needs of a reservation system. */
export interface GdsSide extends RealSeats {
  readonly locator: string;
  readonly lastName: string;
  port(passage?: Passage): GdsPort;
  look(): Promise<void>;
  /** Some seats for some travellers, all of which could be had when the walk began. */
  wish(): Promise<wire.Pick[]>;
  /** Somebody else takes the item's seat; its price goes up; its document is refused. */
  take(item: Item): Promise<void>;
  raise(item: Item): Promise<void>;
  refuseDocument(item: Item): Promise<void>;
  /** The airline's desk puts the item's traveller elsewhere. */
  move(item: Item): Promise<void>;
  cancel(): Promise<void>;
  /** An operator brings in order by hand what is really there for an item, and says whether it is held. */
  solve(item: Item): Promise<boolean>;
}
