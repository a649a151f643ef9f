import { createFakeVirusScanner, FAKE_SIGNATURE } from './fake-virus-scanner.ts';
import { virusScannerContract } from './virus-scanner-kit.ts';

virusScannerContract('the fake', async () => ({
  scanner: createFakeVirusScanner('a harmless text'),
  virus: { content: 'here stands a harmless text', signature: FAKE_SIGNATURE },
  [Symbol.asyncDispose]: async () => undefined,
}));
