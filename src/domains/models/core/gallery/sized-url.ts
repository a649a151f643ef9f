/** Addresses of pictures name their size in one segment, `original=true` or `width=450` (civitai-api.md §2.7). */
const sizeSegment = /^(?:original=true|(?:[a-z]+=[^,/]+,)*width=\d+(?:,[a-z]+=[^,/]+)*)$/;

/** The same picture in this width; addresses of another form stay as they are. */
export function sizedUrl(url: string, width: number): string {
  if (!URL.canParse(url)) return url;
  const sized = new URL(url);
  const segments = sized.pathname.split('/');
  const at = segments.findIndex((segment) => sizeSegment.test(segment));
  if (at < 0) return url;
  sized.pathname = segments.with(at, `width=${width}`).join('/');
  return sized.href;
}
