/** The recovery kit: the master key on paper, in groups that can be typed; its id at the front tells a wrong one. */
import { KuraError } from '#kernel/errors';
import { type AeadKey, masterKeyOf, type StoredSecrets } from '#platform/secrets';

/** Remembers for which master key a kit was printed. */
export const kitName = 'protection.kit';

export async function kitIsPrinted(storedSecrets: Pick<StoredSecrets, 'master' | 'read'>): Promise<boolean> {
  return (await storedSecrets.read(kitName)) === storedSecrets.master().id;
}

/** One line, short enough for a QR code. */
export function recoveryCode({ id, value }: AeadKey): string {
  const groups = Buffer.from(value).toString('hex').match(/.{4}/g) ?? [];
  return `KURA1-${id}-${groups.join('-')}`;
}

/** The master key that a kit holds, as base64url. @throws KuraError invalid `protection.kit-invalid` */
export function masterKeyInKit(text: string): string {
  // Typed or scanned, it comes with breaks and spaces of its own.
  const found = /KURA1-([0-9a-f]{8})((?:-[0-9a-f]{4}){16})/i.exec(text.replaceAll(/\s/g, ''));
  const [, id, groups] = found ?? [];
  if (id === undefined || groups === undefined) throw new KuraError('invalid', 'protection.kit-invalid');
  const key = Buffer.from(groups.replaceAll(/[^0-9a-f]/gi, ''), 'hex').toString('base64url');
  if (masterKeyOf(key).id !== id.toLowerCase()) throw new KuraError('invalid', 'protection.kit-mistyped');
  return key;
}
