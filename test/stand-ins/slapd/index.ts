/** A real OpenLDAP server with people and groups of the test, and certificates of an authority made for it. */
export {
  type CertificateWishes,
  type MadeAuthority,
  type MadeCertificate,
  makeAuthority,
  makeCertificate,
} from './certificates.ts';
export { branch, group, groupDn, person, personDn } from './people.ts';
export {
  rootDn,
  rootPassword,
  type SlapdOptions,
  type SlapdServer,
  slapdProgram,
  startSlapd,
  suffix,
} from './start-slapd.ts';
