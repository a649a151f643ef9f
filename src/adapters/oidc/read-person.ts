/** Who it is, out of what the provider says: claims are what a stranger wrote, and read one by one. */
import type { ProviderPerson } from '#platform/identity';

import type { OidcSettings } from './oidc-settings.ts';

export type Claims = Readonly<Record<string, unknown>>;

const longest = 200;
const mostGroups = 1000;

/** What the signed ID token says counts before what userinfo adds. */
export function readPerson(
  subject: string,
  { idToken, userInfo }: { readonly idToken: Claims; readonly userInfo: Claims },
  { usernameClaim, groupsClaim }: Pick<OidcSettings, 'usernameClaim' | 'groupsClaim'>,
): ProviderPerson {
  // An address and the word that it was verified must come from the same place.
  const aboutEmail = idToken['email'] === undefined ? userInfo : idToken;
  return {
    subject,
    username: textOf(idToken[usernameClaim]) ?? textOf(userInfo[usernameClaim]),
    email: aboutEmail['email_verified'] === true ? textOf(aboutEmail['email']) : undefined,
    fullName: textOf(idToken['name']) ?? textOf(userInfo['name']),
    groups: groupsOf(idToken[groupsClaim] ?? userInfo[groupsClaim]),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined;
}

function groupsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string').slice(0, mostGroups);
}
