import { describe, expect, it } from 'vitest';
import { transactions } from '../../../server/cli/transactions.ts';
import { freeSeats, MovableClock, startTestDemo } from '../../support/demo.ts';

describe('departcart transactions', () => {
  it('says how it is called, and opens nothing for a call it does not understand', async () => {
    for (const args of [
      [],
      ['list'],
      ['show'],
      ['retry', 'txn_1'],
      ['solved', 'txn_1', 'pay_1', '--why', 'x'],
      ['nonsense', '--what'],
    ]) {
      const errors: string[] = [];
      const code = await transactions(
        args,
        { out: () => {}, error: (text) => void errors.push(text) },
        {
          user: 'ada',
          open: () => Promise.reject(new Error('opened')),
        },
      );
      expect(code, args.join(' ')).toBe(2);
      expect(errors.join()).toContain('Usage');
    }
  });

  it('lists and shows purchases beside a running server, without a locator or a name', async () => {
    const demo = await startTestDemo({ clock: new MovableClock() });
    try {
      const { body } = await demo.open('ABC123', 'SMITH');
      const seat = freeSeats(body.map!, 1).find((one) => !one.exit)!;
      await demo.select(body.token!, 0, [
        { traveller: body.travellers[1]!.id, segment: body.map!.segment, designator: seat.designator },
      ]);
      const { body: started } = await demo.purchase('start', body.token!, { selection_version: 1 });
      const said: string[] = [];
      const io = { out: (text: string) => void said.push(text), error: (text: string) => void said.push(text) };
      const deps = { user: 'ada', open: async () => ({ services: demo.demo.services, close: async () => {} }) };
      expect(await transactions(['list', '--brand', 'skyline'], io, deps)).toBe(0);
      expect(said.join('\n')).toContain(started.transaction);
      expect(await transactions(['show', started.transaction], io, deps)).toBe(0);
      expect(said.join('\n')).toContain(seat.designator);
      expect(await transactions(['attention'], io, deps)).toBe(0);
      expect(await transactions(['show', 'txn_none'], io, deps)).toBe(1);
      expect(await transactions(['retry', started.transaction, 'pay_1', '--why', 'because'], io, deps)).toBe(1);
      expect(said.join('\n')).toContain('is not on the attention list');
      expect(said.join('\n')).not.toMatch(/ABC123|SMITH|García/i);
    } finally {
      await demo.close();
    }
  });
});
