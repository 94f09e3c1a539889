import { z } from 'zod';

/** What can go wrong with a call, and what the caller then meets. */
export const faultWords = {
  slow: 'answers after 5 seconds',
  down: 'a 503 page in HTML, every second time a connection that is cut instead',
  html: 'answers 200 with a page in HTML',
  half: 'cuts the connection in the middle of the answer; the work was done',
  refuse: 'the vendor says no, in its own words for that call',
  throttle: 'too many requests',
  lost_before: 'cuts the connection; nothing was done',
  lost_after: 'does the work, then cuts the connection',
  late: 'cuts the connection; the work is done 90 seconds later',
} as const;

export type FaultWord = keyof typeof faultWords;

/** The vendors that are stood in for, and the calls of each that a fault can be set on. `*` is all of them. */
export const vendorCalls = {
  amadeus: ['token', 'order', 'seatmaps', 'assign'],
  stripe: ['create', 'update', 'retrieve', 'list', 'confirm', 'capture', 'cancel', 'refund', 'callbacks'],
} as const;

export type Vendor = keyof typeof vendorCalls;
export type VendorCall<V extends Vendor> = (typeof vendorCalls)[V][number];

/** What can go wrong with one call only. Set on `*`, it waits for that call and lets the others pass. */
export const ownFaultWords = {
  taken: {
    vendor: 'amadeus',
    call: 'assign',
    says: 'somebody else takes the first seat that is asked for, just before',
  },
  dearer: { vendor: 'amadeus', call: 'seatmaps', says: 'every seat costs 5.00 more' },
} as const satisfies Record<string, { vendor: Vendor; call: string; says: string }>;

export type OwnFaultWord = keyof typeof ownFaultWords;

/** The words that a call of this vendor's can meet. */
export type WordOf<V extends Vendor> =
  | FaultWord
  | { [W in OwnFaultWord]: V extends (typeof ownFaultWords)[W]['vendor'] ? W : never }[OwnFaultWord];

/** A fault meets the next `times` calls that fit, then it is over. The first that fits in the list comes first. */
export interface Fault {
  vendor: Vendor;
  call: string;
  fault: FaultWord | OwnFaultWord;
  times: number;
}

/** One wrong thing in what was sent; `pointer` is a JSON pointer (RFC 6901). */
export interface FaultProblem {
  pointer: string;
  detail: string;
}

const words = Object.keys({ ...faultWords, ...ownFaultWords }) as [Fault['fault'], ...Fault['fault'][]];
const vendors = Object.keys(vendorCalls) as [Vendor, ...Vendor[]];

const faultList = z
  .array(
    z
      .strictObject({
        vendor: z.enum(vendors, { error: `one of ${vendors.join(', ')}` }),
        call: z.string({ error: 'the name of a call, or * for all' }),
        fault: z.enum(words, { error: `one of ${words.join(', ')}` }),
        times: z
          .int({ error: 'how many calls: a whole number from 1 to 1000' })
          .min(1, { error: 'at least 1' })
          .max(1000, { error: 'at most 1000' })
          .default(1),
      })
      .check((context) => {
        const { vendor, call, fault } = context.value;
        const own = ownCallOf(fault);
        const known: readonly string[] = vendorCalls[vendor];
        const fits = known.filter((one) => !own || (own.vendor === vendor && own.call === one));
        const calls = fits.length > 0 ? ['*', ...fits] : [];
        if (calls.includes(call)) return;
        const message = own
          ? `${fault} is a fault of ${own.vendor}’s ${own.call}`
          : `${vendor} has the calls ${calls.join(', ')}`;
        context.issues.push({ code: 'custom', path: ['call'], message, input: call });
      }),
    { error: 'a list of faults: [{ "vendor", "call", "fault", "times" }]' },
  )
  .max(50, { error: 'at most 50 faults' });

/** The switches for faults. Not part of any vendor's contract. */
export class Faults {
  private standing: (Fault & { met: number })[] = [];
  private landings: { at: number; run: () => void }[] = [];

  /** The faults that are still to be met, with the times that are left. */
  list(): Fault[] {
    return this.standing.map(({ vendor, call, fault, times }) => ({ vendor, call, fault, times }));
  }

  /** Puts a whole new list in place; answers what is wrong with it, in which case the old one stays. */
  replace(text: string): FaultProblem[] {
    let sent: unknown;
    try {
      sent = JSON.parse(text);
    } catch {
      return [{ pointer: '', detail: 'not JSON' }];
    }
    const read = faultList.safeParse(sent);
    if (!read.success)
      return read.error.issues.map(({ path, message }) => ({ pointer: pointer(path), detail: message }));
    this.standing = read.data.map((fault) => ({ ...fault, met: 0 }));
    return [];
  }

  /** Uses up one time of the first fault that fits. `turn` counts from 1 how often that fault was met. */
  take<V extends Vendor>(vendor: V, call: string): { word: WordOf<V>; turn: number } | undefined {
    const fault = this.standing.find((one) => {
      const own = ownCallOf(one.fault);
      return one.vendor === vendor && (one.call === '*' || one.call === call) && (!own || own.call === call);
    });
    if (!fault) return undefined;
    fault.met += 1;
    fault.times -= 1;
    if (fault.times === 0) this.standing = this.standing.filter((one) => one !== fault);
    // Another vendor's own words fit none of its calls.
    return { word: fault.fault as WordOf<V>, turn: fault.met };
  }

  /** Work that is done when the clock has come to `at`; milliseconds since the epoch. */
  later(at: number, run: () => void): void {
    this.landings.push({ at, run });
  }

  /** Does the late work that is due. Asked before each request, so a clock that a test moves is enough. */
  land(now: number): void {
    const due = this.landings.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    this.landings = this.landings.filter((landing) => !due.includes(landing));
    for (const { run } of due) run();
  }

  clear(): void {
    this.standing = [];
    this.landings = [];
  }
}

function ownCallOf(word: Fault['fault']): { vendor: Vendor; call: string } | undefined {
  return Object.hasOwn(ownFaultWords, word) ? ownFaultWords[word as OwnFaultWord] : undefined;
}

function pointer(path: PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
