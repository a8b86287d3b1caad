/** A healthy KMS client as the wire tells of it, and the parts that tests put in its place. */
import { readJson } from '../../bot/domain/inspection-line.ts';
import type { InspectionRecord } from '../../bot/domain/inspection-record.ts';
import type { WireProduct, WireRecord, WireTarget } from '../../bot/domain/inspection-wire.ts';
import type { ManagedNode } from '../../bot/domain/nodes.ts';

/** When the sample record was made, Unix seconds. */
export const AT_SECONDS = 1_794_000_000;
/** When it is read: 20 seconds later, by the reader's clock. */
export const NOW_MS = (AT_SECONDS + 20) * 1000;

export const wireProduct = (changes: Partial<WireProduct> = {}): WireProduct => ({
  id: '9bd77860-9b31-4b7b-96ad-2564017315bf',
  app: 'w',
  fam: 'ServerStandard',
  ch: 'VOLUME_KMSCLIENT',
  key: 'VMK7H',
  st: 1,
  why: '4004F040',
  min: 258_000,
  vt: 2,
  ve: 0,
  disc: ['kms1.corp.example', 1688, '10.20.0.40'],
  ...changes,
});

/** Not activated, and Windows says nothing but that it reached no host. */
export const failing = (changes: Partial<WireProduct> = {}): WireProduct => {
  const { disc: _found, ...product } = wireProduct({ st: 5, why: 'C004F074', min: 0, vt: 0, ...changes });
  return product;
};

export const wireTarget = (changes: Partial<WireTarget> = {}): WireTarget => ({
  n: 'kms1.corp.example',
  p: 1688,
  by: 's',
  ip: ['10.20.0.40'],
  tcp: 'ok',
  bind: 'ok',
  ...changes,
});

export const wireRecord = (changes: Partial<WireRecord> = {}): WireRecord => ({
  v: 1,
  at: AT_SECONDS,
  name: 'FILESERVER-07',
  os: { b: '20348.2031', ed: 'ServerStandard', sku: 7, pt: 3, ui: 'ja-JP', role: 3 },
  aws: { ami: 'ami-0abc', vpc: 'vpc-1', bp: [] },
  svc: { ver: '10.0.20348.1', cmid: '9b1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10', host: 0, cache: 1, rearm: 1001 },
  prod: [wireProduct()],
  spp: ['Running', 'Auto'],
  reg: { skip: 0, nopub: null, list: [] },
  net: { if: [{ ip: ['10.20.4.17'], gw: ['10.20.4.1'], dns: ['10.20.0.2'], sfx: '' }], sfx: 'corp.example', list: [] },
  dns: [{ ip: '10.20.0.2', q: 'ok', ping: 0 }],
  srv: [{ d: 'corp.example', a: [[0, 100, 1688, 0]] }],
  tgt: [wireTarget()],
  clk: [0.2, '169.254.169.123'],
  evt: { q: [[AT_SECONDS - 100, '00000000', 'kms1.corp.example:1688']], r: null },
  rt: [['169.254.169.250/32', '10.20.4.1', 4, 15]],
  err: {},
  ...changes,
});

/** The record those changes give; throws where the sample is no record, since then the test is wrong. */
export function recordOf(changes: Partial<WireRecord> = {}): InspectionRecord {
  const reading = readJson(JSON.stringify(wireRecord(changes)));
  if (reading.kind !== 'record') throw new Error(`not a record: ${JSON.stringify(reading.why)}`);
  return reading.record;
}

export const managedNode = (changes: Partial<ManagedNode> = {}): ManagedNode => ({
  id: 'i-0123456789abcdef0',
  siteId: 'tokyo',
  name: 'FILESERVER-07',
  platform: 'windows',
  presence: { kind: 'online' },
  inFleet: true,
  tags: { KmsManaged: 'true' },
  ...changes,
});
