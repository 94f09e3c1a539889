import 'axe-core/axe.min.js';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import type axe from 'axe-core';
import { expect } from 'chai';
import type { MapAnswer, Seat } from '../../../server/wire/panel.ts';
import { clearPage, focused, listen, nameOf, seat, showMap } from './fixture.ts';
import { a320, a380, b777, travellers } from './sample-maps.ts';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const PAGE_RULES = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } };

/** Presses a seat as a person does: the mouse moves there, goes down and up. */
async function click(element: HTMLElement): Promise<void> {
  element.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}

/** The map with one seat as the test wants it. */
function withSeat(designator: string, change: Seat): MapAnswer {
  const map = a320();
  const row = map.decks[0]!.cabins[0]!.rows.find(({ n }) => n === Number.parseInt(designator, 10))!;
  row.seats['ABCDEF'.indexOf(designator.at(-1)!)] = change;
  return map;
}

describe('dc-seat-map', () => {
  afterEach(async () => {
    clearPage();
    await setViewport({ width: 1280, height: 900 });
  });

  for (const [name, map, width] of [
    ['one deck', a320(), 390],
    ['two decks, one at a time', a380(), 390],
    ['two decks side by side', a380(), 1280],
    ['a folded cabin', b777(), 1280],
  ] as const) {
    it(`has no accessibility fault: ${name}`, async () => {
      await setViewport({ width, height: 900 });
      const element = await showMap({ map, picks: { t1: '4C', t2: '4B' } });
      const { violations, passes } = await window.axe.run(element, { ...RULES, rules: PAGE_RULES });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([]);
      expect(passes.map(({ id }) => id)).to.include.members([
        'aria-required-children',
        'color-contrast',
        'target-size',
      ]);
    });
  }

  describe('names', () => {
    it('says where the seat is, what it has, what it costs and that it can be had', async () => {
      const map = await showMap();
      expect(nameOf(map, '12A')).to.equal('12A, window, extra legroom, exit row, over the wing, €32, available');
      expect(nameOf(map, '4E')).to.equal('4E, middle, €18, available');
      expect(nameOf(map, '27B')).to.equal('27B, middle, free, available');
    });

    it('says taken, not available, and why this traveller cannot have it', async () => {
      const child = { ...travellers[1]!, id: 't2', kind: 'child' as const };
      const map = await showMap({
        map: withSeat('12A', { c: ['W', 'E', 'L'], p: 3200, no: [0, 'exit_row_child'] }),
        travellers: [travellers[0]!, child],
      });
      expect(nameOf(map, '2A')).to.equal('2A, window, taken');
      expect(nameOf(map, '5D')).to.equal('5D, aisle, not available');
      expect(nameOf(map, '12A')).to.equal('12A, window, extra legroom, exit row, not for children');
      map.current = 't1';
      await map.updateComplete;
      expect(nameOf(map, '12A')).to.equal('12A, window, extra legroom, exit row, €32, available');
    });

    it('says whose a seat is, with the initials that are drawn', async () => {
      const map = await showMap({
        picks: { t2: '4B' },
        held: { t1: { designator: '4C', paid: true, changeable: false } },
      });
      expect(nameOf(map, '4B')).to.equal('4B, middle, chosen for María G., MG');
      expect(nameOf(map, '4C')).to.equal('4C, aisle, John S.’s seat already, JS');
      map.current = 't1';
      await map.updateComplete;
      expect(nameOf(map, '4C')).to.equal('4C, aisle, your seat already, JS');
    });

    it('holds what is drawn, on every seat of every map', async () => {
      for (const map of [a320(), a380(), b777()]) {
        const element = await showMap({ map, picks: { t1: '4C', t2: '46E' } });
        for (const each of element.renderRoot.querySelectorAll<HTMLElement>('[data-seat]')) {
          const drawn = each.textContent === '×' ? '' : each.textContent;
          expect(each.getAttribute('aria-label')!.toLowerCase()).to.contain(drawn.toLowerCase());
        }
      }
    });

    it('gives each deck its grid, each row its header and each column its letter', async () => {
      const map = await showMap({ map: a380() });
      const grids = [...map.renderRoot.querySelectorAll('[role=grid]')];
      expect(grids.map((grid) => grid.getAttribute('aria-label'))).to.deep.equal([
        'Seats on ZS 482, Dublin to London, Main deck',
        'Seats on ZS 482, Dublin to London, Upper deck',
      ]);
      const cells = (row: Element) => [...row.querySelectorAll('[role]')].map((cell) => cell.getAttribute('role'));
      const [head, ...rows] = [...grids[0]!.querySelectorAll('[role=row]')];
      const headers = cells(head!);
      expect(headers).to.have.length(11).and.to.include('columnheader');
      // a row whose outer seats are missing still has eleven cells, so that a screen reader counts columns right
      for (const row of rows) expect(cells(row)).to.have.length(11).and.to.include('rowheader');
      expect(rows[0]!.querySelector('[role=rowheader]')!.textContent).to.equal('41');
    });

    it('can be heard where a cabin is folded', async () => {
      const map = await showMap({ map: b777() });
      const folded = map.renderRoot.querySelector('.fold [role=gridcell]');
      expect(folded?.textContent).to.equal('Economy, rows 20–44Not part of your fare');
      expect(map.seatElement('20A')).to.equal(null);
    });
  });

  describe('states', () => {
    const look = (map: Element, designator: string) => map.shadowRoot!.querySelector(`[data-seat="${designator}"]`)!;

    it('shows the current traveller solid, the other outlined, and swaps them with the traveller', async () => {
      const map = await showMap({ picks: { t1: '4C', t2: '4B' } });
      expect(look(map, '4B').className).to.equal('seat you');
      expect(look(map, '4C').className).to.equal('seat other');
      expect(look(map, '4B').textContent).to.equal('MG');
      expect(look(map, '4B').getAttribute('aria-selected')).to.equal('true');
      map.current = 't1';
      await map.updateComplete;
      expect(look(map, '4B').className).to.equal('seat other');
      expect(look(map, '4C').className).to.equal('seat you');
    });

    it('shows taken, not for this traveller, and being chosen by somebody else', async () => {
      const map = await showMap({ map: withSeat('6B', { c: ['9'], p: 1200, chosen: true }) });
      expect([look(map, '2A').className, look(map, '2A').textContent]).to.deep.equal(['seat taken', '×']);
      expect([look(map, '5D').className, look(map, '5D').textContent]).to.deep.equal(['seat shut', '']);
      expect([look(map, '6B').className, look(map, '6B').textContent]).to.deep.equal(['seat taken', '×']);
      expect(nameOf(map, '6B')).to.equal('6B, middle, being chosen by somebody else');
      for (const designator of ['2A', '5D', '6B']) {
        expect(look(map, designator).getAttribute('aria-disabled')).to.equal('true');
      }
    });

    it('shows a pick instead of the seat its traveller holds', async () => {
      const map = await showMap({
        held: { t2: { designator: '4B', paid: false, changeable: true } },
        picks: { t2: '6B' },
      });
      expect(look(map, '6B').className).to.equal('seat you');
      expect(look(map, '4B').className).to.equal('seat b2');
    });

    it('gives no seat without a price away', async () => {
      const map = await showMap({ map: withSeat('6B', { c: ['9'] }) });
      expect(look(map, '6B').className).to.equal('seat shut');
      expect(nameOf(map, '6B')).to.contain('no price from the airline');
    });

    it('takes hostile text as text', async () => {
      const name = '<img src=x onerror=alert(1)>';
      const map = await showMap({ travellers: [{ ...travellers[1]!, name, initials: '<b>' }], picks: { t2: '4B' } });
      expect(look(map, '4B').textContent).to.equal('<b>');
      expect(nameOf(map, '4B')).to.contain(name);
      expect(map.renderRoot.querySelector('img')).to.equal(null);
    });

    it('draws nothing without a map, and takes the drawing away with it', async () => {
      const map = await showMap({ map: null });
      expect(map.renderRoot.querySelector('[role=grid]')).to.equal(null);
      map.map = a320();
      await map.updateComplete;
      expect(map.renderRoot.querySelectorAll('[data-seat]')).to.have.length(174);
      map.map = null;
      await map.updateComplete;
      expect(map.renderRoot.querySelector('[role=grid]')).to.equal(null);
      expect(map.focusSeat()).to.equal(false);
    });
  });

  describe('requests', () => {
    it('asks for a seat that is pressed, and says before that it is looked at', async () => {
      const map = await showMap();
      const asked = listen(map);
      await click(seat(map, '4B'));
      expect(asked).to.deep.equal([
        { name: 'look-at-seat', what: { designator: '4B' } },
        { name: 'toggle-seat', what: { designator: '4B' } },
      ]);
      expect(focused(map)).to.equal('4B');
    });

    it('asks for seats that cannot be had, too: the panel says why', async () => {
      const map = await showMap();
      const asked = listen(map);
      await click(seat(map, '2A'));
      expect(asked.at(-1)).to.deep.equal({ name: 'toggle-seat', what: { designator: '2A' } });
      expect(seat(map, '2A').getAttribute('aria-selected')).to.equal('false');
    });

    it('asks with Enter and Space, once for a key that is held down', async () => {
      const map = await showMap();
      map.focusSeat('4B');
      const asked = listen(map);
      const space = { key: ' ', bubbles: true, composed: true, cancelable: true };
      await sendKeys({ press: 'Enter' });
      const first = new KeyboardEvent('keydown', space);
      seat(map, '4B').dispatchEvent(first);
      seat(map, '4B').dispatchEvent(new KeyboardEvent('keydown', { ...space, repeat: true }));
      expect(first.defaultPrevented).to.equal(true);
      expect(asked.filter(({ name }) => name === 'toggle-seat')).to.have.length(2);
    });

    it('looks at what the mouse is over, then again at what has the focus', async () => {
      await sendMouse({ type: 'move', position: [2, 2] });
      const map = await showMap();
      map.focusSeat('4B');
      const asked = listen(map);
      const { x, y } = seat(map, '6B').getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(x) + 9, Math.round(y) + 9] });
      await sendMouse({ type: 'move', position: [2, 2] });
      expect(asked).to.deep.equal([
        { name: 'look-at-seat', what: { designator: '6B' } },
        { name: 'look-at-seat', what: { designator: '4B' } },
      ]);
    });

    it('looks at the same designator again on another flight', async () => {
      await sendMouse({ type: 'move', position: [2, 2] });
      const map = await showMap();
      const over = async () => {
        const { x, y } = seat(map, '6B').getBoundingClientRect();
        await sendMouse({ type: 'move', position: [Math.round(x) + 9, Math.round(y) + 9] });
      };
      await over();
      const asked = listen(map);
      map.map = { ...a320(), segment: 's2' };
      await map.updateComplete;
      await sendMouse({ type: 'move', position: [2, 2] });
      await over();
      expect(asked.at(-1)).to.deep.equal({ name: 'look-at-seat', what: { designator: '6B' } });
    });

    it('looks at nothing when the focus leaves', async () => {
      const map = await showMap();
      map.focusSeat('4B');
      const asked = listen(map);
      (document.activeElement as HTMLElement).blur();
      seat(map, '4B').blur();
      expect(asked).to.deep.equal([{ name: 'look-at-seat', what: { designator: null } }]);
    });
  });

  describe('focus', () => {
    const stops = (map: Element) =>
      [...map.shadowRoot!.querySelectorAll('[tabindex="0"]')].map((each) => each.getAttribute('data-seat'));

    it('has one tab stop a deck: the traveller’s seat, else the first to be had', async () => {
      expect(stops(await showMap({ picks: { t2: '4B' } }))).to.deep.equal(['4B']);
      expect(stops(await showMap())).to.deep.equal(['1A']);
      expect(stops(await showMap({ map: a380(), picks: { t2: '46F' } }))).to.deep.equal(['46F', '80F']);
    });

    it('moves the tab stop with the focus', async () => {
      const map = await showMap();
      map.focusSeat('6B');
      expect(stops(map)).to.deep.equal(['6B']);
    });

    it('shows the deck of the seat that is to have the focus', async () => {
      await setViewport({ width: 390, height: 844 });
      const map = await showMap({ map: a380() });
      expect(seat(map, '82A').checkVisibility()).to.equal(false);
      expect(map.focusSeat('82A')).to.equal(true);
      expect(seat(map, '82A').checkVisibility()).to.equal(true);
      expect(focused(map)).to.equal('82A');
      expect(map.focusSeat('99Z')).to.equal(false);
    });

    it('stays on the seat when the map is drawn again, and on the map when the seat is gone', async () => {
      const map = await showMap();
      map.focusSeat('6B');
      map.map = { ...a320(), segment: 's2' };
      await map.updateComplete;
      expect(focused(map)).to.equal('6B');
      map.map = { ...a380(), segment: 's3' };
      await map.updateComplete;
      expect(focused(map)).to.equal('41C');
    });

    it('does not take the focus from elsewhere', async () => {
      const map = await showMap();
      map.map = { ...a380(), segment: 's3' };
      await map.updateComplete;
      expect(focused(map)).to.equal(undefined);
    });
  });
});
