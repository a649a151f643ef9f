/**
 * For `skip`: why a test cannot run here, or false. In CI a missing service is a failure, so there nothing is skipped and
 * starting the service tells what is missing.
 */
export function unlessInstalled(name: string, program: string | undefined): string | false {
  return program === undefined && process.env['CI'] !== 'true' ? `${name} is not installed` : false;
}
