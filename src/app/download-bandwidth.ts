/** The one bandwidth limit of all downloads of this process, by the settings in force and the hours of the house. */
import { type BandwidthLimit, createBandwidthLimit, parseBandwidthWindows, plannedRate } from '#engines/transfer';

import { houseZone } from './initial-preferences.ts';
import type { Platform } from './open-platform.ts';

export function downloadBandwidth({ settings, clock }: Platform): BandwidthLimit {
  function plan() {
    const { config } = settings.loaded();
    return {
      windows: parseBandwidthWindows(config.downloads.bandwidthWindows),
      otherwise: config.downloads.bytesPerSecond,
      zone: houseZone(config),
    };
  }
  let current = plan();
  settings.onChange(() => {
    current = plan();
  });
  return createBandwidthLimit(
    plannedRate(() => current, clock),
    clock,
  );
}
