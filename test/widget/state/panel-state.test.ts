import { expect } from 'chai';
import type { Opened, Pick, Selection } from '../../../server/wire/panel.ts';
import type { ProblemCode } from '../../../widget/api/post.ts';
import { isAllTaken, seatless, start, type PanelState } from '../../../widget/state/panel-model.ts';
import { reduce, type PanelEvent } from '../../../widget/state/panel-state.ts';
import type { Asked } from '../../../widget/state/requests.ts';
import { isKept, totalOf } from '../../../widget/state/selection.ts';
import { a320, a380, allTaken, opened, seatIn, toLondon, toSingapore } from '../../support/panel-samples.ts';

const after = (...events: PanelEvent[]): PanelState => events.reduce(reduce, start);
const open = (changes?: Partial<Opened>): PanelEvent => ({ type: 'opened', opened: opened(changes) });
const ask = (request: Asked): PanelEvent => ({ type: 'asked', request });
const press = (designator: string, assent?: true): PanelEvent =>
  ask({ name: 'toggle-seat', what: { designator, ...(assent && { assent }) } });
const turnTo = (traveller: string): PanelEvent => ask({ name: 'show-traveller', what: { traveller } });
const picks = (state: PanelState) =>
  state.picks.map(({ traveller, designator }) => `${traveller} ${designator}`).sort();

const keep = (state: PanelState, version: number, list: Pick[], more: Partial<Selection> = {}): PanelEvent => ({
  type: 'kept',
  sent: state.picks,
  selection: {
    version,
    picks: list.map((pick) => ({ ...pick, price: 1800 })),
    total: list.length * 1800,
    ...more,
  },
});

