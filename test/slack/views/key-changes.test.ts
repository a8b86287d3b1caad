import { describe, expect, it } from 'vitest';
import type { ChangeRefusal } from '../../../bot/domain/change/change-message.ts';
import type { ChangeSpec } from '../../../bot/domain/change/change-spec.ts';
import type { LeftAlone } from '../../../bot/domain/change/plan.ts';
import { card, changeOf, ended, endOf, nodeId, outcomes, planned, planOf } from '../support/changes.ts';
import { DAY_MS, NODE_ID, NOW_MS } from '../support/content.ts';
import { OLD_PORT, ROLE, STORED } from '../support/key-changes.ts';
import { buttonsOf, shown, shownLines } from '../support/shown.ts';

const KEY: ChangeSpec = { kind: 'stored-key', key: STORED };
const DOMAINS: ChangeSpec = { kind: 'host-domains', domains: [{ domain: 'corp.example' }] };

const left = (why: LeftAlone) =>
  shown(
    changeOf(
      KEY,
      ended({
        end: 'nothing-to-do',
        plan: planOf(KEY, [], { left: [{ nodeId: NODE_ID, siteId: 'tokyo', name: 'web-01', left: why }] }),
      }),
    ),
  );

describe('the card of a stored key', () => {
  it('shows the ends of the keys, how often the key was used, and that an approver decides', () => {
    const told = shown(card(planOf(KEY, planned(KEY, 1), { approval: { why: 'always' } })));

    expect(told).toContain('Key:  −  …VMK7H   +  …QQQQ7');
    expect(told).toContain(
      '*Note*  Through me this host key was activated on 2 of 6 hosts, once of 10 on this one; 3 activations before are counted as well.',
    );
    expect(told).toContain('Cannot be undone: the key there now is not a public one');
  });
});

describe('the card of a KMS host', () => {
  it('of a set-up lists its steps in order, the phone only where it is needed', () => {
    const spec: ChangeSpec = { kind: 'host-setup', key: STORED };
    const told = shown(card(planOf(spec, planned(spec, 1))));

    expect(told).toMatch(/\*Steps\* {2}1\. install the role .* 4\. activate it by phone, if that fails {2}5\. let KMS/);
    expect(told).toContain('Role:  −  none   +  Volume Activation Services');
    expect(told).toContain('Firewall lets clients in:  −  in no network   +  domain and private');
    expect(told).toContain('KMS service (`sppsvc`): restarted');
  });

  it('shows intervals as minutes and what they come to', () => {
    const spec: ChangeSpec = { kind: 'host-intervals', activationMinutes: 60, renewalMinutes: 10_080 };

    expect(shown(card(planOf(spec, planned(spec, 1))))).toContain(
      'Interval of renewals:  −  10,085 min   +  10,080 min (7 days)',
    );
  });

  it('that is to listen elsewhere names the commands that move its record, and whom it belongs to', () => {
    const spec: ChangeSpec = { kind: 'host-port', port: 1690 };
    const told = (ours: boolean) =>
      shown(
        card(
          planOf(
            spec,
            planned(spec, 1).map((node) => ({ ...node, warnings: [{ ...OLD_PORT, ours }] })),
          ),
        ),
      );

    expect(told(true)).toContain(
      '*Note*  The record of corp.example sends clients to port 1688 of this host until it is changed: `/kms dns add corp.example kms1.corp.example:1690`, then `/kms dns remove corp.example kms1.corp.example:1688`.',
    );
    expect(told(false)).toContain(
      'then `/kms dns adopt corp.example kms1.corp.example:1688` and `/kms dns remove corp.example kms1.corp.example:1688`.',
    );
  });

  it('that its record leads to the old port says so, and blames no network', () => {
    const spec: ChangeSpec = { kind: 'host-port', port: 1690 };
    const reach = { host: 'kms1.corp.example', byName: true, byAddress: false, address: '10.20.0.40', oldPort: 1688 };
    const nodes = planned(spec, 1).map((node) => ({ ...node, warnings: [OLD_PORT] }));
    const told = (warned: typeof nodes | ReturnType<typeof planned>) =>
      shownLines(endOf(spec, warned, outcomes(warned, { result: 'done', reach })));

    expect(told(nodes)[0]).toMatch(/, but the DNS record still sends clients to port 1688 — the DNS owner acts$/);
    expect(told(nodes)[1]).toContain('`/kms dns add corp.example kms1.corp.example:1690`');
    expect(told(planned(spec, 1))[1]).toBe(
      '*Seen afterwards*  kms1.corp.example does not answer on port 1688, which DNS names; `/kms dns` shows the record',
    );
    expect(told(nodes).join('\n')).not.toContain('network');
  });

  it('warns of a threshold with the day on which the first activation is lost', () => {
    const spec: ChangeSpec = { kind: 'host-retire' };

    expect(shown(card(planOf(spec, planned(spec, 1))))).toContain(
      'Afterwards kms2.corp.example has 3 of the 5 machines that servers need; the first would lose its activation on 2026-12-22.',
    );
  });
});

describe('a machine that is left alone', () => {
  it('for want of a right names the right, the role and the policy', () => {
    expect(left({ why: 'key-unreadable', need: 'secretsmanager:GetSecretValue', who: ROLE })).toContain(
      `it may not fetch the key: its role \`${ROLE}\` lacks \`secretsmanager:GetSecretValue\` on it. Add the policy \`KmsBotNodeSecrets-tokyo\` to that role`,
    );
  });

  it('for its evaluation edition says how that is converted', () => {
    const told = left({ why: 'evaluation' });

    expect(told).toContain('1. `DISM /online /Get-TargetEditions` lists what it may become.');
    expect(told).toContain('/Set-Edition:&lt;edition&gt; /ProductKey:&lt;key of that edition&gt; /AcceptEula`');
  });

  it('because others would fall below a threshold says by how much and when', () => {
    expect(left({ why: 'threshold', needed: 5, count: 3, missedAtMs: NOW_MS + 30 * DAY_MS })).toContain(
      'without it another host would have 3 of the 5 machines that servers need; the first would lose its activation on 2026-12-22',
    );
  });
});

