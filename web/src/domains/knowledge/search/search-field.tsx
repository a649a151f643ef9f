import { Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';

import { searchKnowledge, suggestKnowledge } from '#knowledge/contract';

import { api } from '../../../lib/api.ts';
import { routeQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon } from '../../../ui/icon.tsx';

const route = getRouteApi('/inside/knowledge/search');
const typingPauseMs = 150;

interface SearchFieldProps {
  readonly q: string;
  readonly busy: boolean;
  /** The last answer was nothing. */
  readonly isUnanswered: boolean;
}

/** Searches while one types; each pause replaces the address, so that going back leaves the page at once. */
export function SearchField({ q, busy, isUnanswered }: SearchFieldProps) {
  const { t } = useTexts();
  const listId = useId();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q);
  const [settled] = useDebouncedValue(text, typingPauseMs);
  useEffect(() => {
    void navigate({
      search: (before) =>
        settled === (before.q ?? '') ? before : { ...before, q: settled || undefined, offset: undefined },
      replace: true,
    });
  }, [settled, navigate]);
  return (
    <search className="k-knowledge-search">
      <TextInput
        type="search"
        size="md"
        label={t('knowledge.query')}
        description={t('knowledge.query.hint')}
        value={text}
        list={listId}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          if (isUnanswered && q !== '') noteUnanswered(q);
        }}
        leftSection={<Icon name="search" />}
        rightSection={busy && <Loader size="xs" />}
        maxLength={4000}
        spellCheck={false}
      />
      <Suggestions id={listId} typed={settled} />
    </search>
  );
}

function Suggestions({ id, typed }: { readonly id: string; readonly typed: string }) {
  const q = typed.slice(0, 200);
  const { data } = useQuery({ ...routeQuery(suggestKnowledge, { query: { q } }), enabled: q.trim() !== '' });
  const { titles = [], tags = [], words = [] } = data ?? {};
  const values = new Set([...titles.map(({ title }) => title), ...tags.map(({ value }) => value), ...words]);
  return (
    <datalist id={id}>
      {[...values].map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}

/** Asked once more as a whole search: what was searched while typing is not noted. A failure changes nothing here. */
function noteUnanswered(q: string): void {
  api.call(searchKnowledge, { query: { q, limit: 1, match: 'any' } }).catch(() => undefined);
}
