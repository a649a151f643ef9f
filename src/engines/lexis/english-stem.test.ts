import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { stemEnglish } from './english-stem.ts';

/** The vocabulary sample on snowballstem.org/algorithms/english/stemmer.html, stem: words. */
const publishedSample: Readonly<Record<string, string>> = {
  consign: 'consign consigned consigning consignment',
  consist: 'consist consisted consistency consistent consistently consisting consists',
  consol: 'consolation consolations console consoled consoles consoling consolingly consols',
  consolatori: 'consolatory',
  consolid: 'consolidate consolidated consolidating',
  conson: 'consonant',
  consort: 'consort consorted consorting',
  conspicu: 'conspicuous conspicuously',
  conspiraci: 'conspiracy',
  conspir: 'conspirator conspirators conspire conspired conspiring',
  constabl: 'constable constables',
  constanc: 'constance constancy',
  constant: 'constant',
  knack: 'knack knacks',
  knackeri: 'knackeries',
  knag: 'knag',
  knave: 'knave knaves',
  knavish: 'knavish',
  knead: 'kneaded kneading',
  knee: 'knee knees',
  kneel: 'kneel kneeled kneeling kneels',
  knell: 'knell',
  knelt: 'knelt',
  knew: 'knew',
  knick: 'knick',
  knif: 'knif',
  knife: 'knife',
  knight: 'knight knightly knights',
  knit: 'knit knits knitted knitting',
  knive: 'knives',
  knob: 'knob knobs',
  knock: 'knock knocked knocking knocks',
  knocker: 'knocker knockers',
  knopp: 'knopp',
  knot: 'knot knots',
};

/** From the test vocabulary of the Snowball project (snowball-data, english/voc.txt and output.txt). */
const publishedVocabulary: Readonly<Record<string, string>> = {
  dri: 'dry drying',
  dy: 'dyed',
  die: 'dying',
  duti: 'duty duties dutiful dutifully',
  eb: 'ebbed',
  econom: 'economic economical economically economize economizing',
  effici: 'efficiency efficient',
  electr: 'electric electrical electricity',
  educ: 'educate educated education educational educator',
  easili: 'easily',
  earli: 'early',
  effect: 'effect effective effectiveness effects',
  drunken: 'drunkenness',
  duplic: 'duplicate duplicates duplicity',
  ecstat: 'ecstatic ecstatically',
  earring: 'earring earrings',
  eas: 'ease eased',
  elementari: 'elementary',
};

describe('stemEnglish', () => {
  for (const [name, stems] of Object.entries({ publishedSample, publishedVocabulary })) {
    it(`agrees with the ${name}`, () => {
      for (const [stem, words] of Object.entries(stems)) {
        for (const word of words.split(' ')) assert.equal(stemEnglish(word), stem, word);
      }
    });
  }

  it('brings the words of incidents together', () => {
    assert.equal(stemEnglish('authentication'), stemEnglish('authenticated'));
    assert.equal(stemEnglish('restoring'), stemEnglish('restores'));
    assert.equal(stemEnglish("server's"), 'server');
  });

  it('leaves what is no plain English word alone', () => {
    for (const word of ['sd', 'ünter', 'сервер', "'", 'x1s']) assert.equal(stemEnglish(word), word);
  });

  it('stems words that every object knows as names', () => {
    for (const word of ['constructor', 'tostring', 'valueof', 'hasownproperty'])
      assert.equal(typeof stemEnglish(word), 'string');
  });
});
