import { drawings, skin, type Drawings } from './drawings.ts';
import type { FacilityBlock, GridCabin, GridDeck, GridRow, GridSeat, MapGrid, SeatFace } from './grid.ts';
import type { SeatWords } from './words.ts';

/** A seat with its element and the face it shows now. */
export interface DrawnSeat {
  cell: GridSeat;
  element: HTMLElement;
  face: SeatFace;
}

export interface DrawOptions {
  words: SeatWords;
  label: string;
  /** Characters of the longest amount: narrow seats write it smaller. */
  widest: number;
  faceOf: (cell: GridSeat) => SeatFace;
}

/** Rows of a bay. A bay is a layout boundary: a click lays out some thirty boxes, not the whole cabin. */
const BAY_ROWS = 8;
/** Above this the browser may leave far bays undrawn; below it draws them all anyway. */
const LONG_DECK_ROWS = 60;

/** Writes all decks once. What changes later is painted seat by seat with `paintSeat`. */
export function drawDecks(
  grid: MapGrid,
  options: DrawOptions,
): { decks: HTMLElement[]; seats: Map<string, DrawnSeat> } {
  const kit = drawings();
  const seats = new Map<string, DrawnSeat>();
  const models = new Map<string, HTMLElement>();
  const drawSeat = (cell: GridSeat): HTMLElement => {
    const face = options.faceOf(cell);
    const kind = `${face.look} ${face.text}`;
    let model = models.get(kind);
    if (!model) models.set(kind, (model = modelSeat(face)));
    const element = model.cloneNode(true) as HTMLElement;
    element.setAttribute('data-seat', cell.designator);
    element.setAttribute('aria-label', face.name);
    seats.set(cell.designator, { cell, element, face });
    return element;
  };
  const decks: HTMLElement[] = [];
  for (const deck of grid.decks) decks.push(drawDeck(deck, grid, kit, options, drawSeat));
  return { decks, seats };
}

/** What seats of one kind have in common; the others are its copies. */
function modelSeat(face: SeatFace): HTMLElement {
  const model = withRole('gridcell', box('div', `seat ${face.look}`, face.text));
  if (face.text === '') model.append('');
  model.tabIndex = -1;
  model.setAttribute('aria-selected', String(face.selected));
  if (face.disabled) model.setAttribute('aria-disabled', 'true');
  return model;
}

/** Touches only what differs; most calls touch nothing. */
export function paintSeat(seat: DrawnSeat, face: SeatFace): void {
  const { element, face: was } = seat;
  if (face.look !== was.look) element.className = `seat ${face.look}`;
  if (face.text !== was.text) (element.firstChild as Text).data = face.text;
  if (face.name !== was.name) element.setAttribute('aria-label', face.name);
  if (face.selected !== was.selected) element.setAttribute('aria-selected', String(face.selected));
  if (face.disabled !== was.disabled) {
    if (face.disabled) element.setAttribute('aria-disabled', 'true');
    else element.removeAttribute('aria-disabled');
  }
  seat.face = face;
}

type DrawSeat = (cell: GridSeat) => HTMLElement;

function drawDeck(deck: GridDeck, grid: MapGrid, kit: Drawings, options: DrawOptions, drawSeat: DrawSeat): HTMLElement {
  const { words } = options;
  const several = grid.decks.length > 1;
  const element = box('div', deck.walk.length > LONG_DECK_ROWS ? 'deck long' : 'deck');
  element.dataset.deck = deck.level;

  const hull = box('div', hullClass(deck.abreast, options.widest));
  hull.style.setProperty('--n', String(deck.abreast));
  hull.style.setProperty('--a', String(deck.aisles));
  hull.style.setProperty('--m', String(grid.most));

  const fuselage = withRole('grid', box('div', 'fuselage'));
  fuselage.setAttribute('aria-multiselectable', 'true');
  fuselage.setAttribute('aria-label', several ? `${options.label}, ${words.decks[deck.level]}` : options.label);
  for (const cabin of deck.cabins) {
    fuselage.append(
      cabin.folded ? drawFolded(cabin, words) : drawCabin(cabin, deck.cabins.length > 1, kit, words, drawSeat),
    );
  }

  if (several) hull.append(hidden(box('p', 'deck-name', words.decks[deck.level])));
  hull.append(...drawEnds(kit, deck.level, fuselage));
  element.append(hull);
  return element;
}

/** Wide hulls have narrower walls and aisles; long amounts are written smaller in them. */
function hullClass(abreast: number, widest: number): string {
  if (abreast < 7) return 'hull';
  return `hull wide${abreast > 8 ? ' widest' : ''}${widest > 3 ? ' tiny' : widest > 2 ? ' small' : ''}`;
}

/** Nose, fuselage, tail. */
function drawEnds(kit: Drawings, level: string, fuselage: HTMLElement): Element[] {
  const nose = kit.nose.cloneNode(true) as SVGElement;
  const tail = kit.tail.cloneNode(true) as SVGElement;
  const id = `skin-${level}`;
  for (const end of [nose, tail]) end.firstElementChild?.setAttribute('fill', `url(#${id})`);
  nose.prepend(skin(id));
  return [nose, fuselage, tail];
}

