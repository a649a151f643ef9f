/** A real OpenSSH server on a loopback port, with a host key and one login made for it. */
export { type SshdServer, sshdProgram, startSshd } from './start-sshd.ts';
