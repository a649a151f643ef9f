/** A folder as a page for browsers and as a WebDAV answer (RFC 4918) for file managers. */
import type { FolderItem } from './snapshot-folders.ts';

export interface FolderView {
  /** Address of the folder, percent-encoded, ending with a slash. */
  readonly href: string;
  readonly self: FolderItem;
  readonly items: readonly FolderItem[];
}

export function htmlPage({ href, items }: FolderView): string {
  const title = escapeXml(shown(decodeURIComponentBytes(href)));
  const up = href === '/' ? '' : '<li><a href="../">..</a></li>';
  const rows = items.map((item) => {
    const size = item.folder ? '' : ` ${item.sizeBytes}`;
    return `<li><a href="${hrefOf(item)}">${escapeXml(shown(item.name))}</a>${size}</li>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><ul>${up}${rows.join('')}</ul>\n`;
}

/** `Depth: 0` asks for the folder or file itself, `Depth: 1` for what lies in it as well. */
export function multiStatus({ href, self, items }: FolderView): string {
  const own = response(href, self);
  const inner = items.map((item) => response(`${href}${hrefOf(item)}`, item));
  return `<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus xmlns:D="DAV:">${[own, ...inner].join('')}</D:multistatus>\n`;
}

/** Percent-encoded bytes of a name given as latin1. */
export function encodeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._~-]/g, (byte) => {
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** Bytes of a percent-encoded path as latin1; broken escapes stay as they are. */
export function decodeURIComponentBytes(path: string): string {
  return path.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function hrefOf({ name, folder }: FolderItem): string {
  return `${encodeName(name)}${folder ? '/' : ''}`;
}

function response(href: string, item: FolderItem): string {
  const kind = item.folder
    ? '<D:resourcetype><D:collection/></D:resourcetype>'
    : `<D:resourcetype/><D:getcontentlength>${item.sizeBytes}</D:getcontentlength>`;
  const name = `<D:displayname>${escapeXml(shown(item.name))}</D:displayname>`;
  const time = `<D:getlastmodified>${item.modified.toUTCString()}</D:getlastmodified>`;
  const props = `<D:prop>${name}${kind}${time}</D:prop><D:status>HTTP/1.1 200 OK</D:status>`;
  return `<D:response><D:href>${escapeXml(href)}</D:href><D:propstat>${props}</D:propstat></D:response>`;
}

function shown(name: string): string {
  return Buffer.from(name, 'latin1').toString('utf8');
}

/** Control characters have no place in XML, not even escaped. */
function escapeXml(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (sign) => named[sign] ?? sign).replaceAll(/\p{Cc}/gu, '\u{FFFD}');
}
