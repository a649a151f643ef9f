/** What server, web and command line agree on: route contracts, permissions, problem details, the typed client. */
export {
  type ApiClient,
  ApiProblem,
  type ApiRequest,
  type ApiResponse,
  type ApiTransport,
  createApiClient,
  pathOf,
  refusalIn,
} from './api-client.ts';
export { type KeyScope, keyScopes } from './key-scope.ts';
export { type Permission, permissions } from './permission.ts';
export { type RateClass, rateClasses } from './rate-class.ts';
export {
  type Access,
  defineRoute,
  type Method,
  type Pieces,
  type Problem,
  problemSchema,
  type RouteCall,
  type RouteContract,
  type RouteInput,
  type RouteOutput,
  streamedFile,
} from './route-contract.ts';
export { isStorable, mendedText, storableText, unstorable } from './storable-text.ts';
export { worded } from './worded.ts';
