import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireChange } from '../../../bot/domain/change/change-wire.ts';
import { clientStateOf } from '../../../bot/domain/change/client-state.ts';
import { outcomeOf, reachOf, withSecondLook } from '../../../bot/domain/change/outcome.ts';
import { groupOutcomes } from '../../../bot/domain/change/outcome-groups.ts';
import { readChangeOutput } from '../../../bot/domain/change/parse-change.ts';
import type { NodeOutcome, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { planNode } from '../../../bot/domain/change/plan-node.ts';
import type { WireRecord, WireTarget } from '../../../bot/domain/inspection-wire.ts';
import { hostRecord, wireHost } from '../hosts/sample-host.ts';
import { recordOf, wireRecord, wireTarget } from '../sample-record.ts';
import { changeLine, wireState } from './sample-change.ts';
import { factsOf, GIVEN } from './sample-facts.ts';

const NODE: PlannedNode = {
  ...{ nodeId: 'i-1', siteId: 'tokyo', name: 'WEB-1', scope: { siteId: 'tokyo', tags: {} }, changes: [] },
  ...{ thenActivate: false, wasActivated: false },
  action: { document: 'KmsBot-ReadInstallationId', options: { expect: { key: 'QQQQ7' } } },
  inverse: { none: 'activation' },
};

const outcomeFrom = (changes: Partial<WireChange>): NodeOutcome => {
  const reading = readChangeOutput(changeLine(changes));
  if (reading.kind !== 'record') throw new Error(JSON.stringify(reading.why));
  return outcomeOf(NODE, reading);
};

describe('what a document said, as it is kept', () => {
  it('tells how a secret was fetched, and which right is missing where', () => {
    const who = 'arn:aws:iam::111122223333:role/fleet-node';
    const need = 'ssm:GetParameter';

    expect(
      outcomeFrom({
        doc: 'KmsBot-InstallStoredKey',
        res: 'refused',
        why: 'secret-unreadable',
        via: 'agent',
        need,
        who,
      }),
    ).toEqual({
      ...{ nodeId: 'i-1', siteId: 'tokyo', name: 'WEB-1' },
      ...{ result: 'refused', why: 'secret-unreadable', via: 'agent', need, who },
    });
  });

  it('tells where the registry was saved to, and how publishing went', () => {
    const saved = 'C:\\ProgramData\\KmsBot\\exports\\x.reg';

    expect(outcomeFrom({ doc: 'KmsBot-SetHost', saved, pub: [['lab.example', '8007232D']] })).toMatchObject({
      saved,
      published: [{ domain: 'lab.example', code: '8007232D' }],
    });
  });

  it('tells the rearms that are left after a rearm, and after nothing else', () => {
    const { svc } = wireRecord();
    if (svc === null) throw new Error('the sample tells its service');
    const after = wireState({ svc: { ...svc, rearm: 2 } });

    expect(outcomeFrom({ doc: 'KmsBot-Rearm', after }).rearmsLeft).toBe(2);
    expect(outcomeFrom({ doc: 'KmsBot-Activate', after })).not.toHaveProperty('rearmsLeft');
  });

  it('never carries an Installation ID, whatever else the line holds', () => {
    const digit = fc.constantFrom(...'0123456789');
    const digits = fc.array(digit, { minLength: 63, maxLength: 63 }).map((each) => each.join(''));
    const result = fc.constantFrom<WireChange['res']>('done', 'same', 'failed', 'refused', 'moved');
    fc.assert(
      fc.property(digits, result, (iid, res) => {
        const outcome = outcomeFrom({ doc: 'KmsBot-ReadInstallationId', res, iid, dig: '0'.repeat(24) });
        expect(JSON.stringify(outcome)).not.toContain(iid);
        expect(outcome).not.toHaveProperty('installationId');
      }),
    );
  });

  it('keeps machines apart that lack different rights', () => {
    const lacking = (need: string, nodeId: string): NodeOutcome => ({
      ...{ nodeId, siteId: 'tokyo', name: nodeId, result: 'refused', why: 'secret-unreadable' },
      need,
    });

    expect(
      groupOutcomes([lacking('kms:Decrypt', 'i-1'), lacking('ssm:GetParameter', 'i-2'), lacking('kms:Decrypt', 'i-3')]),
    ).toMatchObject([{ outcomes: [{ nodeId: 'i-1' }, { nodeId: 'i-3' }] }, { outcomes: [{ nodeId: 'i-2' }] }]);
  });
});

describe('a host that did not answer, looked at again', () => {
  const node = planNode({ kind: 'host-port', port: 1689 }, factsOf(hostRecord()), GIVEN);
  if (!('action' in node)) throw new Error('it is planned');
  const { nodeId, siteId, name } = node;
  const lost: NodeOutcome = { nodeId, siteId, name, result: 'no-answer' };

  it.each<[number, string]>([
    [1688, 'before'],
    [1689, 'planned'],
    [1700, 'otherwise'],
  ])('listens on %i: it stands as %s', (p, stands) => {
    const { result, record } = factsOf(hostRecord({ host: wireHost({ p }) }));

    expect(withSecondLook(lost, node, { result, ...(record && { record }) }).stands).toBe(stands);
  });
});

describe('the settings of a host in its record', () => {
  const settings = (changes: Partial<WireRecord>) => clientStateOf(recordOf(hostRecord(changes)))?.host;

  it('are what a change can set', () => {
    expect(
      settings({ reg: { skip: 0, nopub: null, list: ['lab.example'] }, fw: { r: 'dp', on: 'dpu', a: 'd' } }),
    ).toEqual({
      ...{ port: 1688, publishing: true, lowPriority: false, activationMinutes: 120, renewalMinutes: 10_080 },
      publishList: ['lab.example'],
      letsIn: ['domain', 'private'],
    });
  });

  it('have every profile where a rule names none', () => {
    expect(settings({ fw: { r: 'dpu', on: 'dpu', a: 'd' } })?.letsIn).toEqual(['domain', 'private', 'public']);
    expect(settings({ fw: { r: '', on: 'dpu', a: 'd' } })?.letsIn).toEqual([]);
  });

  it.each<[string, Partial<WireRecord>]>([
    ['the firewall was not read', { fw: null, err: { fw: 'timeout' } }],
    ['the registry was not read', { reg: null, err: { reg: 'timeout' } }],
    ['the role was not read', { host: null, err: { host: 'timeout' } }],
  ])('are not known where %s', (_, changes) => {
    expect(settings(changes)).toBeUndefined();
  });

  it('are none of a client', () => {
    expect(clientStateOf(recordOf())).not.toHaveProperty('host');
  });
});

describe('what a KMS host sees of itself', () => {
  const seen = (port: number, listens: number, target: Partial<WireTarget> = {}) =>
    reachOf(
      recordOf(
        hostRecord({
          host: wireHost({ p: listens }),
          tgt: [wireTarget({ n: 'kms1.corp.example', p: port, by: 's', tcp: 'refused', ...target })],
        }),
      ),
    );

  it('is the port that its record still names, where it listens elsewhere', () => {
    expect(seen(1688, 1689)).toMatchObject({ byAddress: false, oldPort: 1688 });
    expect(seen(1689, 1689)).not.toHaveProperty('oldPort');
  });

  it('is nothing of the kind where the record names another host, or nobody but the machine names it', () => {
    expect(seen(1688, 1689, { n: 'kms2.corp.example' })).not.toHaveProperty('oldPort');
    expect(seen(1688, 1689, { by: 'a' })).not.toHaveProperty('oldPort');
  });
});
