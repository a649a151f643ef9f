import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import {
  actionsAt,
  type MediumAction,
  type MediumStage,
  mediumActions,
  mediumStages,
  stageAfter,
} from './medium-life.ts';

/** Every transition there is: a change of the machine has to be made here, too. */
const table = `
new: receive→available load→loaded store→stored suspect→quarantine lose→lost retire→retired
available: load→loaded store→stored send→in-transit lend→on-loan suspect→quarantine lose→lost retire→retired
loaded: unload→available store→stored suspect→quarantine lose→lost
stored: load→loaded send→in-transit lend→on-loan suspect→quarantine lose→lost retire→retired
in-transit: receive→available store→stored suspect→quarantine lose→lost
on-loan: return→available lose→lost
quarantine: release→available lose→lost retire→retired
lost: find→quarantine retire→retired
retired: destroy→destroyed
destroyed:`;

function linesOf(): string {
  const lines = mediumStages.map((stage) => {
    const steps = actionsAt(stage).map((action) => `${action}→${stageAfter(stage, action)}`);
    return `${stage}: ${steps.join(' ')}`.trimEnd();
  });
  return `\n${lines.join('\n')}`;
}

const someActions = fc.array(fc.constantFrom(...mediumActions), { maxLength: 40 });

/** Stages a medium goes through; what is impossible is refused and changes nothing. */
function lifeOf(actions: readonly MediumAction[]): readonly MediumStage[] {
  const life: MediumStage[] = ['new'];
  for (const action of actions) {
    const next = stageAfter(life.at(-1) ?? 'new', action);
    if (next !== undefined) life.push(next);
  }
  return life;
}

describe('the life of a medium', () => {
  it('has these transitions and no others', () => {
    assert.equal(linesOf(), table);
  });

  it('knows no way back from destruction, and none from retirement but destruction', () => {
    fc.assert(
      fc.property(someActions, (actions) => {
        const life = lifeOf(actions);
        const end = life.findIndex((stage) => stage === 'retired');
        if (end >= 0) assert.deepEqual(life.slice(end), ['retired', 'destroyed'].slice(0, life.length - end));
        assert.equal(life.includes('destroyed') && !life.includes('retired'), false);
      }),
    );
  });

  it('lets nothing that was lost or doubted into a drive before somebody released it', () => {
    fc.assert(
      fc.property(someActions, (actions) => {
        for (const [index, stage] of lifeOf(actions).entries()) {
          if (stage !== 'lost' && stage !== 'quarantine') continue;
          const next = lifeOf(actions)[index + 1];
          assert.ok(next === undefined || ['available', 'lost', 'quarantine', 'retired'].includes(next), next);
          if (stage === 'lost') assert.notEqual(next, 'available');
        }
      }),
    );
  });
});