/** A row that can be heard, since nothing in it can be chosen. */
function drawFolded(cabin: GridCabin, words: SeatWords): HTMLElement {
  const group = withRole('rowgroup', box('div', 'cabin fold'));
  const row = withRole('row', box('div', ''));
  const cell = withRole('gridcell', box('div', ''));
  const { rows, note } = words.folded(cabin.firstRow, cabin.lastRow);
  cell.append(box('b', '', words.cabins[cabin.cabin]), `, ${rows}`, box('br', ''), note);
  row.append(cell);
  group.append(row);
  return group;
}

function drawCabin(cabin: GridCabin, named: boolean, kit: Drawings, words: SeatWords, drawSeat: DrawSeat): HTMLElement {
  const element = withRole('rowgroup', box('div', `cabin${cabin.roomy ? ' roomy' : cabin.narrower ? ' spread' : ''}`));
  if (cabin.roomy || cabin.narrower) {
    element.style.setProperty('--k', String(cabin.abreast));
    element.style.setProperty('--i', String(cabin.aisles));
  }
  if (named) element.append(hidden(box('div', 'cabin-name', words.cabins[cabin.cabin])));
  const [first] = cabin.rows;
  if (first && first.before.length > 0) element.append(drawFacilities(first.before, kit));
  element.append(drawLetters(cabin, words), ...drawBays(cabin, kit, drawSeat));
  return element;
}

/** Rows in bays of at most eight, wing rows together in a span that carries the wings, facilities between. */
function drawBays(cabin: GridCabin, kit: Drawings, drawSeat: DrawSeat): HTMLElement[] {
  const out: HTMLElement[] = [];
  let span: HTMLElement | null = null;
  let bay: GridRow[] = [];
  const put = (element: HTMLElement): void => void (span ? span.append(element) : out.push(element));
  const flush = (): void => {
    if (bay.length > 0) put(drawBay(bay, cabin, drawSeat));
    bay = [];
  };
  cabin.rows.forEach((row, i) => {
    const between = i > 0 && row.before.length > 0;
    if (between || bay.length >= BAY_ROWS || row.wing !== (span !== null)) flush();
    if (row.wing && !span) out.push((span = drawSpan(kit, cabin.winged)));
    else if (!row.wing) span = null;
    if (between) put(drawFacilities(row.before, kit));
    bay.push(row);
    if (row.after.length > 0) {
      flush();
      put(drawFacilities(row.after, kit));
    }
  });
  flush();
  return out;
}

/** Wing rows: a bar along each wall, and in the deck's main one the wings. */
function drawSpan(kit: Drawings, winged: boolean): HTMLElement {
  const span = box('div', winged ? 'span winged' : 'span');
  if (!winged) return span;
  for (const side of ['left', 'right']) {
    const wing = kit.wing.cloneNode(true) as SVGElement;
    wing.classList.add(side);
    span.append(wing);
  }
  return span;
}

function drawBay(rows: GridRow[], cabin: GridCabin, drawSeat: DrawSeat): HTMLElement {
  const bay = box('div', 'bay');
  let far = 0;
  for (const row of rows) {
    if (row.far) far++;
    bay.append(drawRow(row, cabin, drawSeat));
  }
  // the height itself and no custom property: seats would inherit it, and none could share its style with another bay's
  bay.style.height = `calc(${rows.length} * var(--dc-pitch) + ${far} * var(--dc-legroom))`;
  return bay;
}

/** The row's number is its header in the first aisle, a mark for the eye in the others. */
function drawRow(row: GridRow, cabin: GridCabin, drawSeat: DrawSeat): HTMLElement {
  const element = withRole('row', box('div', `row${row.exit ? ' exit' : ''}${row.far ? ' far' : ''}`));
  let headed = cabin.aisles === 0;
  if (headed) element.append(rowHeader(row.n));
  for (const slot of row.slots) {
    if (slot === 'none') {
      element.append(withRole('gridcell', box('span', 'none')));
    } else if (slot === 'aisle') {
      element.append(headed ? hidden(box('span', '', String(row.n))) : rowHeader(row.n));
      headed = true;
    } else {
      element.append(drawSeat(slot));
    }
  }
  return element;
}

const rowHeader = (n: number): HTMLElement => withRole('rowheader', box('span', '', String(n)));

function drawLetters(cabin: GridCabin, words: SeatWords): HTMLElement {
  const row = withRole('row', box('div', 'letters'));
  const corner = (): HTMLElement => {
    const cell = withRole('columnheader', box('i', ''));
    cell.append(box('u', '', words.row));
    return cell;
  };
  let cornered = cabin.aisles === 0;
  if (cornered) row.append(corner());
  for (const letter of cabin.columns) {
    if (letter === ' ') {
      row.append(cornered ? box('i', '') : corner());
      cornered = true;
    } else {
      row.append(withRole('columnheader', box('span', '', letter)));
    }
  }
  return row;
}

/** Hidden from assistive technology: the seats say "near lavatory". */
function drawFacilities(block: FacilityBlock, kit: Drawings): HTMLElement {
  const element = hidden(box('div', 'facilities'));
  for (const place of block) {
    const span = box('span', place.length > 0 ? 'block' : '');
    for (const code of place) {
      const icon = kit.icons[code];
      if (icon) span.append(icon.cloneNode(true));
    }
    element.append(span);
  }
  return element;
}

function box(tag: string, className: string, text?: string): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function withRole(role: string, element: HTMLElement): HTMLElement {
  element.setAttribute('role', role);
  return element;
}

function hidden<T extends Element>(element: T): T {
  element.setAttribute('aria-hidden', 'true');
  return element;
}
