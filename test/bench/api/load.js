import { connect } from 'node:net';

/**
 * Closed-loop load over keep-alive connections, each with one request in flight. Plain sockets and a reply parser that reads what these
 * two servers send, so that the load costs less than what it measures.
 *
 * @param {{ port: number, path: string, body: string, headers: Record<string, string>, connections: number, ms: number }} what
 * @returns {Promise<{ answers: number, seconds: number }>} @throws when an answer is no 200
 */
export async function load({ port, path, body, headers, connections, ms }) {
  const lines = Object.entries({
    host: `localhost:${port}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  const began = performance.now();
  const endAt = began + ms;
  // Never asleep: waking it up would be part of what the servers do, and the slower of them would pay for it at every answer.
  let spinning = true;
  const spin = () => spinning && setImmediate(spin);
  spin();
  const counts = await Promise.all(Array.from({ length: connections }, () => one(port, request, endAt)));
  spinning = false;
  return { answers: counts.reduce((sum, n) => sum + n, 0), seconds: (performance.now() - began) / 1000 };
}

/** @param {number} port @param {Buffer} request @param {number} endAt @returns {Promise<number>} answers heard */
function one(port, request, endAt) {
  return new Promise((resolve, reject) => {
    let answers = 0;
    let text = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    socket.on('data', (part) => {
      text = text ? text + part : String(part);
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
      if (length === undefined || !text.startsWith('HTTP/1.1 200')) {
        socket.destroy();
        reject(new Error(`not the answer that was measured: ${text.slice(0, 500)}`));
        return;
      }
      if (text.length < head + 4 + Number(length)) return;
      text = '';
      answers++;
      if (performance.now() < endAt) socket.write(request);
      else {
        socket.removeAllListeners('close');
        socket.destroy();
        resolve(answers);
      }
    });
  });
}
