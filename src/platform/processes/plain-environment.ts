/** What a program of somebody else's gets to know of our environment. */
const handedOn = /^(?:HOME|XDG_CONFIG_HOME|TZ|SSH_AUTH_SOCK|(?:HTTPS?|NO|ALL)_PROXY|SSL_CERT_(?:FILE|DIR)|TMPDIR)$/i;

/** Where it finds the user's own settings, how it gets out, and a language whose sentences do not change with the machine. */
export function plainEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const known = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && handedOn.test(name) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(known),
    // Fixed, so that nobody's PATH decides which helper (ssh, rclone) is trusted.
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
  };
}
