import { Button, ColorSwatch, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  describeTag,
  type EntryType,
  entryTypes,
  forgetTagMeaning,
  type ListedTag,
  listTags,
} from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

type Described = Pick<ListedTag, 'tag' | 'type' | 'description' | 'colour'>;

/** When to give a tag; who manages the knowledge base changes it. */
export function TagMeaning({ tag, mayManage }: { readonly tag: Described; readonly mayManage: boolean }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const forget = useRouteMutation(forgetTagMeaning, { stales: [listTags] });
  if (isOpen) return <MeaningForm tag={tag} onDone={() => setOpen(false)} />;
  const { type, description, colour } = tag;
  const isDescribed = type !== null || description !== null || colour !== null;
  return (
    <Group gap="xs">
      {colour !== null && <ColorSwatch color={colour} size={14} withShadow={false} aria-hidden />}
      <span>
        {type !== null && `${t(`knowledge.type.${type}`)}: `}
        {description ?? '–'}
      </span>
      {mayManage && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('knowledge.tags.describe', { tag: tag.tag })}
          onClick={() => setOpen(true)}
        >
          {t('knowledge.tags.edit')}
        </Button>
      )}
      {mayManage && isDescribed && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('knowledge.tags.forget-meaning', { tag: tag.tag })}
          loading={forget.isPending}
          onClick={() => forget.mutate({ params: { tag: tag.tag } })}
        >
          {t('knowledge.tags.remove')}
        </Button>
      )}
      {forget.isError && <ProblemNotice error={forget.error} />}
    </Group>
  );
}

/** Of a native colour field, which knows no emptiness. */
const plainColour = '#607d8b';

function MeaningForm({ tag, onDone }: { readonly tag: Described; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [type, setType] = useState<EntryType | ''>(tag.type ?? '');
  const [description, setDescription] = useState(tag.description ?? '');
  const [colour, setColour] = useState(tag.colour ?? plainColour);
  const describe = useRouteMutation(describeTag, { stales: [listTags], onSuccess: onDone });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const said = description.trim();
    const body = { type: type === '' ? null : type, description: said === '' ? null : said, colour };
    describe.mutate({ params: { tag: tag.tag }, body });
  }
  const types = [
    { value: '', label: t('knowledge.tags.all-types') },
    ...entryTypes.map((value) => ({ value, label: t(`knowledge.type.${value}`) })),
  ];
  return (
    <form onSubmit={submit}>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label={`${t('knowledge.tags.type')}: ${tag.tag}`}
          value={type}
          data={types}
          onChange={({ currentTarget: { value } }) => setType(entryTypes.find((one) => one === value) ?? '')}
        />
        <TextInput
          size="xs"
          aria-label={`${t('knowledge.tags.meaning')}: ${tag.tag}`}
          value={description}
          onChange={({ currentTarget: { value } }) => setDescription(value)}
          maxLength={200}
        />
        <TextInput
          size="xs"
          type="color"
          w="3rem"
          aria-label={`${t('knowledge.tags.colour')}: ${tag.tag}`}
          value={colour}
          onChange={({ currentTarget: { value } }) => setColour(value)}
        />
        <Button type="submit" size="xs" variant="default" loading={describe.isPending}>
          {t('knowledge.tags.save')}
        </Button>
      </Group>
      {describe.isError && <ProblemNotice error={describe.error} />}
    </form>
  );
}

/** A tag that no entry has yet. */
export function NewTag() {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const describe = useRouteMutation(describeTag, { stales: [listTags], onSuccess: () => setName('') });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const body = { type: null, description: null, colour: null };
    if (name.trim() !== '') describe.mutate({ params: { tag: name.trim() }, body });
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" mt="sm">
        <TextInput
          size="xs"
          aria-label={t('knowledge.tags.new-tag')}
          placeholder={t('knowledge.tags.new-tag')}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          maxLength={60}
        />
        <Button type="submit" size="xs" variant="default" loading={describe.isPending}>
          {t('knowledge.tags.new')}
        </Button>
      </Group>
      {describe.isError && <ProblemNotice error={describe.error} />}
    </form>
  );
}
