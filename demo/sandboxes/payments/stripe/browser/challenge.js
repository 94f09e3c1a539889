// The bank's page of a 3-D Secure challenge, in a frame over the partner's page.
const parameters = new URLSearchParams(location.search);
const parentOrigin = parameters.get('parent') ?? '';
const isKnown = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(parentOrigin) && window.parent !== window;
const say = (message) => isKnown && window.parent.postMessage(message, parentOrigin);

const buttons = [...document.querySelectorAll('button')];
const said = document.getElementById('said');
const heading = document.querySelector('h1');

async function answer(approved) {
  for (const button of buttons) button.disabled = true;
  try {
    const response = await fetch(`challenge/${encodeURIComponent(parameters.get('source') ?? '')}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ approved }),
    });
    // It may have ended elsewhere: then the page behind looks for itself.
    say({ kind: 'done', ...(response.ok && { intent: await response.json() }) });
  } catch {
    for (const button of buttons) button.disabled = false;
    said.textContent = 'Your bank did not answer. Try again.';
  }
}

for (const button of buttons) {
  button.addEventListener('click', () => void answer(button.id === 'approve'));
  // The page holds them until a press on them is heard.
  button.disabled = false;
}
document.addEventListener('keydown', (event) => event.key === 'Escape' && void answer(false));
window.addEventListener('message', (event) => {
  if (event.source !== window.parent || event.origin !== parentOrigin || !isKnown) return;
  if (event.data.kind === 'close') void answer(false);
  if (event.data.kind === 'focus') heading.focus();
});
heading.focus();
say({ kind: 'loaded' });
