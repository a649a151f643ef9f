import { Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';

import { adviseEntry, type EntryAdvice } from '#knowledge/contract';

import { routeQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import type { EntryDraft } from './entry-draft.ts';

interface EntryAdviceProps {
  readonly draft: EntryDraft;
  readonly onChange: (change: Partial<EntryDraft>) => void;
}

const pauseMs = 1000;
/** A type that is less likely than that is not worth a button. */
const leastShare = 0.25;

/** Proposals while somebody writes – a type, tags – and what should not stand in the text. Nothing changes by itself. */
export function EntryAdvicePanel({ draft, onChange }: EntryAdviceProps) {
  const [{ title, body, tags }] = useDebouncedValue(draft, pauseMs);
  const query = routeQuery(adviseEntry, { body: { title, body, tags: [...tags] } });
  const { data } = useQuery({ ...query, enabled: title.length + body.length > 10 });
  if (data === undefined) return null;
  return (
    <>
      <Secrets secrets={data.secrets} />
      <Personal personal={data.personal} />
      <Proposals draft={draft} advice={data} onChange={onChange} />
    </>
  );
}

function Secrets({ secrets }: Pick<EntryAdvice, 'secrets'>) {
  const { t } = useTexts();
  if (secrets.length === 0) return null;
  return (
    <Notice tone="bad" title={t('knowledge.advice.secrets')}>
      <ul>
        {secrets.map(({ line, kind }) => (
          <li key={`${line} ${kind}`}>{t(`knowledge.advice.${kind}`, { line })}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Personal({ personal }: Pick<EntryAdvice, 'personal'>) {
  const { t } = useTexts();
  if (personal.length === 0) return null;
  return (
    <Notice tone="warn" title={t('knowledge.advice.personal')}>
      <ul>
        {personal.map(({ line, kind }) => (
          <li key={`${line} ${kind}`}>{t(`knowledge.finding.${kind}`, { line })}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Proposals({ draft, advice, onChange }: EntryAdviceProps & { readonly advice: EntryAdvice }) {
  const { t } = useTexts();
  const format = useFormat();
  const types = advice.types.filter(({ type, share }) => type !== draft.type && share >= leastShare);
  const tags = advice.tags.filter((tag) => !draft.tags.includes(tag));
  if (types.length + tags.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('knowledge.advice')}>
      <small>{t('knowledge.advice')}:</small>
      {types.map(({ type, share, because }) => (
        <Button
          key={type}
          size="compact-sm"
          variant="default"
          title={because.join(', ')}
          onClick={() => onChange({ type })}
        >
          {t(`knowledge.type.${type}`)} {format.percent(share)}
        </Button>
      ))}
      {tags.map((tag) => (
        <Button key={tag} size="compact-sm" variant="default" onClick={() => onChange({ tags: [...draft.tags, tag] })}>
          #{tag}
        </Button>
      ))}
    </Group>
  );
}
