export const en = {
  'outbound.unreachable': '{host} cannot be reached ({reason}). Nothing was changed.',
  'outbound.unreachable.advice':
    'Check the network and the address; Kura goes on where it stopped when you run it again.',
  'outbound.ca-unreadable': 'No certificates can be read from {path} ({reason}). Nothing was sent.',
  'outbound.ca-unreadable.advice': 'Name a PEM file with the certificate of the authority (network.caFile, --cacert).',
  'outbound.proxy-unusable': 'The variable {variable} names no HTTP proxy. Nothing was sent.',
  'outbound.proxy-unusable.advice': 'Use http://host:port, or set network.proxy to none to connect without a proxy.',
  'outbound.too-large': 'The answer of {host} is larger than {limit} bytes and was not read to the end.',
  'outbound.refused': 'The address {target} is not one Kura may connect to, so it did not.',
  'outbound.refused.advice':
    'Private and unencrypted addresses are only used when the configuration names such a host itself.',
  'outbound.too-large.advice': 'Ask for less at once, for example with --limit.',
} as const;
