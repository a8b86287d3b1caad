import { describe, expect, it } from 'vitest';
import type { FixKind, FixValues } from '../../bot/domain/diagnosis/fix-kinds.ts';
import { fixes as english } from '../../bot/slack/messages/fix-en.ts';
import { fixes as japanese } from '../../bot/slack/messages/fix-ja.ts';
import type { FixText } from '../../bot/slack/messages/fix-words.ts';

const KINDS = Object.keys(english) as readonly FixKind[];

const ALL: Required<FixValues> = {
  host: 'kms1.corp.example',
  port: '1690',
  priority: '0',
  weight: '0',
  hostNode: 'i-0a1b2c3d4e5f60718',
  address: '10.20.0.40',
  wrong: 'kms-old.corp.example',
  domain: 'aws.corp.example',
  recordIn: 'corp.example',
  zone: 'corp.example',
  zoneId: 'Z0123456789ABC',
  vpcId: 'vpc-0a1b2c3d',
  zoneKind: 'route53',
  servers: '10.20.0.2, 10.20.0.3',
  gvlk: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H',
  edition: 'ServerStandard',
  channel: 'mak',
  keyGroup: 'Windows Server 2019',
  needs: 'Windows Server 2022',
  update: 'KB5034765 (February 2024)',
  code: '0xC004F074',
  count: '17',
  needed: '25',
  machines: '9',
  imageId: 'ami-0123456789abcdef0',
  seconds: '18000',
  state: 'stopped',
  joined: 'yes',
  routes: '169.254.169.250/32, 169.254.169.251/32',
};

/** What a machine may call itself in order to be mentioned, linked or pasted. */
const HOSTILE = [
  "x'; Remove-Item C:\\ -Recurse #",
  '<!channel> *b* _i_ ~s~',
  '`code` <https://evil.example|kms1>',
  '& <@U0> \u202Egnp.exe\nsecond line',
  '-Force',
  'VDYBN-27WPP-V4HQT-9VMD4-VMK7H',
  '%PATH%$(whoami)',
];
const hostile = (text: string): FixValues => ({
  ...(Object.fromEntries(Object.keys(ALL).map((key) => [key, text])) as unknown as Required<FixValues>),
  zoneKind: 'elsewhere',
  joined: 'no',
});

const linesOf = ({ headline, steps }: FixText): readonly string[] => [headline, ...steps];
const SLIPS = /undefined|\[object|NaN|\(\)|（）| {2,}| [,.、。]|。。|\.\.(?!\.)|、、/;

describe.each([
  ['English', english],
  ['Japanese', japanese],
] as const)('the fixes in %s', (_language, fixes) => {
  const everyText = (values: FixValues) =>
    KINDS.flatMap((kind) => linesOf(fixes[kind](values)).map((t) => ({ kind, t })));

  it.each([
    ['every value', ALL],
    ['no value', {}],
    ['values of a zone kept elsewhere', { ...ALL, zoneKind: 'elsewhere', joined: 'no' } as const],
  ])('have no gaps with %s', (_which, values) => {
    for (const { kind, t } of everyText(values)) expect(`${kind}: ${t}`).not.toMatch(SLIPS);
  });

  it('have one to six steps, each short enough for a message', () => {
    for (const values of [ALL, {}, hostile('x'.repeat(500)), hostile('あ'.repeat(500))]) {
      for (const kind of KINDS) {
        const { headline, steps } = fixes[kind](values);
        expect(steps.length, kind).toBeGreaterThanOrEqual(1);
        expect(steps.length, kind).toBeLessThanOrEqual(6);
        expect(headline.length, kind).toBeLessThanOrEqual(500);
        expect([headline, ...steps].join('\n').length, kind).toBeLessThanOrEqual(2_900);
      }
    }
  });

  it('end with something that shows whether it worked', () => {
    const CHECKS =
      /`(?:slmgr \/dlv|Resolve-DnsName|Test-NetConnection|slmgr \/ato|\/kms (?:diagnose|check)|cscript ospp\.vbs \/dstatus|w32tm)/;
    for (const kind of KINDS) expect(fixes[kind](ALL).steps.at(-1), kind).toMatch(CHECKS);
  });

  it.each(HOSTILE)('let nothing act that a machine says: %j', (text) => {
    for (const { kind, t } of everyText(hostile(text))) {
      const said = `${kind}: ${t}`;
      expect(said).not.toMatch(/<|>(?!.*\n)|\u202E|\n/);
      // A backtick of a machine has a word joiner behind it: none of ours does, and ours pair up.
      expect((t.match(/`(?!\u2060)/g) ?? []).length % 2, said).toBe(0);
      expect(said).not.toMatch(/VDYBN-27WPP/);
    }
  });

  it.each(HOSTILE.filter((text) => !/^VDYBN/.test(text)))('put nothing hostile into a command: %j', (text) => {
    const distinct = /Remove-Item|!channel|evil|@U0|-Force$|whoami/;
    for (const { kind, t } of everyText(hostile(text))) {
      for (const [, command = ''] of t.matchAll(/`([^`\u2060][^`]*)`(?!\u2060)/g)) {
        if (/New-ItemProperty/.test(command)) expect(command.replace(/ -Force$/, '')).not.toMatch(distinct);
        else expect(`${kind}: ${command}`).not.toMatch(distinct);
      }
    }
  });

  it('send nobody to the security team over an assignment to a host of their own', () => {
    const scans = KINDS.filter((kind) => fixes[kind](ALL).steps.some((step) => step.includes('Start-MpScan')));

    expect(scans).toEqual(['leave-unknown-host']);
  });

  it('name a public setup key by its end only, and where the whole one is published', () => {
    const text = linesOf(fixes['install-gvlk'](ALL)).join('\n');

    expect(text).toContain('VMK7H');
    expect(text).toContain('kms-client-activation-keys');
    expect(text).not.toContain('VDYBN');
  });

  it('never tell anybody to accept updates from everywhere, or to open a firewall to public networks', () => {
    for (const values of [ALL, {}, { zoneKind: 'elsewhere' } as const]) {
      for (const { t } of everyText(values)) {
        expect(t).not.toMatch(/allow-update \{ any/);
        expect(t).not.toMatch(/-Profile [A-Za-z,]*(?:Any|Public)|profile=(?:any|public)/i);
        expect(t).not.toMatch(/-Enabled False|set allprofiles state off/i);
      }
    }
  });
});

