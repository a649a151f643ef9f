/** LDIF of people and groups. */
import { suffix } from './start-slapd.ts';

export function branch(name: string): string {
  return `dn: ou=${name},${suffix}\nobjectClass: organizationalUnit\nou: ${name}\n\n`;
}

export interface PersonEntry {
  readonly password: string;
  readonly lines?: readonly string[];
}

/** Escapes what a name in a distinguished name has to escape (RFC 4514). */
export function personDn(uid: string): string {
  return `uid=${uid.replaceAll(/[,+"\\<>;=#]/g, '\\$&')},ou=people,${suffix}`;
}

export function person(uid: string, { password, lines = [] }: PersonEntry): string {
  const classes = ['inetOrgPerson', 'shadowAccount'].map((name) => `objectClass: ${name}`);
  return [
    `dn:: ${base64(personDn(uid))}`,
    ...classes,
    `uid:: ${base64(uid)}`,
    `cn:: ${base64(`${uid} the tested`)}`,
    'sn: Tested',
    `userPassword: ${password}`,
    ...lines,
    '',
    '',
  ].join('\n');
}

export function groupDn(name: string): string {
  return `cn=${name},ou=groups,${suffix}`;
}

export function group(name: string, members: readonly string[]): string {
  const lines = members.map((member) => `member:: ${base64(member)}`);
  return [`dn: ${groupDn(name)}`, 'objectClass: groupOfNames', `cn: ${name}`, ...lines, '', ''].join('\n');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
