import { showMap } from './fixture.ts';
import { a380 } from './sample-maps.ts';

const violations: string[] = [];
const isEnforced = (): boolean => {
  try {
    document.createElement('div').innerHTML = '<b></b>';
    return false;
  } catch {
    return true;
  }
};
const enforced = isEnforced();
await new Promise((resolve) => setTimeout(resolve));
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.sample));
const map = await showMap({ map: a380(), picks: { t2: '46F' } });
await new Promise((resolve) => setTimeout(resolve));
const seats = map.renderRoot.querySelectorAll('[data-seat]').length;
parent.postMessage({ enforced, seats, violations }, '*');
