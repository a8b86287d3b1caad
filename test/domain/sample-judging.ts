/** Judging the sample record with some of its parts replaced. */
import { readJson } from '../../bot/domain/inspection-line.ts';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { judge } from '../../bot/domain/judge.ts';
import type { ManagedNode } from '../../bot/domain/nodes.ts';
import { AT_SECONDS, failing, managedNode, NOW_MS, wireRecord, wireTarget } from './sample-record.ts';

/** The result for a machine that answered with these parts changed. */
export const judgeWire = (changes: Partial<WireRecord> = {}, node: Partial<ManagedNode> = {}) => {
  const reading = readJson(JSON.stringify(wireRecord(changes)));
  return judge({ node: managedNode(node), evidence: { kind: 'output', reading }, nowMs: NOW_MS });
};

/** An operating system with some of its fields changed. */
export const os = (changes: Partial<NonNullable<WireRecord['os']>>): WireRecord['os'] => ({
  b: '20348.2031',
  ed: 'ServerStandard',
  sku: 7,
  pt: 3,
  ui: 'en-US',
  role: 3,
  ...changes,
});

/** A 12288 of the newest attempt. */
export const request = (code: string, host = 'kms1.corp.example:1688'): [number, string, string] => [
  AT_SECONDS - 100,
  code,
  host,
];

/** A 12289 that did not activate. */
export const answer = (
  code: string,
  count: number,
  flags = '00000000',
  at = AT_SECONDS - 99,
): NonNullable<WireRecord['evt']>['r'] => [at, code, flags, 0, count];

/** The next action that offers a diagnosis of the sample machine. */
export const diagnose = { kind: 'diagnose', nodeId: 'i-0123456789abcdef0' };

/** Everything but the licence is as on a healthy machine; each row breaks one thing. */
export const notActivated = (changes: Partial<WireRecord> = {}): Partial<WireRecord> => ({
  prod: [failing()],
  ...changes,
});

/** A host is assigned, and this is what probing it gave. */
export const assigned = (target: Parameters<typeof wireTarget>[0]): Partial<WireRecord> =>
  notActivated({
    prod: [failing({ kms: ['KMS-Old.corp.example', 1688] })],
    tgt: [wireTarget({ n: 'kms-old.corp.example', by: 'a', ...target })],
    srv: null,
  });
