/** What a refusal of the site tells about the values it takes (M-283): its validation errors list them. */
import type { ObservedKind, ObservedValue } from './observed-value.ts';

/** The site's parameters whose words we learn. */
const kindOfParameter: Readonly<Record<string, ObservedKind>> = {
  types: 'type',
  baseModels: 'base',
  sort: 'sort',
  period: 'period',
  fileFormats: 'format',
  allowCommercialUse: 'right',
};

/** zod 4: `types.0: Invalid option: expected one of "A"|"B"`; zod 3: `Invalid enum value. Expected 'A' | 'B', received 'x'`. */
const listing =
  /(?<!\w)(?<parameter>\w+)(?:\.\d+)?: Invalid (?:option|enum value)[:.] ?expected (?:one of )?(?<values>[^;]*)/giu;
/** A value whose end was cut off has no closing quote. */
const quoted = /"(?<double>[^"]{1,100})"|'(?<single>[^']{1,100})'/gu;

/** @param detail all that the site said when it refused */
export function harvestAllowedValues(detail: string): ReadonlyArray<Pick<ObservedValue, 'kind' | 'value'>> {
  return [...detail.matchAll(listing)].flatMap(({ groups }) => {
    const kind = kindOfParameter[groups?.['parameter'] ?? ''];
    if (kind === undefined) return [];
    const values = (groups?.['values'] ?? '').replace(/, received .*$/su, '');
    return [...values.matchAll(quoted)].map((match) => ({
      kind,
      value: match.groups?.['double'] ?? match.groups?.['single'] ?? '',
    }));
  });
}
