/** The virus scanner that the configuration names. */
import { createClamdScanner } from '#adapters/clamd';
import type { VirusScanner } from '#models/ports';
import type { Config } from '#platform/config';

export function configuredVirusScanner({ scan }: Config): VirusScanner | undefined {
  return scan.clamd === undefined ? undefined : createClamdScanner({ address: scan.clamd });
}
