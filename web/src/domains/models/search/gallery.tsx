import { Anchor, Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type GalleryImage, readGallery } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';

/** Pictures that others made with a model. Asked of the site only on request, and never loaded from it (CSP). */
export function Gallery({ modelId }: { readonly modelId: number }) {
  const { t } = useTexts();
  const [isWanted, setWanted] = useState(false);
  return (
    <section className="k-card k-version" aria-label={t('models.gallery.title')}>
      <header>
        <h2>{t('models.gallery.title')}</h2>
        {!isWanted && (
          <Button size="compact-sm" variant="default" onClick={() => setWanted(true)}>
            {t('models.gallery.ask')}
          </Button>
        )}
      </header>
      <p>{t('models.gallery.lead')}</p>
      {isWanted && <Pictures modelId={modelId} />}
    </section>
  );
}

function Pictures({ modelId }: { readonly modelId: number }) {
  const { t } = useTexts();
  const asked = { model: modelId, sort: 'Newest', limit: 12 } as const;
  const pictures = useInfiniteQuery({
    queryKey: routeKey(readGallery, asked),
    queryFn: ({ pageParam, signal }) => api.call(readGallery, { query: { ...asked, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  });
  if (pictures.isError) return <ProblemNotice error={pictures.error} onRetry={() => void pictures.refetch()} />;
  if (pictures.data === undefined) return <Waiting />;
  const { pages } = pictures.data;
  const items = pages.flatMap((page) => page.items);
  const last = pages.at(-1);
  return (
    <>
      {items.length === 0 ? (
        <EmptyNote title={t('models.gallery.none')} />
      ) : (
        <ul className="k-plain-list">
          {items.map((image) => (
            <Picture key={image.imageId ?? image.url} image={image} />
          ))}
        </ul>
      )}
      {[...new Set(pages.flatMap(({ warnings }) => warnings.map(({ message }) => message)))].map((message) => (
        <p key={message}>{message}</p>
      ))}
      {last?.error !== undefined && <p role="alert">{last.error.message}</p>}
      {pictures.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={pictures.isFetchingNextPage}
          onClick={() => void pictures.fetchNextPage()}
        >
          {t('models.gallery.more')}
        </Button>
      )}
    </>
  );
}

function Picture({ image }: { readonly image: GalleryImage }) {
  const { t } = useTexts();
  const format = useFormat();
  const { generation, creator, createdAt, reactions } = image;
  return (
    <li className="k-picture">
      <p>
        <Anchor href={image.pageUrl ?? image.url} target="_blank" rel="noreferrer" size="sm">
          {t('models.gallery.open')} <Icon name="external" size={13} />
        </Anchor>
        {creator !== null && <span>{creator}</span>}
        {createdAt !== null && <Moment at={createdAt} />}
        <span>{t('models.gallery.reactions', { reactions: format.number(reactions) })}</span>
      </p>
      {generation === null ? <p>{t('models.gallery.no-prompt')}</p> : <Generation generation={generation} />}
    </li>
  );
}

function Generation({ generation }: { readonly generation: NonNullable<GalleryImage['generation']> }) {
  const { t } = useTexts();
  const { prompt, negativePrompt, withheld, sampler, steps, cfgScale, seed, size, model } = generation;
  const facts = [
    sampler,
    steps === null ? null : t('models.gallery.steps', { steps }),
    cfgScale === null ? null : `CFG ${cfgScale}`,
    seed === null ? null : t('models.gallery.seed', { seed }),
    size,
    model,
  ].filter((fact) => fact !== null);
  return (
    <dl>
      {prompt !== null && <Words term={t('models.gallery.prompt')} words={prompt} />}
      {negativePrompt !== null && <Words term={t('models.gallery.negative')} words={negativePrompt} />}
      {withheld && <Words term={t('models.gallery.negative')} words={t('models.gallery.withheld')} />}
      {facts.length > 0 && <Words term={t('models.gallery.settings')} words={facts.join(', ')} />}
    </dl>
  );
}

function Words({ term, words }: { readonly term: string; readonly words: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{words}</dd>
    </div>
  );
}
