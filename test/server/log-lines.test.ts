import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { logLines } from '../../server/log-lines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stand() {
  const written: string[] = [];
  const to = Object.assign(new EventEmitter(), { write: (text: string) => written.push(text) });
  return { written, to, lines: logLines(to as unknown as NodeJS.WritableStream) };
}

it('lines wait for others a tenth of a second, and are written as one', () => {
  const { written, lines } = stand();
  lines.write('one\n');
  lines.write('two\n');
  expect(written).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(written).toEqual(['one\ntwo\n']);
  lines.write('three\n');
  vi.advanceTimersByTime(100);
  expect(written).toEqual(['one\ntwo\n', 'three\n']);
});

it('lines wait no longer when there are many', () => {
  const { written, lines } = stand();
  for (let n = 0; n < 200; n++) lines.write(`${'x'.repeat(99)}\n`);
  expect(written).toHaveLength(1);
  vi.advanceTimersByTime(100);
  expect(written.join('')).toHaveLength(20_000);
});

it('what waits when the process ends is written, and nothing is left behind', () => {
  const before = process.listenerCount('exit');
  const { written, lines } = stand();
  lines.write('last\n');
  expect(process.listenerCount('exit')).toBe(before + 1);
  process.listeners('exit').at(-1)!(0);
  expect(written).toEqual(['last\n']);
  expect(process.listenerCount('exit')).toBe(before);
});

it('a reader that is gone stops nothing', () => {
  const { to, lines } = stand();
  to.emit('error', new Error('EPIPE'));
  expect(() => lines.write('x\n')).not.toThrow();
});
