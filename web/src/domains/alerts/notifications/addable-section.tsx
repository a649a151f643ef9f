import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';

import { useMay } from '../../../lib/session.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

interface AddableSectionProps<Item> {
  readonly words: { readonly title: string; readonly lead?: string; readonly add: string; readonly none: string };
  readonly query: UseQueryResult<{ readonly items: readonly Item[] }>;
  readonly form: (onDone: () => void) => ReactNode;
  /** An item of the list with its key. */
  readonly item: (item: Item) => ReactNode;
}

/** A list that whoever may configure adds to. */
export function AddableSection<Item>({ words, query, form, item }: AddableSectionProps<Item>) {
  const titleId = useId();
  const mayConfigure = useMay('system:configure');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <section className="k-card k-alerts-card" aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{words.title}</h2>
        {mayConfigure && !isAdding && (
          <Button size="xs" variant="default" onClick={() => setIsAdding(true)}>
            {words.add}
          </Button>
        )}
      </header>
      {words.lead !== undefined && <p className="k-alerts-dim">{words.lead}</p>}
      {isAdding && form(() => setIsAdding(false))}
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={words.none} />
          ) : (
            <ul className="k-plain-list k-alerts-list">{items.map(item)}</ul>
          )
        }
      </QueryView>
    </section>
  );
}
