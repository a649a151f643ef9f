// A sample: models of this studio are named project_subject_v1.safetensors, and some words may not stand in their metadata.
// Change the two lines, copy the folder to <data directory>/plugins, and allow it with `kura plugins enable studio-rules`.
const NAME = /^[a-z0-9]+(?:_[a-z0-9]+)*_v\d+\.safetensors$/;
const BANNED = ['confidential', 'do-not-distribute', '社外秘'];

export function scan({ name, head }) {
  const findings = [];
  if (!NAME.test(name)) {
    findings.push({ rule: 'studio.name', severity: 'suspicious', message: 'Not named project_subject_v1.safetensors' });
  }
  const metadata = JSON.stringify(metadataOf(head)).toLowerCase();
  for (const word of BANNED) {
    if (metadata.includes(word)) {
      findings.push({ rule: 'studio.word', severity: 'suspicious', message: `The metadata says "${word}"` });
    }
  }
  return { findings };
}

// The header of a safetensors file: eight bytes of length, lowest first, then JSON in UTF-8. `head` has one character per byte.
function metadataOf(head) {
  let length = 0;
  for (let index = 7; index >= 0; index -= 1) length = length * 256 + head.charCodeAt(index);
  const header = head.slice(8, 8 + length);
  // Not looked at is not the same as nothing found: who throws is shown as "not scanned".
  if (header.length < length) throw new Error('the header is longer than what a plugin is given');
  return JSON.parse(decodeURIComponent(escape(header))).__metadata__ ?? {};
}
