import { expect } from 'chai';

/** A page that takes no markup from strings. The frame says what it drew, or what went wrong. */
describe('dc-seat-map under Trusted Types', () => {
  it('draws where no string may become markup', async () => {
    const frame = document.createElement('iframe');
    const answer = new Promise<unknown>((resolve) => {
      window.addEventListener('message', (event) => event.source === frame.contentWindow && resolve(event.data));
    });
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'">
      <body><script type="module" src="${new URL('trusted-types-page.ts', import.meta.url)}"></script>`;
    document.body.append(frame);
    expect(await answer).to.deep.equal({ enforced: true, seats: 410, violations: [] });
    frame.remove();
  });
});
