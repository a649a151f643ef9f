/** Tells a file from the page that came instead of it: login forms, error documents, challenges (civitai-api.md §4.2). */
import { extname } from 'node:path';

type Markup = 'html' | 'xml' | 'json';

const acceptedByExtension: Readonly<Record<string, readonly Markup[]>> = {
  '.html': ['html', 'xml'],
  '.htm': ['html', 'xml'],
  '.xhtml': ['html', 'xml'],
  '.svg': ['xml', 'html'],
  '.xml': ['xml'],
  '.json': ['json'],
  '.jsonl': ['json'],
  '.ipynb': ['json'],
  '.txt': ['xml', 'json'],
  '.md': ['xml', 'json'],
};
/** Files that can be nothing but binary: any kind of markup is something else. */
const binaryExtensions = new Set(
  [
    'safetensors',
    'sft',
    'ckpt',
    'pt',
    'pth',
    'pt2',
    'bin',
    'gguf',
    'onnx',
    'pkl',
    'pb',
    'h5',
    'npy',
    'npz',
    'zip',
    '7z',
  ]
    .concat(['rar', 'tar', 'gz', 'xz', 'zst', 'png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'mp4', 'webm', 'iso', 'exe'])
    .map((name) => `.${name}`),
);

/** The kind of markup the Content-Type announces although `target` cannot be that, or undefined when all is well. */
export function wrongType(contentType: string | undefined, target: string): Markup | undefined {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html' || type === 'application/xhtml+xml') return unlessAccepted('html', target);
  if (/[/+]xml$/.test(type)) return unlessAccepted('xml', target);
  return /[/+]json$/.test(type) ? unlessAccepted('json', target) : undefined;
}

/** The kind of markup the first bytes are although `target` cannot be that. */
export function wrongStart(firstBytes: Uint8Array, target: string): Markup | undefined {
  const start = Buffer.from(firstBytes.subarray(0, 512));
  const text = start
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return unlessAccepted('html', target);
  if (/^<\?xml\b|^<Error>/.test(text)) return unlessAccepted('xml', target);
  return /^\{\s*"/.test(text) && isText(start) ? unlessAccepted('json', target) : undefined;
}

/** One binary file in 65,536 begins like JSON by chance; JSON has no control characters and is UTF-8 (RFC 8259). */
function isText(start: Uint8Array): boolean {
  try {
    // A character may be cut at the end.
    return !/[^\P{Cc}\t\n\r]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true }));
  } catch {
    return false;
  }
}

/** An unknown extension takes anything but HTML, which is what a failed download nearly always is. */
function unlessAccepted(kind: Markup, target: string): Markup | undefined {
  const extension = extname(target).toLowerCase();
  if (acceptedByExtension[extension]?.includes(kind)) return undefined;
  return kind === 'html' || binaryExtensions.has(extension) ? kind : undefined;
}
