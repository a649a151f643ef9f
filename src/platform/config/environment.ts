/** The one place where the process environment is read; everybody else receives what they need as a value. */
export type Environment = Readonly<Record<string, string | undefined>>;

export function processEnvironment(): Environment {
  // oxlint-disable-next-line node/no-process-env -- this file is the door through which the environment enters
  return process.env;
}
