/** Stops requests to places the caller does not want reached (SSRF); both throw a KuraError to refuse. */
export interface EgressPolicy {
  /** Called for the first address and for every redirect, before anything is sent. */
  checkUrl(url: URL): void | Promise<void>;
  /**
   * Called with every IP address a host name stands for, before connecting. With a foreign `dispatcher` only addresses
   * written out in a URL are seen: looking names up is then that dispatcher's business.
   */
  checkAddress?(address: string, url: { readonly hostname: string }): void;
}
