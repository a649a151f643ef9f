/** `kura models api-watch status | changes | accept | learn | replay`: has the site's API changed? */
import { z } from 'zod';

import { isAtLeast, worstImpact } from '#engines/civitai';
import { type Command, defineCommand, exitCodes, table } from '#platform/cli';
import { describeError, type Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { RecordedAnswers } from '../core/api-watch/read-recorded-answers.ts';
import { describeChange } from '../http/api-watch-routes.ts';
import type { Models } from '../models.ts';
import { exitCodeOf } from './exit-code.ts';

const define = defineCommand<Models>();

function words(name: string): readonly string[] {
  return ['models', 'api-watch', name];
}

export const apiWatchStatusCommand: Command<Models> = define({
  words: words('status'),
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const status = await call(contract.readApiWatch);
    out.result(status, () => renderStatus(status, translator));
    return exitCodes.done;
  },
});

export const apiWatchChangesCommand: Command<Models> = define({
  words: words('changes'),
  options: [{ flags: '--state <state>' }, { flags: '--endpoint <endpoint>' }, { flags: '--impact <impact...>' }],
  remote: true,
  input: contract.listApiChanges.query,
  async run(query, { call, out, translator }) {
    const answer = await call(contract.listApiChanges, { query });
    out.result(answer, () => renderChanges(answer.items, translator));
    return exitCodes.done;
  },
});

export const apiWatchAcceptCommand: Command<Models> = define({
  words: words('accept'),
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: z.object({ id: z.string().min(1) }),
  async run({ id }, { call, out, translator }) {
    const change = await call(contract.acceptApiChange, { params: { id } });
    out.result(change, () => translator.text('cli.models.api-watch.accept.done', { title: change.title }));
    return exitCodes.done;
  },
});

const recordings = {
  arguments: [{ name: 'path', required: true, variadic: true }],
  options: [{ flags: '--endpoint <endpoint>' }],
  input: z.object({ path: z.array(z.string().min(1)).min(1), endpoint: z.string().min(1).optional() }),
};

export const apiWatchLearnCommand: Command<Models> = define({
  words: words('learn'),
  ...recordings,
  async run({ path, endpoint }, { open, out, signal, translator }) {
    const { apiWatch } = await open();
    const { endpoints, skipped } = await apiWatch.learn(path, { endpoint, signal });
    out.result({ endpoints, skipped: presentSkipped(skipped, translator) }, () =>
      [table(endpoints.map((one) => [one.endpoint, String(one.answers)])), ...renderSkipped(skipped, translator)].join(
        '\n',
      ),
    );
    return exitCodeOf({ done: endpoints.length, failed: skipped.length });
  },
});

/** Exit code 5 when a change of high or critical impact was found, 3 when files could not be taken. */
export const apiWatchReplayCommand: Command<Models> = define({
  words: words('replay'),
  ...recordings,
  async run({ path, endpoint }, { open, out, signal, translator }) {
    const { apiWatch } = await open();
    const { answers, changes, unknown, skipped } = await apiWatch.replay(path, { endpoint, signal });
    const worst = worstImpact(changes.map(({ change }) => change));
    const shown = changes.map(({ change, files }) => ({ ...change, ...describeChange(change, translator), files }));
    out.result(
      { answers, worst: worst ?? null, changes: shown, unknown, skipped: presentSkipped(skipped, translator) },
      () =>
        [
          translator.text('cli.models.api-watch.replay.done', { answers, changes: changes.length }),
          ...shown.map((one) => changeLines(one, translator)),
          ...unknown.map((name) => translator.text('cli.models.api-watch.replay.unknown', { endpoint: name })),
          ...renderSkipped(skipped, translator),
        ].join('\n'),
    );
    if (worst !== undefined && isAtLeast(worst, 'high')) return exitCodes.mismatch;
    return exitCodeOf({ done: answers, failed: skipped.length });
  },
});

function renderStatus({ endpoints, open }: contract.ApiWatchStatusView, translator: Translator): string {
  if (endpoints.length === 0) return translator.text('cli.models.api-watch.status.nothing');
  const head = ['endpoint', 'answers', 'fields', 'learned'].map((name) =>
    translator.text(`cli.models.api-watch.column.${name}`),
  );
  const rows = endpoints.map((one) => [
    one.endpoint,
    String(one.answers),
    String(one.fields),
    translator.time(one.learnedAt),
  ]);
  const waiting = Object.entries(open).filter(([, count]) => count > 0);
  const counts = waiting.map(
    ([impact, count]) => `${translator.text(`cli.models.api-watch.impact.${impact}`)} ${count}`,
  );
  const summary = counts.length === 0 ? translator.text('cli.models.api-watch.status.calm') : counts.join(', ');
  return [table([head, ...rows]), translator.text('cli.models.api-watch.status.open', { summary })].join('\n');
}

function renderChanges(changes: readonly contract.ApiChangeView[], translator: Translator): string {
  if (changes.length === 0) return translator.text('cli.models.api-watch.changes.nothing');
  return changes
    .map((change) => {
      const { id, state, sightings, firstSeenAt, lastSeenAt } = change;
      const seen = translator.text('cli.models.api-watch.changes.seen', {
        state: translator.text(`cli.models.api-watch.state.${state}`),
        sightings,
        first: translator.time(firstSeenAt),
        last: translator.time(lastSeenAt),
      });
      return `${changeLines(change, translator)}\n  ${id}  ${seen}`;
    })
    .join('\n');
}

type Told = Pick<contract.ApiChangeView, 'impact' | 'title' | 'advice' | 'endpoint'>;

function changeLines({ impact, title, advice }: Told, translator: Translator): string {
  return `[${translator.text(`cli.models.api-watch.impact.${impact}`)}] ${title}\n  ${advice}`;
}

function presentSkipped(skipped: RecordedAnswers['skipped'], translator: Translator) {
  return skipped.map(({ file, error }) => ({ file, reason: describeError(error, translator).title }));
}

function renderSkipped(skipped: RecordedAnswers['skipped'], translator: Translator): readonly string[] {
  return presentSkipped(skipped, translator).map(({ file, reason }) => `  ${file}: ${reason}`);
}
