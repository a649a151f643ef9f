/** The API reference as one plain page without script, from the same contracts (P-050). */

import { z } from 'zod';
import { escapeHtml } from '#kernel/escape-html';

import type { RouteContract } from '#platform/contract';
import type { Translator } from '#platform/i18n';

export function referencePage(routes: readonly RouteContract[], translator: Translator, nonce: string): string {
  const title = translator.text('http.docs-title');
  const sections = routes
    .toSorted((left, right) => left.path.localeCompare(right.path) || left.method.localeCompare(right.method))
    .map((route) => section(route, translator))
    .join('\n');
  return `<!doctype html>
<html lang="${translator.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style nonce="${nonce}">
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font-family:ui-monospace,monospace;font-size:.875em}pre{overflow:auto;padding:.75rem;border:1px solid #8884;border-radius:.5rem}
article{border-top:1px solid #8884;padding:1rem 0}h2{font-size:1.05rem;margin:0}.method{font-weight:700}</style></head>
<body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(translator.text('http.api-description'))}</p>
<p><a href="/api/openapi.json">/api/openapi.json</a></p>
${sections}</body></html>`;
}

function section(route: RouteContract, translator: Translator): string {
  const access =
    typeof route.access === 'object'
      ? `${translator.text('http.docs-public')}: ${route.access.public}`
      : `${translator.text('http.docs-permission')}: ${route.access}`;
  const schemas = [
    ['query', route.query],
    ['body', route.body],
    ['output', route.output],
  ] as const;
  const details = schemas
    .filter(
      ([, schema]) =>
        !(schema instanceof z.ZodUndefined) &&
        !(schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0),
    )
    .map(
      ([name, schema]) => `<details><summary>${name}</summary><pre>${escapeHtml(schemaText(schema))}</pre></details>`,
    )
    .join('');
  return `<article id="${escapeHtml(route.id)}"><h2><span class="method">${route.method}</span> <code>${escapeHtml(route.path)}</code></h2>
<p>${escapeHtml(translator.text(`route.${route.id}`))}<br><small>${escapeHtml(access)}</small></p>${details}</article>`;
}

function schemaText(schema: z.ZodType): string {
  return JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }), null, 2);
}
