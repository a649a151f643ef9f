import '../entries/entry-page.css';

import { Anchor, Button, Group, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { listFaq } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { FaqCandidates } from './faq-candidates.tsx';
import { FaqForm } from './faq-form.tsx';
import { FaqQuestion } from './faq-question.tsx';

const route = getRouteApi('/inside/knowledge/faq');

/** Questions that are asked again and again; who writes here adds some and sees what is worth one. */
export function FaqPage() {
  const { t } = useTexts();
  const may = useMay('knowledge:write');
  const { q = '', category } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q);
  const [isWriting, setWriting] = useState(false);
  const query = useRouteQuery(listFaq, {
    query: { ...(q === '' ? {} : { q }), ...(category === undefined ? {} : { category }) },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    void navigate({ search: { q: text.trim() || undefined, category } });
  }
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader
        title={t('knowledge.faq')}
        lead={t('knowledge.faq.lead')}
        actions={may && <Button onClick={() => setWriting(!isWriting)}>{t('knowledge.faq.new')}</Button>}
      />
      {isWriting && <FaqForm onDone={() => setWriting(false)} />}
      <form onSubmit={submit}>
        <Group align="end" gap="xs" mb="md">
          <TextInput
            flex={1}
            label={t('knowledge.faq.find')}
            value={text}
            onChange={({ currentTarget: { value } }) => setText(value)}
            maxLength={1000}
          />
          <Button type="submit" variant="default">
            {t('knowledge.faq.submit')}
          </Button>
        </Group>
      </form>
      <QueryView query={query}>
        {({ items, categories }) => (
          <>
            <Categories categories={categories} chosen={category} q={q} />
            {items.length === 0 ? (
              <EmptyNote title={t('knowledge.faq.none')} />
            ) : (
              <ul className="k-plain-list k-related" aria-label={t('knowledge.faq')}>
                {items.map((item) => (
                  <FaqQuestion key={item.id} item={item} />
                ))}
              </ul>
            )}
          </>
        )}
      </QueryView>
      {may && <FaqCandidates />}
    </>
  );
}

interface CategoriesProps {
  readonly categories: readonly string[];
  readonly chosen: string | undefined;
  readonly q: string;
}

function Categories({ categories, chosen, q }: CategoriesProps) {
  const { t } = useTexts();
  if (categories.length < 2) return null;
  return (
    <Group gap="xs" mb="md" role="group" aria-label={t('knowledge.faq.category')}>
      {categories.map((category) => (
        <Button
          key={category}
          size="compact-sm"
          variant={category === chosen ? 'filled' : 'default'}
          aria-pressed={category === chosen}
          renderRoot={(props) => (
            <Link
              {...props}
              to="/knowledge/faq"
              search={{ q: q || undefined, category: category === chosen ? undefined : category }}
            />
          )}
        >
          {category}
        </Button>
      ))}
    </Group>
  );
}
