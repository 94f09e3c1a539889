import { loadScript } from '../../../widget/payment/load-script.ts';

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.sample));
const clock = {
  now: () => Date.now(),
  setTimeout: (run: () => void, ms: number) => window.setTimeout(run, ms),
  clearTimeout: (id: number | undefined) => window.clearTimeout(id),
};
await loadScript(new URL('stand-in.js', import.meta.url).href, clock);
parent.postMessage({ standIn: (window as { standIn?: boolean }).standIn === true, violations }, '*');
