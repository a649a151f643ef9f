/** notify ← knowledge: followers hear that an entry changed, who curates gets the report of the week. */
import { instant } from '#kernel/brands';
import { type CurationReport, curationMade, type FollowedChange, type Knowledge, knowledgeEvents } from '#knowledge';
import { onEvent, type Subscriber } from '#platform/events';
import type { Translator } from '#platform/i18n';
import { type Letter, leadingTo, type Notice, type Notifier } from '#platform/notify';
import type { Actor } from '#platform/unit-of-work';

export interface KnowledgeToPeople {
  readonly knowledge: Pick<Knowledge, 'tellFollowers' | 'tellOfCuration'>;
  readonly notifier: Pick<Notifier, 'sendTo'>;
  /** Address of this site, for links; undefined where none is configured. */
  readonly site: string | undefined;
  /** Who gets the report of the week. */
  readonly curationTargets: () => readonly string[];
  readonly now: () => number;
}

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

export function knowledgeToPeople(deps: KnowledgeToPeople): Subscriber {
  const { knowledge, notifier } = deps;
  return {
    name: 'app.knowledge-to-people',
    // Followers hear of what happens from now on, not of what was saved before this version of Kura.
    from: 'now',
    reactions: [
      onEvent(knowledgeEvents.entrySaved, async ({ payload: { id, created } }) => {
        if (created) return;
        await knowledge.tellFollowers(kura, id, async (tx, change) => {
          const notice = noticeOf(deps, followedOf(change));
          const targets = change.persons.map((person) => `user:${person}`);
          await notifier.sendTo(tx, {
            notice,
            targets,
            letter: (translator) => followedLetter(change, deps.site, translator),
            files: [],
          });
        });
      }),
      onEvent(curationMade, async ({ payload: { report } }) => {
        await knowledge.tellOfCuration(kura, report, async (tx, made) => {
          const notice = noticeOf(deps, curationOf(made));
          await notifier.sendTo(tx, {
            notice,
            targets: deps.curationTargets(),
            letter: (translator) => curationLetter(made, deps.site, translator),
            files: [],
          });
        });
      }),
    ],
  };
}

type Told = Pick<Notice, 'id' | 'kind' | 'subject' | 'title' | 'lines' | 'path'>;

function noticeOf({ now }: Pick<KnowledgeToPeople, 'now'>, told: Told): Notice {
  return {
    ...told,
    event: 'raised',
    severity: 'info',
    level: 0,
    tags: [],
    site: null,
    owner: null,
    at: instant(new Date(now())),
  };
}

function followedOf({ id, title, version, changedBy }: FollowedChange): Told {
  return {
    id: `knowledge-followed:${id}:${version}`,
    kind: 'knowledge.followed',
    subject: { kind: 'knowledge-entry', id, name: title },
    title: { key: 'app.followed-changed', params: { title } },
    lines: [{ key: 'app.followed-by', params: { by: changedBy, version } }],
    path: `/knowledge/entries/${id}`,
  };
}

function followedLetter(change: FollowedChange, site: string | undefined, { text }: Translator): Letter {
  const { id, title, version, changedBy } = change;
  return {
    subject: text('app.followed-changed', { title }),
    paragraphs: [text('app.followed-by', { by: changedBy, version }), text('app.followed-why')],
    ...leadingTo(site, `/knowledge/entries/${id}`, text('app.followed-open')),
  };
}

const curationPath = '/knowledge/usage';

function curationOf({ id, from, to }: CurationReport): Told {
  return {
    id: `knowledge-curation:${id}`,
    kind: 'knowledge.curation',
    subject: { kind: 'knowledge-curation-report', id, name: `${from} – ${to}` },
    title: { key: 'app.curation-made', params: { from, to } },
    lines: [{ key: 'app.curation-where' }],
    path: curationPath,
  };
}

function curationLetter(report: CurationReport, site: string | undefined, { text, number }: Translator): Letter {
  const { from, to, overdue, review, unread, doubted, tasks, duplicates, recurrences, withoutHit } = report;
  const searched = withoutHit.map(({ query, searches }) => `${query} (${number(searches)})`).join(', ');
  return {
    subject: text('app.curation-made', { from, to }),
    paragraphs: [
      text('app.curation-entries', {
        overdue: number(overdue.total),
        review: number(review.total),
        unread: number(unread.total),
        doubted: number(doubted.total),
      }),
      text('app.curation-work', {
        open: number(tasks.open),
        late: number(tasks.late),
        duplicates: number(duplicates),
        recurrences: number(recurrences),
      }),
      ...(searched === '' ? [] : [text('app.curation-searched', { searched })]),
      text('app.curation-where'),
    ],
    ...leadingTo(site, curationPath, text('app.curation-open')),
  };
}
