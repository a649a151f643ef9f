/** An authenticator in software (WebAuthn level 3, ES256), honest unless a test makes it lie. */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

import { isoCBOR } from '@simplewebauthn/server/helpers';

export interface Lies {
  /** What the page says where it is. */
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** False: nobody's finger, face or PIN was asked for. */
  readonly verified?: boolean;
  readonly counter?: number;
}

export interface Authenticator {
  readonly id: string;
  register(options: { readonly challenge: string }, lies?: Lies): object;
  logIn(options: { readonly challenge: string }, lies?: Lies): object;
}

const userPresent = 0x01;
const userVerified = 0x04;
const attested = 0x40;

export function createAuthenticator(site: { readonly origin: string; readonly rpId: string }): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(32);
  const id = rawId.toString('base64url');
  let uses = 0;

  function authData(flags: number, { rpId = site.rpId, verified = true, counter = uses }: Lies): Buffer {
    const head = Buffer.alloc(37);
    createHash('sha256').update(rpId).digest().copy(head);
    head.writeUInt8(flags | userPresent | (verified ? userVerified : 0), 32);
    head.writeUInt32BE(counter, 33);
    return head;
  }
  function clientData(type: string, challenge: string, { origin = site.origin }: Lies): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
  function answer(response: object): object {
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  return {
    id,
    register({ challenge }, lies = {}) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const data = Buffer.concat([authData(attested, lies), Buffer.alloc(16), length, rawId, coseKey(publicKey)]);
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', Uint8Array.from(data)],
        ]) as never,
      );
      return answer({
        clientDataJSON: clientData('webauthn.create', lies.challenge ?? challenge, lies).toString('base64url'),
        attestationObject: Buffer.from(attestation).toString('base64url'),
      });
    },
    logIn({ challenge }, lies = {}) {
      uses += 1;
      const data = authData(0, lies);
      const client = clientData('webauthn.get', lies.challenge ?? challenge, lies);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(privateKey).toString('base64url'),
      });
    },
  };
}

/** RFC 9053: EC2, ES256, P-256, x, y. */
function coseKey(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return isoCBOR.encode(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
      [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
    ]) as never,
  );
}
