import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { dutiesOf } from './licence-duties.ts';

const free = {
  allowCommercialUse: ['Image', 'Rent', 'RentCivit', 'Sell'],
  allowNoCredit: true,
  allowDerivatives: true,
  allowDifferentLicense: true,
};

describe('what a licence asks for', () => {
  it('is nothing when everything is permitted', () => {
    assert.deepEqual(dutiesOf(free), []);
  });

  it('is named for every permission that is refused', () => {
    assert.deepEqual(dutiesOf({ ...free, allowNoCredit: false }), ['name-creator']);
    assert.deepEqual(dutiesOf({ ...free, allowDifferentLicense: false }), ['same-terms']);
    assert.deepEqual(dutiesOf({ ...free, allowDerivatives: false, allowDifferentLicense: false }), ['no-derivatives']);
    assert.deepEqual(dutiesOf({ ...free, allowCommercialUse: [] }), ['no-commercial-use']);
    assert.deepEqual(dutiesOf({ ...free, allowCommercialUse: ['Image'] }), []);
  });

  it('is called unknown wherever the creator did not say', () => {
    for (const name of Object.keys(free)) assert.deepEqual(dutiesOf({ ...free, [name]: null }), ['unknown'], name);
  });
});
