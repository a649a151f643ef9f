/** The configured interval, except on this machine, where nobody has to be polite. */
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/;

export function paceInterval(paceMs: () => number): (host: string) => number {
  return (host) => (loopback.test(host) ? 0 : paceMs());
}
