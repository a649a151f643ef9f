import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type ComparedIncident, groupIncidents } from './group-incidents.ts';

function incident(id: string, title: string, body: string): ComparedIncident {
  return { id, title, tags: [], body };
}

const others = [
  incident('p', '複合機の紙詰まり', '給紙ローラーを交換した。'),
  incident('m', 'メールの遅延', '迷惑メールの判定を外した。'),
  incident('w', 'Website outage', 'The upstream crashed out of memory.'),
];

describe('incidents alike', () => {
  it('are grouped from three on, with the words they share', () => {
    const vpn = ['朝', '昼', '夜'].map((when) =>
      incident(when, `VPNが${when}に切断される`, `${when}にVPNゲートウェイが応答せず切断された。再接続で復旧。`),
    );
    const groups = groupIncidents([...others, ...vpn]);
    assert.deepEqual(
      groups.map(({ ids }) => ids),
      [['朝', '昼', '夜']],
    );
    assert.ok(groups[0]?.shared.includes('切断'));
    assert.deepEqual(groupIncidents([...others, ...vpn.slice(1)]), []);
  });

  it('are none where there is nothing to compare', () => {
    assert.deepEqual(groupIncidents([]), []);
    assert.deepEqual(groupIncidents([incident('a', '', ''), incident('b', '', ''), incident('c', '', '')]), []);
  });
});
