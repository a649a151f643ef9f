/**
 * s3rver wraps its continuation tokens in DES, which OpenSSL 3 has no more, so that every listing of more than one page
 * fails. The tokens are nobody's secret: AES does as well.
 */
import crypto, { type CipherKey } from 'node:crypto';

type Create<T> = (algorithm: string, key: Buffer, iv: Buffer) => T;

function withAesForDes<T>(create: (algorithm: string, key: CipherKey, iv: Buffer) => T): Create<T> {
  return (algorithm, key, iv) =>
    algorithm === 'des'
      ? create('aes-128-cbc', Buffer.concat([key, key]), Buffer.concat([iv, iv]))
      : create(algorithm, key, iv);
}

/** For the whole process; more than once does no harm. */
export function replaceDes(): void {
  if (crypto.getCiphers().includes('des')) return;
  Object.assign(crypto, {
    createCipheriv: withAesForDes(crypto.createCipheriv),
    createDecipheriv: withAesForDes(crypto.createDecipheriv),
  });
}
