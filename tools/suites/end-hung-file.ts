/**
 * Loaded into every test process (`--import …?ms=N`): ends one that is still alive after N ms, naming what keeps it.
 * node:test's own `forceExit` would do it too, but cuts off results that are still on their way through the pipe.
 */
import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const limitMs = Number(new URL(import.meta.url).searchParams.get('ms'));
// The timer itself keeps nothing alive: it fires only when something else does.
if (isMainThread) setTimeout(end, limitMs).unref();

function end(): void {
  const open = [...new Set(process.getActiveResourcesInfo())].join(', ');
  writeSync(2, `Ended: still running after ${limitMs / 1000} s (open: ${open || 'nothing'}).\n`);
  process.kill(process.pid, 'SIGKILL');
}
