import { type EntryView, listAttachments } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { MarkdownText } from '../../../ui/markdown-text.tsx';
import { attachmentAddress } from './attachment-address.ts';

/** An entry's text; where it names a file beside it, that is shown or linked. */
export function EntryText({ entry: { id, body, lang } }: { readonly entry: Pick<EntryView, 'id' | 'body' | 'lang'> }) {
  const { data } = useRouteQuery(listAttachments, { params: { id } });
  const files = new Map(data?.items.map((one) => [one.name, one.mediaType]));
  function fileOf(href: string) {
    const name = decoded(href.replace(/^\.\//, ''));
    const mediaType = files.get(name);
    if (mediaType === undefined) return undefined;
    return { address: attachmentAddress(id, name), isPicture: mediaType.startsWith('image/') };
  }
  return <MarkdownText text={body} lang={lang} fileOf={fileOf} />;
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