describe('a stored key that cannot be used', () => {
  const refused = (lookup: Extract<ChangeRefusal, { kind: 'stored-key' }>['lookup']) =>
    shown(
      changeOf(
        KEY,
        ended({ end: 'refused', refusal: { kind: 'stored-key', name: 'contoso-ws202', siteId: 'tokyo', lookup } }),
      ),
    );

  it('is answered with the nearest names, and with where keys are stored', () => {
    const told = refused({ kind: 'not-found', known: ['lab-mak', STORED] });

    expect(told).toMatch(
      /^⚠ Not done: no key is stored as `contoso-ws202` in tokyo\. Did you mean `contoso-ws2022`\?\n/,
    );
    expect(told).toContain('secret `kms-bot/keys/contoso-ws202`');
  });

  it('is answered with the names that have the word in them, and where none is near, with what is there', () => {
    const within = refused({ kind: 'not-found', known: ['lab-host', 'old-contoso-ws202-dc'] });
    const far = refused({ kind: 'not-found', known: ['lab-host', 'lab-mak'] });

    expect(within).toContain('Did you mean `old-contoso-ws202-dc`?');
    expect(far).not.toContain('Did you mean');
    expect(far).toContain('*Stored there*  `lab-host`, `lab-mak`');
  });

  it('is answered with each tag that is wrong, and an example of it', () => {
    const told = refused({ kind: 'badly-tagged', tags: [{ tag: 'kind' }, { tag: 'group', value: '2023' }] });

    expect(told).toContain('the tag `kind` is missing; the tag `group` cannot be `2023`');
    expect(told).toContain('e.g. `kind=mak`');
    expect(told).toContain('e.g. `group=2022`');
  });

  it('is refused where it is not encrypted', () => {
    expect(refused({ kind: 'not-encrypted' })).toContain('Store it anew as a SecureString');
  });
});

describe('the end of a stored key', () => {
  const nodes = planned(KEY, 2);

  it('says that it is for good, and how the key was fetched', () => {
    const told = shownLines(
      endOf(KEY, nodes, outcomes(nodes, { activationCode: '00000000', activated: true, via: 'instance' })),
    );

    expect(told[0]).toBe('✓ Installed the stored key contoso-ws2022 on 2 machines; all 2 are permanently activated.');
    expect(told[1]).toBe('*Fetched by the machine*  a signed request with the instance’s role');
  });

  it.each(['80072EE7', '80072EFD', '8004FE33'])('leads to the phone where Microsoft was not reached: %s', (code) => {
    const failed = outcomes(nodes.slice(1), { activationCode: code, activated: false });
    const content = endOf(KEY, nodes, [...outcomes(nodes.slice(0, 1), { activated: true }), ...failed], {
      end: 'partly',
    });

    expect(buttonsOf(content).get('fix:2')?.value).toBe(`phone ${nodeId(2)}\nweb-02`);
    expect(buttonsOf(content, 'ja').get('fix:2')?.text.text).toBe('電話で認証');
  });

  it('does not where Microsoft answered', () => {
    const content = endOf(KEY, nodes, outcomes(nodes, { activationCode: 'C004C008', activated: false }), {
      end: 'failed',
    });

    expect(buttonsOf(content).has('fix:2')).toBe(false);
  });

  it('says which step failed in words, and whether the key before is back', () => {
    const told = shownLines(
      endOf(
        KEY,
        nodes.slice(0, 1),
        outcomes(nodes.slice(0, 1), { result: 'failed', step: 'channel', restored: true }),
        { end: 'failed' },
      ),
    );

    expect(told[0]).toContain('failed at the look at what kind of key it is');
    expect(told[0]).toContain('everything there is as it was');
  });

  it('keeps machines apart whose roles lack different rights', () => {
    const refused = nodes.map((node, at) => ({
      ...outcomes([node], { result: 'refused', why: 'secret-unreadable', need: `ssm:Get${at}` })[0],
    }));
    const told = shown(endOf(KEY, nodes, refused as ReturnType<typeof outcomes>, { end: 'failed' }));

    expect(told).toContain('`ssm:Get0`');
    expect(told).toContain('`ssm:Get1`');
  });
});

describe('the end of domains to publish in', () => {
  it('says for each domain whether DNS took it, where the registry is saved, and offers the way back to discovery', () => {
    const one = planned(DOMAINS, 1);
    const content = endOf(
      DOMAINS,
      one,
      outcomes(one, {
        saved: String.raw`C:\ProgramData\KmsBot\exports\x.reg`,
        published: [
          { domain: 'corp.example', code: '00000000' },
          { domain: 'lab.example', code: '80072338' },
          { domain: 'old.example', code: 'none' },
        ],
      }),
      { undoUntilMs: NOW_MS + 30 * DAY_MS },
    );
    const told = shown(content);

    expect(told).toContain('*Published*  in corp.example (event 12294)');
    expect(told).toMatch(/\*Not published\* {2}in lab\.example: .*\(0x80072338\) \(event 12293\) — the DNS owner acts/);
    expect(told).toContain('*Not known yet*  whether old.example took the record');
    expect(told).toContain('*Registry saved before*  `C:\\ProgramData\\KmsBot\\exports\\x.reg`');
    expect(buttonsOf(content).get('fix:1')?.value).toBe('discover all');
  });
});
