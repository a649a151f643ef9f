/** `kura models images WHAT`: pictures others made with a model, and how (M-050). */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { type GalleryAnswer, type GalleryImage, galleryQuerySchema, readGallery } from '../contract/index.ts';
import type { Models } from '../models.ts';
import { siteSubject } from './site-subject.ts';

/** What a command line can say of a gallery; the subject is read from a reference. */
const { model: _model, version: _version, ...asked } = galleryQuerySchema.shape;

export const imagesCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'images'],
  arguments: [{ name: 'what' }],
  options: [
    { flags: '--creator <name>' },
    { flags: '--nsfw <rating>' },
    { flags: '--sort <sort>' },
    { flags: '--period <period>' },
    { flags: '--width <pixels>' },
    { flags: '--limit <n>' },
    { flags: '--cursor <cursor>' },
    { flags: '--refresh' },
  ],
  remote: true,
  input: z.object({ ...asked, what: z.string().trim().min(1).optional(), refresh: z.boolean().default(false) }),
  async run({ what, ...rest }, { call, out, translator }) {
    const answer = await call(readGallery, { query: { ...rest, ...(what === undefined ? {} : siteSubject(what)) } });
    for (const { message } of answer.warnings) out.warn(message);
    if (answer.error !== undefined) out.warn(translator.text('cli.models.images.cut-short', answer.error));
    out.result(answer, () => renderGallery(answer, translator));
    return answer.stopped === 'limit' || answer.stopped === 'end' ? exitCodes.done : exitCodes.partlyDone;
  },
});

function renderGallery(answer: GalleryAnswer, translator: Translator): string {
  const hidden = answer.stages.find(({ filter }) => filter === 'nsfw');
  const left = hidden === undefined ? 0 : hidden.in - hidden.out;
  return [
    ...answer.items.map((image) => renderImage(image, translator)),
    ...(answer.items.length === 0 ? [translator.text('cli.models.images.nothing')] : []),
    ...(left === 0 ? [] : [translator.text('cli.models.images.left-out', { count: left })]),
    ...(answer.order.by === 'kura'
      ? [translator.text('cli.models.images.sorted-here', { sort: answer.order.used })]
      : []),
    ...(answer.asOf === null ? [] : [translator.text('cli.models.images.as-of', { at: translator.time(answer.asOf) })]),
    ...(answer.nextCursor === undefined
      ? []
      : [translator.text('cli.models.images.go-on', { cursor: answer.nextCursor })]),
  ].join('\n');
}

function renderImage(image: GalleryImage, translator: Translator): string {
  const { generation } = image;
  const head = [
    image.pageUrl ?? image.url,
    translator.text('cli.models.images.counts', {
      reactions: translator.number(image.reactions),
      comments: translator.number(image.comments),
    }),
    image.creator,
    image.createdAt === null ? null : translator.day(image.createdAt),
  ];
  const lines = [joined(head, '  '), ...(image.pageUrl === null ? [] : [`  ${image.url}`])];
  if (generation === null) return [...lines, `  ${translator.text('cli.models.images.no-prompt')}`, ''].join('\n');
  const { prompt, negativePrompt, withheld, seed, sampler, steps, cfgScale, model, size } = generation;
  const facts = joined(
    [
      sampler,
      steps === null ? null : translator.text('cli.models.images.steps', { steps }),
      cfgScale === null ? null : `CFG ${cfgScale}`,
      seed === null ? null : translator.text('cli.models.images.seed', { seed }),
      size,
      model,
    ],
    ', ',
  );
  const negative = withheld ? translator.text('cli.models.images.withheld') : negativePrompt;
  return [
    ...lines,
    ...(facts === '' ? [] : [`  ${plain(facts)}`]),
    ...(prompt === null ? [] : [`  + ${plain(prompt)}`]),
    ...(negative === null ? [] : [`  − ${plain(negative)}`]),
    '',
  ].join('\n');
}

function joined(parts: readonly (string | null)[], between: string): string {
  return parts.filter((part) => part !== null && part !== '').join(between);
}

/** Strangers' words on one line, without what a terminal would obey. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
