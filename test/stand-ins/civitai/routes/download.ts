/** GET /api/download/models/:versionId: checks in the order of the contract note §4.2, then a signed link. */
import { z } from 'zod';
import type { CatalogueFile, CatalogueVersion } from '../catalogue/entities.ts';
import { modelFileTypes } from '../catalogue/enumerations.ts';
import { signLink } from '../storage/signed-link.ts';
import { type Answer, refusal, type Site, type SiteRequest } from './exchange.ts';
import { chooseFile } from './file-choice.ts';
import { pathId } from './query-schema.ts';

const querySchema = z.object({
  modelVersionId: pathId,
  fileId: z.coerce.number().int().optional(),
  type: z.enum([...modelFileTypes, 'Lattice Core']).optional(),
  format: z.enum(['SafeTensor', 'PickleTensor', 'GGUF', 'Diffusers', 'Core ML', 'ONNX', 'Other']).optional(),
  size: z.enum(['full', 'pruned']).optional(),
  fp: z.string().max(64).optional(),
  quantType: z.string().max(64).optional(),
});

const messages = {
  disabled: 'The creator of this asset has disabled downloads on this file',
  login: 'The creator of this asset requires you to be logged in to download it',
  early: 'This asset is in Early Access. You can use Buzz access it now!',
} as const;

export function downloadFile(site: Site, request: SiteRequest): Answer {
  const raw = decodeURIComponent(request.path.split('/').at(-1) ?? '');
  const parsed = querySchema.safeParse({ ...Object.fromEntries(request.query), modelVersionId: raw });
  if (!parsed.success) return forBrowser(request, refusal(400, z.prettifyError(parsed.error)));
  const found = site.catalogue.version(parsed.data.modelVersionId);
  if (found === undefined || found.version.status !== 'Published' || found.model.poi || found.model.nsfwLevel === 0) {
    return forBrowser(request, refusal(404, 'File not found'));
  }
  const { model, version } = found;
  if (model.mode === 'Archived') return forBrowser(request, refusal(410, 'Model archived, not available for download'));
  const gate = gateOf(request, version);
  if (gate !== undefined) return gate;
  const { fileId, ...selectors } = parsed.data;
  const file =
    fileId === undefined
      ? chooseFile(version, selectors, request.account)
      : version.files.find((own) => own.id === fileId);
  return file === undefined ? forBrowser(request, refusal(404, 'File not found')) : redirect(site, request, file);
}

function gateOf(request: SiteRequest, version: CatalogueVersion): Answer | undefined {
  const granted = request.account?.grants?.includes(version.id) === true;
  if (version.usageControl !== 'Download') {
    return forBrowser(request, refusal(401, 'Unauthorized', { message: messages.disabled }));
  }
  // On HEAD the real handler loses the session: a valid token gets 401 too.
  if (version.requiresLogin && (request.account === undefined || request.method === 'HEAD')) {
    return wantsText(request)
      ? {
          status: 307,
          headers: { location: `/login?returnUrl=${encodeURIComponent(request.path)}&reason=download-auth` },
          cache: 'none',
        }
      : refusal(401, 'Unauthorized', { message: messages.login });
  }
  if (version.paidAccess !== null && !granted) {
    const { endsAt } = version.paidAccess;
    return wantsText(request)
      ? { status: 307, headers: { location: `/model-versions/${version.id}` }, cache: 'none' }
      : refusal(403, 'Early Access', { ...(endsAt === null ? {} : { deadline: endsAt }), message: messages.early });
  }
  if (version.requiresGrant && !granted) {
    return forBrowser(request, refusal(403, 'You do not have access to download this file'));
  }
  return undefined;
}

function redirect(site: Site, request: SiteRequest, file: CatalogueFile): Answer {
  const location =
    request.effects.redirectTo ??
    signLink(site, {
      fileId: file.id,
      name: file.name,
      userId: request.account?.id ?? 0,
      lifetimeSeconds: request.effects.linkLifetimeSeconds ?? site.linkLifetimeSeconds,
    });
  return { status: 307, headers: { location, 'cache-control': 'no-store, max-age=0' }, cache: 'none' };
}

/** A user agent that looks like a browser gets sentences instead of JSON. */
function forBrowser(request: SiteRequest, answer: Answer): Answer {
  if (!wantsText(request)) return answer;
  const { body } = answer;
  const told = typeof body === 'object' && body !== null ? body : {};
  const text = ('message' in told ? told.message : undefined) ?? ('error' in told ? told.error : undefined);
  return { ...answer, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: String(text) };
}

function wantsText(request: SiteRequest): boolean {
  return /mozilla|chrome|safari|firefox|opera|edge/i.test(request.headers['user-agent'] ?? '');
}
