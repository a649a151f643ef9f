/** A provider that lies in one point at a time: what a wrong or taken-over provider, or somebody on the way, could send. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Lie {
  /** Over the claims of the ID token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Over its header. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** How it is signed: not at all, with a key nobody published, with the client's secret, or rightly. */
  readonly signed?: 'none' | 'foreign' | 'secret';
  /** Over the discovery document. */
  readonly discovery?: Readonly<Record<string, unknown>>;
  readonly userInfo?: Readonly<Record<string, unknown>>;
}

export interface HostileProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly clientSecret: string;
  lie: Lie;
  /** The nonce of the login that is to be answered. */
  nonce: string;
  /** Bodies of the requests for tokens. */
  readonly tokenRequests: string[];
}

const keyId = 'own';
const clientId = 'kura';
const clientSecret = 'a secret that only Kura and the provider share';

export async function startHostileProvider(): Promise<HostileProvider> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const http = createServer((request, response) => void answer(request, response));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  function idToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const { claims, header, signed } = provider.lie;
    const head = encoded({ alg: signed === 'none' ? 'none' : 'RS256', kid: keyId, typ: 'JWT', ...header });
    const base = { iss: issuer, aud: clientId, sub: 'person-1', iat: now, exp: now + 300, nonce: provider.nonce };
    const text = `${head}.${encoded({ ...base, preferred_username: 'mika', ...claims })}`;
    return `${text}.${signature(text, signed === 'foreign' ? foreign.privateKey : own.privateKey)}`;
  }

  function signature(text: string, key: KeyObject): string {
    const { signed } = provider.lie;
    if (signed === 'none') return '';
    if (signed === 'secret') return createHmac('sha256', clientSecret).update(text).digest('base64url');
    return sign('sha256', Buffer.from(text), key).toString('base64url');
  }

  const documents: Readonly<Record<string, () => object>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
      ...provider.lie.discovery,
    }),
    '/jwks': () => ({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' }] }),
    '/token': () => ({ access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token: idToken() }),
    '/me': () => ({ sub: 'person-1', ...provider.lie.userInfo }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.url === '/token') provider.tokenRequests.push(Buffer.concat(chunks).toString());
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document?.() ?? {}));
  }

  const provider: HostileProvider = {
    issuer,
    clientSecret,
    lie: {},
    nonce: '',
    tokenRequests: [],
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
  return provider;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
