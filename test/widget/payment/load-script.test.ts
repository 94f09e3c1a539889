import { expect } from 'chai';
import { loadScript } from '../../../widget/payment/load-script.ts';
import { STRIPE_SCRIPT } from '../../../widget/payment/stripe.ts';
import { TestClock } from '../panel/fixture.ts';

const here = (name: string) => new URL(name, import.meta.url).href;
const scripts = () => [...document.querySelectorAll<HTMLScriptElement>('head > script')];

describe('a gateway’s script', () => {
  it('comes from its own address, with the nonce of the page’s scripts', async () => {
    const nonced = document.createElement('script');
    nonced.setAttribute('nonce', 'n-1');
    document.body.append(nonced);
    const before = new Set(scripts());
    const clock = new TestClock();
    await loadScript(here('stand-in.js'), clock);
    const [added] = scripts().filter((script) => !before.has(script));
    expect([added!.nonce, added!.src]).to.deep.equal(['n-1', here('stand-in.js')]);
    expect((window as { standIn?: boolean }).standIn).to.equal(true);
    expect(clock.waiting).to.equal(0);
    added!.remove();
    nonced.remove();
  });

  it('of Stripe is the one that its own package would load', async () => {
    const text = await (await fetch('/node_modules/@stripe/stripe-js/dist/pure.mjs')).text();
    const train = /RELEASE_TRAIN = '(\w+)'/.exec(text)?.[1];
    const origin = /ORIGIN = '([^']+)'/.exec(text)?.[1];
    expect(STRIPE_SCRIPT).to.equal(`${origin}/${train}/stripe.js`);
  });

  it('that is blocked or missing fails at once, and leaves nothing behind', async () => {
    const before = scripts().length;
    const failed = await loadScript(here('nowhere.js'), new TestClock()).catch((error: Error) => error.message);
    expect(failed).to.equal(`${location.host} gave no script`);
    expect(scripts().length).to.equal(before);
  });

  it('that does not come in fifteen seconds fails', async () => {
    const clock = new TestClock();
    const outcome = loadScript(here(`stand-in.js?${Math.random()}`), clock).then(
      () => 'loaded',
      () => 'failed',
    );
    await clock.pass(15_000);
    expect(await outcome).to.equal('failed');
  });

  it('passes where strings may not become scripts, by our policy alone', async () => {
    const frame = document.createElement('iframe');
    const answer = new Promise<unknown>((resolve) => {
      window.addEventListener('message', ({ source, data }) => source === frame.contentWindow && resolve(data));
    });
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy"
      content="require-trusted-types-for 'script'; trusted-types departcart">
      <body><script type="module" src="${here('load-script-page.ts')}"></script>`;
    document.body.append(frame);
    expect(await answer).to.deep.equal({ standIn: true, violations: [] });
    frame.remove();
  });
});
