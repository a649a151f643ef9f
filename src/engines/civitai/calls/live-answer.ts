/** What a listener may look at: an answer that just came from the site, not out of a store. */
export interface LiveAnswer {
  /** The path below `/api/v1` with what varies replaced: `/models/:id`, `/model-versions/by-hash/:hash`. */
  readonly endpoint: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Undefined when the body is not JSON. */
  readonly json: unknown;
}

export function endpointOf(path: string): string {
  return path.replace(/\/by-hash\/(?!ids$)[^/]+$/, '/by-hash/:hash').replaceAll(/\/\d+(?=\/|$)/g, '/:id');
}
