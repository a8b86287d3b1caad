/** Which rights a change has beyond those of a look, one by one, and in which zones it may write. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeDocuments } from '../../infra/lib/documents.ts';
import type { Lab } from '../lab/lab.ts';
import { seededWorld } from '../lab/world/seeded-world.ts';
import { holderCalled, KEY_RIGHTS, listOf, RECORD_RIGHTS, statementsOf } from './support/rights.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await startSmallLab();
});

afterAll(() => lab.close());

const HOLDERS = ['change', 'change-site-frankfurt'] as const;

const rowsOf = (name: string): readonly string[] =>
  statementsOf(holderCalled(lab, name)).flatMap(({ Sid, Action }) =>
    listOf(Action).map((action) => `${String(Sid)} ${action}`),
  );

/** Zones that a role may write in, by name, in the order of the world. */
const writable = (of: Lab, name: string): readonly string[] => {
  const resources = statementsOf(holderCalled(of, name))
    .filter(({ Sid }) => Sid === 'WriteKmsRecords')
    .flatMap(({ Resource }) => listOf(Resource));
  return of.world.state.zones
    .filter(({ id }) => resources.includes(`arn:aws:route53:::hostedzone/${id}`))
    .map((zone) => zone.name);
};

/** Rights to send each changing document. */
const DOCUMENT_RIGHTS = HOLDERS.flatMap((holder) =>
  Object.keys(changeDocuments()).map((document) => [holder, `Send${document.replace('-', '')}`, 'ssm:SendCommand']),
);

const AUDIT_RIGHTS = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'].map((action) => [
  'change',
  'AddToTheAudit',
  action,
]);

it('the tables name every action of every statement that who changes has beyond who reads', () => {
  const beyond = [
    ...rowsOf('change').map((row) => ['change', row, 'observe']),
    ...rowsOf('change-site-frankfurt').map((row) => ['change-site-frankfurt', row, 'frankfurt']),
  ].flatMap(([holder = '', row = '', reader = '']) => (rowsOf(reader).includes(row) ? [] : [`${holder} ${row}`]));
  const named = [...RECORD_RIGHTS, ...KEY_RIGHTS, ...DOCUMENT_RIGHTS, ...AUDIT_RIGHTS].map((row) => row.join(' '));

  expect(beyond.sort()).toEqual(named.sort());
});

describe('the zones that records may be written in', () => {
  it('are those of the configuration at each site, and of the others none', () => {
    expect(writable(lab, 'change')).toEqual([
      'corp.example',
      'aws.corp.example',
      'lab.example',
      'branch.example',
      'shop.example',
    ]);
    expect(writable(lab, 'change-site-frankfurt')).toEqual(['eu.example']);
  });

  it('are none for who reads', () => {
    for (const name of ['observe', 'slack', 'frankfurt']) expect(writable(lab, name)).toEqual([]);
  });

  it('are none in a world that has none, and in one where nothing is changed', async () => {
    const state = { ...seededWorld({ seed: 1, nowMs: Date.now() }), zones: [], nodes: [] };
    const labs = await Promise.all([startSmallLab({ state }), startSmallLab({ changes: false })]);
    try {
      const held = labs.flatMap(({ principals, roles }) => [...principals.values(), ...roles]);
      const sids = held.flatMap((holder) => statementsOf(holder)).map(({ Sid }) => Sid);

      expect(sids).toContain('ReadZones');
      expect(sids.filter((sid) => sid === 'WriteKmsRecords' || sid === 'FollowRecordChanges')).toEqual([]);
    } finally {
      await Promise.all(labs.map((each) => each.close()));
    }
  });
});
