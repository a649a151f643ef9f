import '../../../ui/stacking-table.css';

import { Anchor, Button, Group, Table, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { forgetTagAlias, type ListedTag, listTags, renameTag, searchKnowledge } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { NewTag, TagMeaning } from './tag-meaning.tsx';

/** All tags; who manages the knowledge base renames and joins them. */
export function TagsPage() {
  const { t } = useTexts();
  const query = useRouteQuery(listTags, { query: { limit: 500 } });
  const mayManage = useMay('knowledge:manage');
  return (
    <>
      <Anchor component={Link} to="/knowledge/search" size="sm">
        {t('knowledge.back')}
      </Anchor>
      <PageHeader title={t('knowledge.tags')} lead={t('knowledge.tags.lead')} />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? <EmptyNote title={t('knowledge.tags.none')} /> : <TagTable items={items} />
        }
      </QueryView>
      {mayManage && <NewTag />}
    </>
  );
}

function TagTable({ items }: { readonly items: readonly ListedTag[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const mayManage = useMay('knowledge:manage');
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('knowledge.tags')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('knowledge.tags.tag')}</Table.Th>
          <Table.Th>{t('knowledge.tags.entries')}</Table.Th>
          <Table.Th>{t('knowledge.tags.meaning')}</Table.Th>
          <Table.Th>{t('knowledge.tags.aliases')}</Table.Th>
          {mayManage && <Table.Th>{t('knowledge.tags.rename')}</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ tag, entries, aliases, type, description, colour }) => (
          <Table.Tr key={tag}>
            <Table.Td data-label={t('knowledge.tags.tag')}>
              <Link to="/knowledge/search" search={{ tag: [tag] }}>
                {tag}
              </Link>
            </Table.Td>
            <Table.Td data-label={t('knowledge.tags.entries')}>{format.number(entries)}</Table.Td>
            <Table.Td data-label={t('knowledge.tags.meaning')}>
              <TagMeaning tag={{ tag, type, description, colour }} mayManage={mayManage} />
            </Table.Td>
            <Table.Td data-label={t('knowledge.tags.aliases')}>
              <Aliases aliases={aliases} mayManage={mayManage} />
            </Table.Td>
            {mayManage && (
              <Table.Td data-label={t('knowledge.tags.rename')}>
                <RenameTag tag={tag} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Aliases({ aliases, mayManage }: { readonly aliases: readonly string[]; readonly mayManage: boolean }) {
  const { t } = useTexts();
  const forget = useRouteMutation(forgetTagAlias, { stales: [listTags] });
  if (aliases.length === 0) return '–';
  return (
    <Group gap="xs">
      {aliases.map((alias) => (
        <span key={alias} className="k-tag">
          {alias}
          {mayManage && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('knowledge.tags.forget', { alias })}
              onClick={() => forget.mutate({ params: { alias } })}
            >
              ×
            </Button>
          )}
        </span>
      ))}
      {forget.isError && <ProblemNotice error={forget.error} />}
    </Group>
  );
}

function RenameTag({ tag }: { readonly tag: string }) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const rename = useRouteMutation(renameTag, { stales: [listTags, searchKnowledge] });
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '' && name.trim() !== tag) rename.mutate({ params: { tag }, body: { name } });
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs">
        <TextInput
          size="xs"
          aria-label={t('knowledge.tags.new-name', { tag })}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          maxLength={60}
        />
        <Button type="submit" size="xs" variant="default" loading={rename.isPending}>
          {t('knowledge.tags.rename')}
        </Button>
      </Group>
      {rename.isError && <ProblemNotice error={rename.error} />}
    </form>
  );
}
