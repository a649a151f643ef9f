/** Files beside entries. */
import { implement, nameFile, type RequestContext, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { type ReadFile, readAttachmentView } from '../core/attachments/attachments.ts';
import type { Knowledge } from '../knowledge.ts';
import { readerOf, writerOf } from './request-callers.ts';

export function attachmentRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.listAttachments, async ({ params }, { caller }) => ({
      items: await knowledge.attachments(readerOf(caller), params.id),
    })),
    implement(contract.addAttachment, ({ params, body }, context) => {
      const file = { ...body, bytes: Buffer.from(body.content, 'base64') };
      return knowledge.attach(writerOf(context), params.id, file, context.signal);
    }),
    implement(contract.readAttachment, async ({ params }, { caller }) =>
      readAttachmentView(await knowledge.readAttachment(readerOf(caller), params.id, params.name)),
    ),
    implement(contract.downloadAttachment, async ({ params }, context) => {
      const file = await knowledge.readAttachment(readerOf(context.caller), params.id, params.name);
      setFileHeaders(file, context);
      return file.bytes;
    }),
    implement(contract.removeAttachment, async ({ params }, context) => {
      await knowledge.detach(writerOf(context), params.id, params.name);
      return undefined;
    }),
  ];
}

/** A page may show a picture; everything else is a file to be saved, and none of it acts as a page of this site. */
function setFileHeaders({ attachment }: ReadFile, context: RequestContext): void {
  const { name, mediaType, sha256 } = attachment;
  nameFile(context, { name, mediaType: mediaType.startsWith('image/') ? mediaType : 'application/octet-stream' });
  context.reply.header('etag', `"${sha256}"`);
}
