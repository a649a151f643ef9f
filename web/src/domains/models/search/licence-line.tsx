import { type LicencePermission, type LicenceView, licencePermissions } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';

/** What the creator permits, in words; what was not said is not permitted and is called so. */
export function LicenceLine({ licence }: { readonly licence: LicenceView }) {
  const { t } = useTexts();
  const granted = licencePermissions.filter((permission) => grants(licence, permission));
  const silent = Object.values(licence).every((value) => value === null);
  if (granted.length === 0) return t(silent ? 'models.licence.unknown' : 'models.licence.none');
  return granted.map((permission) => t(`models.licence.${permission}`)).join(' · ');
}

function grants(licence: LicenceView, permission: LicencePermission): boolean {
  switch (permission) {
    case 'no-credit':
      return licence.allowNoCredit === true;
    case 'derivatives':
      return licence.allowDerivatives === true;
    case 'different-license':
      return licence.allowDifferentLicense === true;
    default:
      return licence.allowCommercialUse?.some((use) => use.toLowerCase() === permission.replace('-', '')) ?? false;
  }
}
