/**
 * npm does not pass SIGTERM on to what it started: it dies and leaves the server. So where npm started us, we watch whether it still
 * lives, and end as if the signal had been ours.
 */
export function watchParent(): { stop(): void } {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
