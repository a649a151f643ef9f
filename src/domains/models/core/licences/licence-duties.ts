/** From permissions to what somebody has to mind. Not said is not permitted (models.md M-172). */
import type { LicenceDuty, LicenceView } from '../../contract/index.ts';

export function dutiesOf(licence: LicenceView): readonly LicenceDuty[] {
  const { allowCommercialUse, allowNoCredit, allowDerivatives, allowDifferentLicense } = licence;
  const duties: LicenceDuty[] = [];
  if (allowNoCredit === false) duties.push('name-creator');
  if (allowDerivatives === false) duties.push('no-derivatives');
  // Terms of derivatives matter only where there may be some.
  if (allowDifferentLicense === false && allowDerivatives !== false) duties.push('same-terms');
  if (allowCommercialUse?.length === 0) duties.push('no-commercial-use');
  if (Object.values(licence).includes(null)) duties.push('unknown');
  return duties;
}
