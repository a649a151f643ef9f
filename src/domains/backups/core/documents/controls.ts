/** What auditors say of controls, and ISO 19650 metadata of what is protected. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { ContainerBody, ContainerView, ControlMark } from '../../contract/index.ts';
import {
  deleteContainer,
  findContainers,
  findMarks,
  insertMark,
  saveContainer,
} from '../../store/documents/control-store.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireJob } from '../register/find-registered.ts';

export interface Controls {
  /** By control, the mark that was made last; controls without one are missing. */
  marks(): Promise<ReadonlyMap<ControlMark['control'], ControlMark>>;
  mark(actor: Actor, mark: Pick<ControlMark, 'control' | 'mark' | 'note'>): Promise<ControlMark>;
  containers(): Promise<readonly ContainerView[]>;
  /** @throws KuraError `backups.job-not-found`, conflict `backups.container-exists`. */
  putContainer(actor: Actor, job: string, body: ContainerBody): Promise<ContainerView>;
  /** @throws KuraError not-found `backups.container-not-found`. */
  removeContainer(actor: Actor, job: string): Promise<void>;
}

export function createControls(context: BackupsContext): Controls {
  const { database, clock, unitOfWork } = context;
  function reads() {
    return database.tables<DocumentTables>();
  }
  return {
    marks: async () => new Map((await findMarks(reads())).map((mark) => [mark.control, mark])),
    async mark(actor, wanted) {
      const mark = { ...wanted, by: actor.name, at: nowInstant(clock) };
      await unitOfWork.write(actor, async (tx) => {
        await insertMark(tx.tables<DocumentTables>(), mark);
        const subject = { kind: 'control', id: mark.control };
        const after = { mark: mark.mark, note: mark.note };
        await tx.audit({ action: 'backups.mark-control', category: 'compliance', subject, result: 'done', after });
      });
      return mark;
    },
    containers: () => findContainers(reads()),
    putContainer: (actor, job, body) => putContainer(context, actor, job, body),
    async removeContainer(actor, job) {
      await unitOfWork.write(actor, async (tx) => {
        if (!(await deleteContainer(tx.tables<DocumentTables>(), job))) {
          throw new KuraError('not-found', 'backups.container-not-found', { params: { job } });
        }
        const subject = { kind: 'backup-job', id: job };
        await tx.audit({ action: 'backups.remove-container', subject, result: 'done' });
      });
    },
  };
}

async function putContainer(
  context: BackupsContext,
  actor: Actor,
  key: string,
  body: ContainerBody,
): Promise<ContainerView> {
  const job = await requireJob(context, key);
  const code = codeOf(body);
  const at = nowInstant(context.clock);
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<DocumentTables>();
    const other = (await findContainers(tables)).find((one) => one.code === code && one.job !== key);
    if (other !== undefined) {
      throw new KuraError('conflict', 'backups.container-exists', { params: { code, job: other.job } });
    }
    await saveContainer(tables, { job: key, code, body, at });
    const subject = { kind: 'backup-job', id: key, name: job.title };
    const after = { code, status: body.status, revision: body.revision };
    await tx.audit({ action: 'backups.put-container', subject, result: 'done', after });
  });
  return { ...body, job: key, code, updatedAt: at };
}

/** The fields in the order of the naming convention of ISO 19650-2, national annexes. */
function codeOf({ project, originator, volume, level, type, role, number }: ContainerBody): string {
  return [project, originator, volume, level, type, role, number].join('-').toUpperCase();
}
