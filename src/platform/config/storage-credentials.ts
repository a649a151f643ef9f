/** Logins for the places where repositories lie: JSON, from an address (or its beginning) to a login. */
import { z } from 'zod';

const text = z.string().min(1);
const login = z.strictObject({
  /** Object stores. */
  accessKeyId: text.optional(),
  secretAccessKey: text.optional(),
  sessionToken: text.optional(),
  /** SFTP: one of password and privateKeyFile. */
  password: text.optional(),
  privateKeyFile: text.optional(),
  /** Of the private key. */
  passphrase: text.optional(),
});
export type StorageLogin = z.output<typeof login>;

const logins = z.record(text, login);
export type StorageCredentials = z.output<typeof logins>;

/** Undefined when the text is not of this form. */
export function parseStorageCredentials(json: string): StorageCredentials | undefined {
  try {
    return logins.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** The login for the longest beginning of the address, cut between its parts: `s3://host/a` does not serve `s3://host/ab`. */
export function storageLogin(all: StorageCredentials, address: string): StorageLogin | undefined {
  const names = Object.keys(all).filter((name) => {
    const bare = name.replace(/\/+$/, '');
    return address === bare || address.startsWith(`${bare}/`);
  });
  const best = names.toSorted((one, other) => other.length - one.length)[0];
  return best === undefined ? undefined : all[best];
}
