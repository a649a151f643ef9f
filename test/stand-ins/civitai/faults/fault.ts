/** A fault is data: where it applies, how often, and what goes wrong. The same shape by object and over HTTP. */
import { z } from 'zod';

const routeNames = [
  'models',
  'model',
  'version',
  'by-hash',
  'by-hash-bulk',
  'by-hash-ids',
  'mini',
  'images',
  'creators',
  'tags',
  'enums',
  'me',
  'download',
  'storage',
  'picture',
  'page',
] as const;

export type RouteName = (typeof routeNames)[number];

const count = z.int().min(0);

export const faultSchema = z.strictObject({
  /**
   * Route it applies to. Left out, it follows from the effect: bytes, headers and connections of the file go wrong on
   * `storage`, `linkLifetimeSeconds` and `redirectTo` on `download`, pages and cursors go wrong on `models`, hashes and
   * enums in every answer that carries them, `status`, `html`, `truncateJson` and `latencyMs` on every route.
   */
  route: z.enum(routeNames).optional(),
  modelId: count.optional(),
  versionId: count.optional(),
  fileId: count.optional(),
  /** Lets this many matching requests pass first. */
  skip: count.optional(),
  /**
   * Hits this many requests (for hashes and enums: files), then falls silent. A request counts only if the effect can
   * show in it: the flipped byte lies in its range, the cut or stall before its end.
   */
  times: z.int().min(1).optional(),

  latencyMs: z.number().min(0).optional(),
  /** Answers with this status and the body the real site sends with it. */
  status: z.int().min(400).max(599).optional(),
  /** Seconds, or any text; only with `status`. */
  retryAfter: z.union([z.number(), z.string()]).optional(),
  /** `Cache-Control: private, no-store`, as on a 404 while the storage cannot find the file; only with `status`. */
  noStore: z.boolean().optional(),
  /** An HTML page instead of what was asked, with status 200 (or `status`). */
  html: z.boolean().optional(),
  /** `Location` of a 307 in place of the answer. */
  redirectTo: z.string().optional(),

  /** Bytes per second of each response. */
  bytesPerSecond: z.number().positive().optional(),
  /** Sends this many bytes of the body, then nothing, with the connection left open. */
  stallAfterBytes: count.optional(),
  /** Sends this many bytes of the body, then breaks the connection. */
  cutAfterBytes: count.optional(),
  /** Inverts the byte at this offset of the file. */
  flipByteAt: count.optional(),
  /** Added to the true Content-Length. */
  contentLengthOffset: z.int().optional(),
  ignoreRange: z.boolean().optional(),
  contentType: z.string().optional(),
  /** No Content-Length: chunked transfer. */
  chunked: z.boolean().optional(),
  /** Another validator for the same bytes, or for a re-upload of the same size. */
  changeEtag: z.enum(['same-content', 'new-content']).optional(),
  /** The signed link counts as expired (403, XML). */
  expireLink: z.boolean().optional(),
  /** More responses than this at a time are turned away with 503. */
  maxConnections: z.int().min(1).optional(),

  /** How long new signed links hold; 0 expires them at once. */
  linkLifetimeSeconds: z.number().min(0).optional(),

  hideHashes: z.boolean().optional(),
  wrongHash: z.boolean().optional(),
  unknownEnums: z.boolean().optional(),
  /** The next page starts with the last item of this one, as when metrics move between requests. */
  repeatLastItem: z.boolean().optional(),
  /** The next page starts with the last N items of this one. */
  overlapItems: z.int().min(1).optional(),
  /** The first N items of the page stand at its end once more. */
  doubleItems: z.int().min(1).optional(),
  /** The page names the cursor it was asked with as the next one, so that following it goes round in circles. */
  sameCursor: z.boolean().optional(),
  /** No items, and a cursor that leads to where this page began: not the end. */
  emptyPage: z.boolean().optional(),
  /** Pages have at most this many items, whatever `limit` asks. */
  serveAtMost: z.int().min(1).optional(),
  /** A `limit` above this is refused with 400. */
  refuseAbove: z.int().min(1).optional(),
  /** The JSON ends in the middle, with a Content-Length that agrees. */
  truncateJson: z.boolean().optional(),
});

export type Fault = Readonly<z.infer<typeof faultSchema>>;

const storageEffects = [
  'bytesPerSecond',
  'stallAfterBytes',
  'cutAfterBytes',
  'flipByteAt',
  'contentLengthOffset',
  'ignoreRange',
  'contentType',
  'chunked',
  'changeEtag',
  'expireLink',
  'maxConnections',
] as const satisfies readonly (keyof Fault)[];

const contentEffects = ['hideHashes', 'wrongHash', 'unknownEnums'] as const satisfies readonly (keyof Fault)[];

const listEffects = [
  'repeatLastItem',
  'overlapItems',
  'doubleItems',
  'sameCursor',
  'emptyPage',
  'serveAtMost',
  'refuseAbove',
] as const satisfies readonly (keyof Fault)[];

/** Whether the fault changes what an answer says about files, rather than how the answer travels. */
export function changesContent(fault: Fault): boolean {
  return contentEffects.some((effect) => fault[effect] !== undefined);
}

/** The route a fault without one belongs to; undefined means every route. */
export function impliedRoute(fault: Fault): RouteName | undefined {
  if (fault.route !== undefined) return fault.route;
  if (storageEffects.some((effect) => fault[effect] !== undefined)) return 'storage';
  if (fault.linkLifetimeSeconds !== undefined || fault.redirectTo !== undefined) return 'download';
  return listEffects.some((effect) => fault[effect] !== undefined) ? 'models' : undefined;
}
