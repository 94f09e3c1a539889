import type { Clock } from '../state/clock.ts';
import { policy } from '../trusted-types.ts';

const TIMEOUT_MS = 15_000;

/**
 * Loads a gateway's browser SDK as a classic script, under the page's own rules: with the nonce of its scripts and through our
 * Trusted Types policy.
 * @throws when it is blocked, fails, or is not there in time; another try is another element
 */
export function loadScript(url: string, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
    if (nonce) script.nonce = nonce;
    const fail = () => {
      clock.clearTimeout(timer);
      script.remove();
      reject(new Error(`${new URL(url).host} gave no script`));
    };
    const timer = clock.setTimeout(fail, TIMEOUT_MS);
    script.addEventListener('error', fail, { once: true });
    script.addEventListener(
      'load',
      () => {
        clock.clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    script.src = (policy?.createScriptURL(url) ?? url) as string;
    document.head.append(script);
  });
}
