import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog, logLines, withoutSecrets } from '../../server/log-lines.ts';

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

describe('the fields of a line', () => {
  it('lose what must not be in a log, at the top and one level down, and nothing else', () => {
    const fields = {
      requestId: 'r',
      token: 'secret',
      last_name: 'SMITH',
      list: [1],
      nothing: null,
      call: { url: '/x?id=1', status: 200, body: 'secret' },
    };
    expect(withoutSecrets(fields)).toEqual({
      requestId: 'r',
      token: '[redacted]',
      last_name: '[redacted]',
      list: [1],
      nothing: null,
      call: { url: '[redacted]', status: 200, body: '[redacted]' },
    });
    expect(fields.token).toBe('secret');
  });

  it('are the same object where there is nothing to hide', () => {
    const fields = { requestId: 'r', call: { status: 200 } };
    expect(withoutSecrets(fields)).toBe(fields);
  });
});

describe('a line', () => {
  const written: string[] = [];
  const to = { write: (line: string) => written.push(line) };
  beforeEach(() => void written.splice(0));

  it('is one object of JSON with its level, time, message and fields, less what must not be logged', () => {
    const log = createLog({ from: 'info', to, clock: { now: () => 1_700_000_000_000 } });
    log.info({ requestId: 'a "b"\n', status: 200, token: 'secret' }, 'request');
    log.error({}, 'it said: "no"');
    const [info, error] = written.map((line) => JSON.parse(line) as unknown);
    const time = 1_700_000_000_000;
    expect(info).toEqual({ level: 30, time, msg: 'request', requestId: 'a "b"\n', status: 200, token: '[redacted]' });
    expect(error).toEqual({ level: 50, time, msg: 'it said: "no"' });
    for (const line of written) expect(line.indexOf('\n')).toBe(line.length - 1);
  });

  it.each([
    ['trace', 3],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
    ['fatal', 0],
    ['silent', 0],
  ] as const)('is written from level %s on: %i of three', (from, many) => {
    const log = createLog({ from, to, clock: { now: () => 0 } });
    log.info({}, 'i');
    log.warn({}, 'w');
    log.error({}, 'e');
    expect(written).toHaveLength(many);
  });
});