describe('the record a fix asks for', () => {
  const steps = (values: FixValues): string => english['create-record'](values).steps.join('\n');

  it('is the value Route 53 takes, in the zone and domain of the case', () => {
    const text = steps({ ...ALL, zone: 'aws.corp.example' });

    expect(text).toContain('`_vlmcs._tcp.aws.corp.example`');
    expect(text).toContain('`0 0 1690 kms1.corp.example.`');
    expect(text).toContain('slmgr /cdns');
    expect(text).not.toContain('BIND');
  });

  it('is written for Microsoft DNS and BIND where the zone is kept elsewhere', () => {
    const text = steps({ host: 'kms1.corp.example', domain: 'corp.example', zoneKind: 'elsewhere' });

    expect(text).toContain('Forward Lookup Zones → corp.example');
    expect(text).toContain('`_vlmcs._tcp.corp.example. 300 IN SRV 0 0 1688 kms1.corp.example.`');
    expect(text).toContain('TSIG');
    expect(text).not.toContain('Route 53');
  });

  it.each([['10.0.0.5'], ['KMS1'], ['[fd00::5]']])('never points to %s, which is no whole name', (host) => {
    expect(steps({ host, domain: 'corp.example' })).toContain('&lt;full name of the KMS host&gt;');
  });

  it('has port 1688 where the known one is none', () => {
    expect(steps({ ...ALL, port: 'x1' })).toContain('0 0 1688 ');
  });
});

describe('a record that names what is wrong', () => {
  const steps = (values: FixValues): string => english['change-record'](values).steps.join('\n');

  it('is added to first and taken from afterwards, so that clients always find a host', () => {
    const dead = { ...ALL, recordIn: 'corp.example' };

    expect(steps(dead)).toContain(
      '`/kms dns add corp.example kms1.corp.example:1690`, then `/kms dns remove corp.example kms-old.corp.example`',
    );
    expect(steps({ ...dead, wrong: '1689' })).toContain('then `/kms dns remove corp.example kms1.corp.example:1689`');
  });

  it('is changed by hand where the bot cannot plan it', () => {
    const { host: _host, ...nobody } = ALL;

    expect(steps({ ...ALL, zoneKind: 'elsewhere' })).not.toContain('/kms dns');
    expect(steps(nobody)).not.toContain('/kms dns');
  });
});

describe('the clock’s fix', () => {
  it('takes the time of the domain for its members, and of Amazon for others', () => {
    expect(english['sync-clock']({ joined: 'yes' }).steps.join()).not.toContain('manualpeerlist');
    expect(english['sync-clock']({ joined: 'no' }).steps.join()).not.toContain('domhier');
    expect(english['sync-clock']({}).steps.join()).toMatch(/domhier.*manualpeerlist:"169\.254\.169\.123,0x9"/s);
  });
});

it('Japanese keeps half a space to Latin words, also around values', () => {
  const seam =
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][A-Za-z0-9`]|[A-Za-z0-9`][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
  const { zoneId: _zoneId, address: _address, ...fewer } = ALL;
  for (const values of [ALL, {}, fewer, { ...ALL, zoneKind: 'elsewhere', joined: 'no' } as const]) {
    for (const kind of KINDS) {
      for (const line of linesOf(japanese[kind](values))) {
        expect(line.replace(/`[^`]*`/g, '`'), kind).not.toMatch(seam);
        expect(line).not.toMatch(/アクティベーション|KMS サーバー|ライセンスキー|閾値|！/);
      }
    }
  }
});
