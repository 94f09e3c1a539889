// The start page's switches: what the sandboxes do wrong, and starting over.
const { sandboxes } = JSON.parse(document.getElementById('settings').textContent);
const buttons = [...document.querySelectorAll('[data-fault]')];
const said = document.getElementById('said');

/** Whether a fault is the one that a button switches. */
const isFor = ({ dataset }, { vendor, call, fault }) =>
  vendor === dataset.vendor && call === dataset.call && fault === dataset.fault;

/** Presses the buttons of the faults that still stand. */
function show(faults) {
  for (const button of buttons) {
    const times = faults.find((one) => isFor(button, one))?.times;
    button.setAttribute('aria-pressed', String(times !== undefined));
    const calls = times ?? Number(button.dataset.times);
    button.textContent = `${times === undefined ? 'next' : 'on for'} ${calls} ${calls === 1 ? 'call' : 'calls'}`;
  }
}

async function ask(path, init) {
  const answer = await fetch(sandboxes + path, init);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

const put = (faults) =>
  ask('/faults', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(faults) });

/** Runs one act after another has ended, and says how it went. */
let last = Promise.resolve();
const act = (run, words) => {
  last = last
    .then(run)
    .then(() => words && (said.textContent = words))
    .catch((error) => (said.textContent = `The sandboxes did not answer: ${error.message}`));
};

for (const button of buttons) {
  button.addEventListener('click', () => {
    const { vendor, call, fault, times } = button.dataset;
    const isOn = button.getAttribute('aria-pressed') === 'true';
    act(
      async () => {
        const others = (await ask('/faults')).filter((one) => !isFor(button, one));
        const one = { vendor, call, fault, times: Number(times) };
        show(await put(isOn ? others : [...others, one]));
      },
      isOn ? 'Off again.' : 'On. Open the airline’s page, or go on there.',
    );
  });
}

document.getElementById('reset').addEventListener('click', () => {
  act(async () => {
    await ask('/reset', { method: 'POST' });
    await fetch('/inbox.json', { method: 'DELETE' });
    show([]);
  }, 'Started over.');
});

// A fault wears off while the airline's page is looked at.
const refresh = () => act(async () => show(await ask('/faults')));
window.addEventListener('focus', refresh);
window.addEventListener('pageshow', refresh);
