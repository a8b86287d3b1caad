/** `/kms error` as a person meets it: answered at once, from what the bot carries with it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { type RemoteLab, remoteLab } from '../lab/remote-lab.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;
let remote: RemoteLab;
let at: { readonly user: string; readonly channel: string };

beforeAll(async () => {
  lab = await startSmallLab();
  remote = remoteLab(lab.url);
  const { channels, people } = await remote.describe();
  at = { user: people.find(({ locale }) => locale.startsWith('en'))?.id ?? '', channel: channels[0]?.id ?? '' };
  // The first answer of a fresh function also fetches its signing secret.
  await remote.slash({ ...at, text: 'help' });
}, 60_000);
afterAll(() => lab.close());

const textOf = (body: unknown): string => (body as { text?: string }).text ?? '';

describe('a result code', () => {
  it.each([
    ['0xC004F074', 'SL_E_VL_BINDING_SERVICE_UNAVAILABLE'],
    ['-1073418124', 'SL_E_VL_BINDING_SERVICE_UNAVAILABLE'],
    ['3221549172', 'SL_E_VL_BINDING_SERVICE_UNAVAILABLE'],
    ['c004f074', 'SL_E_VL_BINDING_SERVICE_UNAVAILABLE'],
    ['error: 0xC004F074', 'SL_E_VL_BINDING_SERVICE_UNAVAILABLE'],
    ['0xC0020017', 'RPC_NT_SERVER_UNAVAILABLE'],
    ['0xD0020017', 'RPC_NT_SERVER_UNAVAILABLE'],
    ['0x8007232B', 'DNS_ERROR_RCODE_NAME_ERROR'],
    ['9003', 'DNS_ERROR_RCODE_NAME_ERROR'],
  ])('is explained in the acknowledgement itself, and asks nobody: %s', async (code, symbol) => {
    await remote.call('DELETE', '/lab/wire');

    const { status, ackMs, body } = await remote.slash({ ...at, text: `error ${code}` });

    expect(status).toBe(200);
    expect(textOf(body)).toContain(symbol);
    expect(textOf(body)).toMatch(/Who acts: /);
    expect(ackMs).toBeLessThan(300);
    const { counts } = await remote.get<{ counts: Record<string, number> }>('/lab/wire');
    expect(Object.keys(counts).filter((operation) => !/^(?:slack|bot):/.test(operation))).toEqual([]);
  });
});
