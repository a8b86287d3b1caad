import { describe, expect, it } from 'vitest';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import { Throttled } from '../../bot/ports.ts';
import { FRANKFURT } from './check-setup.ts';
import { byName, client, diagnosisIn, kmsHost, worldWithZone } from './diagnose-setup.ts';

describe('zones that cannot be read', () => {
  it('leave the diagnosis standing, with the right that is missing named', async () => {
    const w = worldWithZone([client(), kmsHost()]);
    w.recordSets.missingRight = 'route53:ListResourceRecordSets';

    await w.ask(byName('web-1'));

    expect(diagnosisIn(w.last()).unseen).toContainEqual({
      kind: 'zone-not-read',
      zone: 'corp.example',
      why: 'missing-right',
      action: 'route53:ListResourceRecordSets',
    });
  });

  it('are tried again when Route 53 asks for time, and when the network fails', async () => {
    const w = worldWithZone([client(), kmsHost()]);
    w.recordSets.troubles.push(new Throttled('route53', 2), new Transient('route53', 'no answer'));

    await w.ask(byName('web-1'));

    expect(w.recordSets.asked).toHaveLength(1);
    expect(diagnosisIn(w.last()).unseen).not.toContainEqual(expect.objectContaining({ kind: 'zone-not-read' }));
  });

  it('are unread in the end when the site stays unreachable', async () => {
    const w = worldWithZone([client(), kmsHost()]);
    w.recordSets.troubles.push(...Array.from({ length: 9 }, () => new Transient('route53', 'no answer')));

    await w.ask(byName('web-1'));

    expect(diagnosisIn(w.last()).unseen).toContainEqual(
      expect.objectContaining({ kind: 'zone-not-read', zone: 'corp.example', why: 'unreachable' }),
    );
  });

  it('are read at the hosts’ site and at the default site too', async () => {
    const w = worldWithZone([client(undefined, { siteId: FRANKFURT.id }), kmsHost({ siteId: FRANKFURT.id })]);

    await w.ask(byName('web-1'));

    expect(w.recordSets.asked.map(({ siteId, wanted }) => [siteId, wanted.vpcId])).toEqual([
      ['tokyo', undefined],
      ['frankfurt', 'vpc-1'],
    ]);
    expect(diagnosisIn(w.last()).unseen).not.toContainEqual(expect.objectContaining({ kind: 'zone-not-read' }));
  });
});

describe('a site that refuses', () => {
  it('is a failure with its right named when it is the machine’s own', async () => {
    const w = worldWithZone([client(), kmsHost()]);
    w.fleet.interfere = ({ operation }) => {
      if (operation === 'send') {
        const failure = { kind: 'missing-right', action: 'ssm:SendCommand', siteId: 'tokyo', function: 'observe' };
        throw new OperationFailed(failure as ConstructorParameters<typeof OperationFailed>[0]);
      }
    };

    await w.ask(byName('web-1'));

    expect(w.last()).toMatchObject({ kind: 'failure', failure: { kind: 'missing-right', action: 'ssm:SendCommand' } });
  });

  it('leaves the host unasked when it is the host’s alone', async () => {
    const w = worldWithZone([client(), kmsHost({ siteId: FRANKFURT.id })]);
    w.fleet.interfere = ({ operation, site }) => {
      if (operation === 'send' && site.id === 'frankfurt') {
        const failure = { kind: 'missing-right', action: 'ssm:SendCommand', siteId: 'frankfurt', function: 'observe' };
        throw new OperationFailed(failure as ConstructorParameters<typeof OperationFailed>[0]);
      }
    };

    await w.ask(byName('web-1'));

    expect(diagnosisIn(w.last()).unseen).toContainEqual(expect.objectContaining({ kind: 'host-not-asked' }));
  });
});
