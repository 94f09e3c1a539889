// The inbox page: asks once a second what came, and shows one of them.
const { url, fault } = JSON.parse(document.getElementById('settings').textContent);
const part = (id) => document.getElementById(id);
const POLL_MS = 1000;

/** By number, newest first. */
let received = [];
/** The number shown; null: whatever came last. */
let chosen = numberIn(location.hash);
let shown = null;
/** When the demo was started that `received` came to. */
let started = null;
const rows = new Map();

function numberIn(hash) {
  const [, no] = /^#request-(\d+)$/.exec(hash) ?? [];
  return no === undefined ? null : Number(no);
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const timeOf = ({ received_at }) => `${timeFormat.format(new Date(received_at))}.${received_at.slice(20, 23)}`;
const VERDICTS = { valid: 'Signature valid', wrong: 'Signature wrong', missing: 'Not signed' };
const nameOf = ({ type }) => type ?? 'unreadable';
const isGood = ({ answer }) => answer.status < 300;

function underline({ signature, answer, attempt, repeat }) {
  if (answer.on_purpose) return `Answered ${answer.status} on purpose, will come again`;
  return [
    VERDICTS[signature],
    `answered ${answer.status} in ${answer.ms} ms`,
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(repeat ? ['came before'] : []),
  ].join(' · ');
}

function rowOf(request) {
  const row = element('li');
  const link = element('a');
  link.href = `#request-${request.no}`;
  const dot = element('span', isGood(request) ? 'dot' : 'dot no');
  dot.setAttribute('aria-hidden', 'true');
  const time = element('time', '', timeOf(request));
  time.dateTime = request.received_at;
  link.append(dot, element('b', '', nameOf(request)), time, element('span', 'sub', underline(request)));
  row.append(link);
  return row;
}

/** Puts the list right with the fewest changes: a link that has the focus keeps it. */
function showList() {
  const kept = new Set(received.map(({ no }) => no));
  for (const [no, row] of rows) {
    if (kept.has(no)) continue;
    row.remove();
    rows.delete(no);
  }
  for (const request of received.toReversed()) {
    if (rows.has(request.no)) continue;
    const row = rowOf(request);
    rows.set(request.no, row);
    part('list').prepend(row);
  }
  part('both').hidden = received.length === 0;
  part('empty').hidden = received.length > 0;
}

function showChosen() {
  const request = received.find(({ no }) => no === chosen) ?? received[0];
  for (const [no, row] of rows) {
    if (no === request?.no) row.firstChild.setAttribute('aria-current', 'true');
    else row.firstChild.removeAttribute('aria-current');
  }
  if (!request || request.no === shown) return;
  shown = request.no;
  part('type').textContent = nameOf(request);
  part('verdict').textContent = VERDICTS[request.signature];
  part('verdict').classList.toggle('no', request.signature !== 'valid');
  part('says').textContent = request.says;
  part('facts').replaceChildren(...factsOf(request).map(factOf));
  part('headers').textContent = headersOf(request)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  part('body').replaceChildren(...bodyOf(request));
}

/** Those of the delivery before those that any request has. */
function headersOf({ headers }) {
  const rank = ([name]) => ['content-type', 'x-departcart-', 'webhook-'].findIndex((start) => name.startsWith(start));
  const own = Object.entries(headers).filter((header) => rank(header) >= 0);
  const others = Object.entries(headers).filter((header) => rank(header) < 0);
  return [...own.toSorted((one, other) => rank(one) - rank(other)), ...others];
}

function factsOf({ event, transaction, sequence, attempt, answer, ...request }) {
  return [
    ['Event', event ?? 'none', true],
    ['Received', [timeOf(request), ...(attempt ? [`attempt ${attempt}`] : [])].join(' · ')],
    ['Order', sequence === null ? 'not told' : `sequence ${sequence} of this purchase`],
    ['Answer', `${answer.status} in ${answer.ms} ms${answer.on_purpose ? ', on purpose' : ''}`],
    ...(transaction ? [['Purchase', transaction, true]] : []),
  ];
}

function factOf([name, text, isCode]) {
  const fact = element('div');
  const value = element('dd', '', isCode ? undefined : text);
  if (isCode) value.append(element('code', '', text));
  fact.append(element('dt', '', name), value);
  return fact;
}

/** The body laid out for reading, its names set apart; the very bytes where it is no JSON. */
function bodyOf({ body }) {
  let text;
  try {
    text = JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return [body];
  }
  return text.split('\n').flatMap((line) => {
    const [, indent, name, rest] = /^( *)("(?:[^"\\]|\\.)*")(: .*)$/.exec(line) ?? [];
    return name ? [indent, element('b', '', name), `${rest}\n`] : [`${line}\n`];
  });
}

function showFault(standing) {
  const button = part('fault');
  button.setAttribute('aria-pressed', String(standing !== null));
  const { status, times } = standing ?? fault;
  button.textContent = `${standing ? 'Answering' : 'Answer'} ${status} to the next ${times}`;
}

function say(words) {
  part('said').textContent = words;
}

async function refresh() {
  const after = received[0]?.no ?? 0;
  const answer = await fetch(`/inbox.json?after=${after}`);
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { started_at, requests, oldest, fault: standing } = await answer.json();
  if (started !== null && started !== started_at) return location.reload();
  started = started_at;
  const isFirst = shown === null;
  const kept = received.filter(({ no }) => oldest !== null && no >= oldest);
  received = [...requests, ...kept];
  if (received.length === 0) shown = null;
  showFault(standing);
  showList();
  showChosen();
  const count = requests.length;
  if (count > 0 && !isFirst) say(count === 1 ? `${nameOf(requests[0])} came in.` : `${count} requests came in.`);
}

async function poll() {
  try {
    if (!document.hidden) {
      await refresh();
      part('live').classList.remove('off');
    }
  } catch (error) {
    part('live').classList.add('off');
    say(`The demo does not answer: ${error.message}`);
  }
  setTimeout(() => void poll(), POLL_MS);
}

/** What a button does; a demo that does not answer is said in words. */
function onPress(id, run) {
  part(id).addEventListener('click', () => {
    run().catch((error) => say(`The demo does not answer: ${error.message}`));
  });
}

onPress('fault', async () => {
  const isOn = part('fault').getAttribute('aria-pressed') === 'true';
  const answer = await fetch('/webhooks/fault', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(isOn ? { ...fault, times: 0 } : fault),
  });
  showFault(await answer.json());
  say(isOn ? 'Off again.' : `On. DepartCart will try again what is answered ${fault.status}.`);
});

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
/** What a connection needs for itself says nothing about the delivery. */
const OF_THE_CONNECTION = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding']);

onPress('curl', async () => {
  const request = received.find(({ no }) => no === shown);
  if (!request) return;
  const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
  const parts = headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const command = ['curl', quoted(url), ...parts, `--data-binary ${quoted(request.body)}`].join(' ');
  try {
    await navigator.clipboard.writeText(command);
    say('Copied. The same event comes in once more, and is known.');
  } catch {
    say('The browser does not let this page copy.');
  }
});

window.addEventListener('hashchange', () => {
  chosen = numberIn(location.hash);
  showChosen();
  part('detail').focus();
});

void poll();
