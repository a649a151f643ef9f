import tty from 'node:tty';

const FORWARDED_SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'];

/** Passes signals on to `child`; returns what ends that. */
export function forwardSignals(child) {
  // Ctrl-C on a terminal reaches the whole process group by itself; sent twice it would mean "stop at once".
  const fromTerminal = [0, 1, 2].some((descriptor) => tty.isatty(descriptor));
  const handlers = FORWARDED_SIGNALS.map((signal) => {
    function forward() {
      if (signal !== 'SIGINT' || !fromTerminal) child.kill(signal);
    }
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}
