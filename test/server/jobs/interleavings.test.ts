import { describe, expect, it } from 'vitest';
import { leaseNotChecked, repeatInDoubt } from './broken-stores.ts';
import { interleavings, type Interleaving, type Parts } from './interleavings.ts';

const good: Parts = { store: (store) => store, deaths: ['before', 'after'] };

describe('interleavings over the real runner and store', () => {
  it.each(interleavings)('$n $name', ({ play }) => play(good));
});

describe('mutants: each broken part is caught by the interleavings', () => {
  /** The numbers of those that notice. */
  async function caught(parts: Partial<Parts>): Promise<Interleaving['n'][]> {
    const noticed: Interleaving['n'][] = [];
    for (const { n, play } of interleavings)
      await play({ ...good, ...parts }).catch(() => {
        noticed.push(n);
      });
    return noticed;
  }

  it('lease_not_checked: a completion is accepted without its lease', async () => {
    expect(await caught({ store: leaseNotChecked })).toEqual([17]);
  });

  it('repeat_in_doubt: a resumed worker repeats the write instead of reporting "unknown"', async () => {
    expect(await caught({ store: repeatInDoubt })).toEqual([15, 16, 17]);
  });

  it('split_commit: state and effects are written in two commits', async () => {
    expect(await caught({ deaths: ['between state and effects of'] })).toEqual(['–']);
  });
});
