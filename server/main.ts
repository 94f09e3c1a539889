import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { compose } from './compose.ts';
import { ConfigError, readConfig } from './config.ts';

/** Longest that open requests may take to end after a signal. */
const GRACE_MS = 10_000;

/** `npm run serve`: the server alone, production settings, until a signal. */
export async function serveFromEnvironment(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const composed = await compose({ config });
    const answer = getRequestListener(composed.app.fetch);
    const server = createServer((request, response) => void answer(request, response));
    await listen(server, config.port);
    composed.startJobs();
    console.log(`DepartCart listens on port ${config.port}, reached as ${config.publicUrl}.`);
    stopOnSignal(server, composed.close);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigError([`Port ${port} is taken. End what runs there, or set PORT to a free one.`])
          : error,
      ),
    );
    server.listen(port, () => resolve());
  });
}

function stopOnSignal(server: Server, close: () => Promise<void>): void {
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(signal === 'SIGINT' ? 130 : 143);
      closing = true;
      const hard = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      server.close(() => {
        clearTimeout(hard);
        void close();
      });
      server.closeIdleConnections();
    });
  }
}
