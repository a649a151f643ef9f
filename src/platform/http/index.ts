/** The HTTP edge: contracts in, problem details out, OpenAPI from the same description. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { callInProcess } from './call-in-process.ts';
export { type Client, type ClientReader, createClientReader, type Peer } from './client.ts';
export { csrfHeader, csrfTokenOf } from './csrf-token.ts';
export { nameFile } from './file-headers.ts';
export { createHttpServer, type HttpServerDeps } from './http-server.ts';
export { openApiDocument } from './openapi.ts';
export { referencePage } from './reference-page.ts';
export { type RefusedRequest, refusedBy } from './refused-request.ts';
export { callerName, tooManyRequests } from './request-charge.ts';
export { type Authenticate, type Credentials, credentialsOf } from './request-guard.ts';
export { implement, type RequestContext, type RouteHandler } from './route-handler.ts';
export { cookieNames } from './session-cookies.ts';
export const httpMessages: Catalogues = { en, ja };