describe('panel state', () => {
  it('starts with the first flight that has a map, for the first traveller without a seat there', () => {
    const held = { 1: { designator: '46D', paid: true, changeable: false } };
    const state = after(
      open({
        segments: [
          { ...toLondon, no_map: 'no_map' },
          { ...toSingapore, held },
        ],
        map: a380(),
      }),
    );
    expect([state.segment, state.traveller]).to.deep.equal(['s2', '2']);
  });

  it('does not change what it was given', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    const events = [
      open(),
      press('4A'),
      press('4A'),
      turnTo('1'),
      press('12B'),
      press('12B', true),
      ask({ name: 'clear-seats', what: null }),
      { type: 'second' } as const,
      { type: 'session-over' } as const,
    ];
    let state = start;
    for (const event of events) {
      freeze(state);
      freeze(event);
      state = reduce(state, event);
    }
    expect(state.trouble?.code).to.equal('session_over');
  });

  it('takes the price that this traveller is asked', () => {
    const map = a320();
    seatIn(map, '4A', { p: [1000, 2500] });
    expect(totalOf(after(open({ map }), press('4A')))).to.equal(1000);
    expect(totalOf(after(open({ map }), turnTo('2'), press('4A')))).to.equal(2500);
  });

  it('takes no seat without a price, for this traveller or for anybody', () => {
    const map = a320();
    seatIn(map, '4A', { p: [null, 1800] });
    seatIn(map, '4B', {});
    const state = after(open({ map }), press('4A'), press('4B'));
    expect(picks(state)).to.deep.equal([]);
    expect(state.saying).to.deep.equal({ kind: 'cannot', designator: '4B', why: 'unpriced' });
    expect(picks(after(open({ map }), turnTo('2'), press('4A')))).to.deep.equal(['2 4A']);
  });

  it('takes a seat that somebody else is looking at: the airline decides', () => {
    const map = a320();
    seatIn(map, '4A', { p: 1800, chosen: true });
    expect(picks(after(open({ map }), press('4A')))).to.deep.equal(['1 4A']);
  });

  it('does nothing for a seat that the map does not have', () => {
    const before = after(open());
    expect(reduce(before, press('99Z'))).to.equal(before);
  });

  it('is in step with the server only when seats, travellers and assents are the same', () => {
    const state = after(open(), press('12B', true));
    const pick = { traveller: '1', segment: 's1', designator: '12B' };
    expect(isKept(state)).to.equal(false);
    expect(isKept({ ...state, kept: { version: 1, picks: [{ ...pick, price: 1 }], total: 1 } })).to.equal(false);
    expect(isKept(reduce(state, keep(state, 1, [{ ...pick, assent: true }])))).to.equal(true);
  });

  it('takes the server’s price and sum over the map’s', () => {
    const state = after(open(), press('4A'));
    const next = reduce(state, keep(state, 1, [{ traveller: '1', segment: 's1', designator: '4A' }], { total: 1999 }));
    expect(totalOf(next)).to.equal(1999);
  });

  it('hears no answer that is older than what it knows', () => {
    const state = after(open({ selection: { version: 5, picks: [], total: 0 } }), press('4A'));
    expect(reduce(state, keep(state, 4, []))).to.equal(state);
  });

  it('never has one seat with two travellers, whatever crosses', () => {
    const sent = after(open(), press('4A'));
    const pressedSince = [turnTo('2'), press('4B')].reduce(reduce, sent);
    const fromElsewhere: Selection = {
      version: 9,
      picks: [{ traveller: '1', segment: 's1', designator: '4B', price: 1800 }],
      total: 1800,
    };
    const state = reduce(pressedSince, {
      type: 'keep-failed',
      sent: sent.picks,
      problem: { code: 'selection_changed', detail: '', selection: fromElsewhere },
    });
    expect(picks(state)).to.deep.equal(['2 4B']);
  });

  it('gives a seat back after a refusal only while it is free', () => {
    const first = { traveller: '1', segment: 's1', designator: '4A' };
    const kept = after(
      open({ selection: { version: 1, picks: [{ ...first, price: 1800 }], total: 1800 } }),
      turnTo('1'),
    );
    const moved = [press('4B'), turnTo('2'), press('4A')].reduce(reduce, kept);
    expect(picks(moved)).to.deep.equal(['1 4B', '2 4A']);
    const state = reduce(
      moved,
      keep(moved, 2, [{ ...first, traveller: '2' }], { refused: [{ ...first, designator: '4B', why: 'gone' }] }),
    );
    expect(picks(state)).to.deep.equal(['2 4A']);
    expect(state.notice).to.deep.equal({ kind: 'gone', designator: '4B' });
    expect(state.stale).to.deep.equal(['s1']);
  });

  it('does not go on to payment after a refusal', () => {
    const state = after(open(), press('4A'), ask({ name: 'continue', what: { to: 'payment' } }));
    const refused = [{ traveller: '1', segment: 's1', designator: '4A', why: 'taken' as const }];
    const next = reduce(state, keep(state, 1, [], { refused }));
    expect([next.leaving, next.end]).to.deep.equal([false, null]);
  });

  it('turns a flight whose map is gone into one without a map', () => {
    const state = after(open(), { type: 'map', map: { ...a320(), decks: [], no_map: 'closed' } });
    expect(state.opened?.segments.map(({ no_map }) => no_map)).to.deep.equal(['closed', undefined]);
  });

  it('forgets names and maps when the session is over, not the picks', () => {
    const state = after(open(), press('4A'), { type: 'session-over' });
    expect([state.opened, state.maps]).to.deep.equal([null, {}]);
    expect(picks(state)).to.deep.equal(['1 4A']);
    const again = reduce(state, open());
    expect(picks(again)).to.deep.equal(['1 4A']);
    expect([again.segment, seatless(again, 's1').map(({ id }) => id)]).to.deep.equal(['s1', ['2']]);
  });

  it('forgets everything for another booking', () => {
    const state = after(
      open(),
      press('4A'),
      ask({ name: 'find-booking', what: { recordLocator: 'SOLO77', lastName: 'OKAFOR' } }),
      open({ segments: [toLondon] }),
    );
    expect(picks(state)).to.deep.equal([]);
  });

  it('tries again after a fault that it does not know, and not after one that lasts', () => {
    const failed = (code: string) =>
      reduce(start, { type: 'open-failed', problem: { code: code as ProblemCode, detail: '' } }).trouble?.left;
    expect(failed('a_code_of_next_year')).to.equal(20);
    expect(failed('key_unknown')).to.equal(null);
  });

  describe('when nothing is free', () => {
    it('is all taken for blocked and foreign cabins, too, and not for what one traveller may not have', () => {
      expect(isAllTaken(after(open({ map: allTaken(a320()) })))).to.equal(true);
      const map = allTaken(a320());
      seatIn(map, '1A', { no: 'blocked' });
      seatIn(map, '1B', { no: 'not_in_fare' });
      expect(isAllTaken(after(open({ map })))).to.equal(true);
      seatIn(map, '1C', { no: ['exit_row_infant', 'taken'] });
      expect(isAllTaken(after(open({ map })))).to.equal(false);
    });

    it('still shows the map to those who have a seat on it', () => {
      const held = { 1: { designator: '4C', paid: false, changeable: false } };
      const state = after(open({ map: allTaken(a320()), segments: [{ ...toLondon, held }] }));
      expect(isAllTaken(state)).to.equal(false);
    });
  });
});
