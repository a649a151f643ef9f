/** The external scanners that the configuration names. */
import { createExternalScanner } from '#adapters/external-scanner';
import { systemRandom } from '#kernel/clock';
import type { ExternalScanner } from '#models/ports';
import type { Config } from '#platform/config';
import { createIsolation, type Isolation } from '#platform/isolation';

export function configuredExternalScanners(
  { scan, isolation: { fallback } }: Pick<Config, 'scan' | 'isolation'>,
  isolation: Isolation = createIsolation({ random: systemRandom, allowLimited: () => fallback === 'allow' }),
): readonly ExternalScanner[] {
  return scan.external.map((settings) => createExternalScanner(settings, isolation));
}
