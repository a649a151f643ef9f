/** The one place where the process environment is read; everybody else receives what they need as a value. */
export type Environment = Readonly<Record<string, string | undefined>>;

export function processEnvironment(): Environment {
  return process.env;
}
