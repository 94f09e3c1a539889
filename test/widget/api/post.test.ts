import { expect } from 'chai';
import { replyTo } from '../../../widget/api/post.ts';

const never = () => new Promise<Response>(() => {});
const says = (body: unknown, init?: ResponseInit) => () => Promise.resolve(new Response(JSON.stringify(body), init));

describe('replyTo', () => {
  it('hands over an answer as it is', async () => {
    const reply = await replyTo(says({ success: true, total: 3 }), { timeoutMs: 1000 });
    expect(reply).to.deep.equal({ ok: true, answer: { success: true, total: 3 } });
  });

  it('gives up after its time, on a request that was made before, too', async () => {
    const reply = await replyTo(never, { timeoutMs: 1 });
    expect(reply.ok).to.equal(false);
    expect(!reply.ok && reply.problem.code).to.equal('unreachable');
  });

  it('gives up after its time on a body that does not end', async () => {
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"succ')) });
    const reply = await replyTo(() => Promise.resolve(new Response(body)), { timeoutMs: 1 });
    expect(!reply.ok && reply.problem.code).to.equal('unreachable');
  });

  it('tells a caller who gave up from a server that did not answer', async () => {
    const caller = new AbortController();
    const reply = replyTo(never, { timeoutMs: 10_000, signal: caller.signal });
    caller.abort();
    const heard = await reply;
    expect(!heard.ok && heard.problem.code).to.equal('cancelled');
    const before = await replyTo(never, { timeoutMs: 10_000, signal: caller.signal });
    expect(!before.ok && before.problem.code).to.equal('cancelled');
  });

  it('keeps what a problem says, with how long to wait', async () => {
    const problem = {
      success: false,
      code: 'too_many_requests',
      detail: 'Wait.',
      request_id: 'r1',
      errors: [{ pointer: '/picks/0', detail: 'no' }],
    };
    const reply = await replyTo(says(problem, { status: 429, headers: { 'Retry-After': '12.2' } }), {
      timeoutMs: 1000,
    });
    expect(!reply.ok && reply.problem).to.deep.equal({ ...problem, retryAfterSeconds: 13 });
  });
});
