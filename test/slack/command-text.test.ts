import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isChange, isLook } from '../../bot/slack/built-command.ts';
import { changeSpecOf, selectionOf } from '../../bot/slack/change-spec.ts';
import type { Command } from '../../bot/slack/command/command.ts';
import { formatCommand } from '../../bot/slack/command/format.ts';
import { COMMAND_NAMES, COMMANDS } from '../../bot/slack/command/table.ts';
import { parseCommand } from '../../bot/slack/command-text.ts';

const name = (text: string) => ({ kind: 'name', name: text });
const id = (text: string) => ({ kind: 'id', id: text });
const tag = (key: string, value: string) => ({ kind: 'tag', key, value });
const nodes = (...selectors: unknown[]) => ({ selectors });
const web = { target: { node: name('web-03') } };

const command = (text: string): Command => {
  const parsed = parseCommand(text);
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.refusal)}`);
  return parsed.command;
};

const refusal = (text: string) => {
  const parsed = parseCommand(text);
  if (parsed.ok) throw new Error(`understood: ${JSON.stringify(parsed.command)}`);
  return parsed.refusal;
};

const ID = 'i-0a1b2c3d4e5f60718';

describe('parseCommand', () => {
  it.each<[string, unknown]>([
    ['', { name: 'help' }],
    ['   ', { name: 'help' }],
    ['?', { name: 'help' }],
    ['--help', { name: 'help' }],
    ['help check', { name: 'help', about: 'check' }],
    ['help MAK', { name: 'help', about: 'mak' }],
    ['help slmgr /dlv', { name: 'help', about: 'slmgr' }],
    ['help /ckms', { name: 'help', about: 'slmgr' }],
    ['check help', { name: 'help', about: 'check' }],
    ['check all', { name: 'check', nodes: nodes({ kind: 'all' }) }],
    [`check ${ID.toUpperCase()}`, { name: 'check', nodes: nodes(id(ID)) }],
    ['check mi-0a1b2c3d4e5f60718', { name: 'check', nodes: nodes(id('mi-0a1b2c3d4e5f60718')) }],
    ['check web-03 db-01', { name: 'check', nodes: nodes(name('web-03'), name('db-01')) }],
    ['check web-03, WEB-03,db-01', { name: 'check', nodes: nodes(name('WEB-03'), name('db-01')) }],
    ['check tag:Env=prod', { name: 'check', nodes: nodes(tag('Env', 'prod')) }],
    ['check tag:Env=prod tag:Env=Prod', { name: 'check', nodes: nodes(tag('Env', 'prod'), tag('Env', 'Prod')) }],
    ['check tag:"Cost Centre=A 1"', { name: 'check', nodes: nodes(tag('Cost Centre', 'A 1')) }],
    ['check tag:Team="Web Shop"', { name: 'check', nodes: nodes(tag('Team', 'Web Shop')) }],
    ['check tag:aws:x=a=b', { name: 'check', nodes: nodes(tag('aws:x', 'a=b')) }],
    ['check all site:Tokyo', { name: 'check', nodes: { selectors: [{ kind: 'all' }], site: 'tokyo' } }],
    ['check site:tokyo', { name: 'check', nodes: { selectors: [{ kind: 'all' }], site: 'tokyo' } }],
    ['check "all"', { name: 'check', nodes: nodes(name('all')) }],
    ['check all web-03', { name: 'check', nodes: nodes({ kind: 'all' }) }],
    ['diagnose web-03', { name: 'diagnose', ...web }],
    ['diagnose web-03 site:tokyo', { name: 'diagnose', target: { node: name('web-03'), site: 'tokyo' } }],
    ['hosts', { name: 'hosts' }],
    ['error 0xC004F074', { name: 'error', hresult: '0xC004F074' }],
    ['error -1073418124', { name: 'error', hresult: '0xC004F074' }],
    ['error −1073418124', { name: 'error', hresult: '0xC004F074' }],
    ['error c004f074', { name: 'error', hresult: '0xC004F074' }],
    ['activate web-03', { name: 'activate', nodes: nodes(name('web-03')) }],
    ['point web-03 KMS1.Corp.example', { name: 'point', to: { kind: 'fqdn', host: 'kms1.corp.example' } }],
    ['point a b kms1:1699', { name: 'point', to: { kind: 'netbios', host: 'kms1', port: 1699 } }],
    ['point a 10.0.0.4', { name: 'point', to: { kind: 'ipv4', host: '10.0.0.4' } }],
    ['point a [fd00::4]:1688', { name: 'point', to: { kind: 'ipv6', host: 'fd00::4', port: 1688 } }],
    ['point all AMAZON', { name: 'point', to: { kind: 'amazon' } }],
    ['point a xn—bcher-kva.example', { name: 'point', to: { kind: 'fqdn', host: 'xn--bcher-kva.example' } }],
    ['discover web-03', { name: 'discover', nodes: nodes(name('web-03')) }],
    ['set web-03 db-01 type kms', { name: 'set', nodes: nodes(name('web-03'), name('db-01')) }],
    ['set type type ad', { name: 'set', nodes: nodes(name('type')), change: { setting: 'type', to: 'ad' } }],
    ['set a lookup corp.example', { name: 'set', change: { setting: 'lookup', domain: 'corp.example' } }],
    ['set a lookup none', { name: 'set', change: { setting: 'lookup', domain: undefined } }],
    ['set a caching off', { name: 'set', change: { setting: 'caching', on: false } }],
    ['set a b flushdns', { name: 'set', nodes: nodes(name('a'), name('b')), change: { setting: 'flushdns' } }],
    ['key web-03 gvlk', { name: 'key', nodes: nodes(name('web-03')), key: { kind: 'gvlk' } }],
    ['key web-03 kms/mak-2022', { name: 'key', key: { kind: 'stored', name: 'kms/mak-2022' } }],
    ['phone web-03', { name: 'phone', ...web }],
    ['key web-03 /kms-bot/keys/mak-2022', { name: 'key', key: { kind: 'stored', name: 'mak-2022' } }],
    ['rearm web-03', { name: 'rearm', ...web, restart: false }],
    ['rearm web-03 Restart', { name: 'rearm', ...web, restart: true }],
    [
      'rearm web-03 site:tokyo restart',
      { name: 'rearm', target: { node: name('web-03'), site: 'tokyo' }, restart: true },
    ],
    ['rearm restart', { name: 'rearm', target: { node: name('restart') }, restart: false }],
    ['test web-03 kms1', { name: 'test', ...web, host: { kind: 'netbios', host: 'kms1' } }],
    ['host web-03 setup csvlk-2022', { name: 'host', ...web, change: { action: 'setup', storedKey: 'csvlk-2022' } }],
    ['host web-03 publish off', { name: 'host', change: { action: 'publish', on: false } }],
    [
      'host web-03 domains a.example b.example.',
      { change: { action: 'domains', domains: [{ domain: 'a.example' }, { domain: 'b.example' }] } },
    ],
    [
      'host kms1 domains corp.example,10,50 lab.example,5 branch.example',
      {
        change: {
          domains: [
            { domain: 'corp.example', priority: 10, weight: 50 },
            { domain: 'lab.example', priority: 5 },
            { domain: 'branch.example' },
          ],
        },
      },
    ],
    [
      'host kms1 domains "corp.example, 10, 50" 「lab.example、5」',
      {
        change: {
          domains: [
            { domain: 'corp.example', priority: 10, weight: 50 },
            { domain: 'lab.example', priority: 5 },
          ],
        },
      },
    ],
    [
      'host kms1 domains <http://corp.example|corp.example>,10,50 "<http://lab.example|lab.example>,5"',
      {
        change: {
          domains: [
            { domain: 'corp.example', priority: 10, weight: 50 },
            { domain: 'lab.example', priority: 5 },
          ],
        },
      },
    ],
    [
      'host kms1 domains <http://corp.example|corp.example>,<http://lab.example>, BÜCHER.example',
      {
        change: {
          domains: [{ domain: 'corp.example' }, { domain: 'lab.example' }, { domain: 'xn--bcher-kva.example' }],
        },
      },
    ],
    ['host kms1 domains a.example A.example.', { change: { domains: [{ domain: 'a.example' }] } }],
    ['host kms1 domains none', { change: { action: 'domains', domains: [] } }],
    ['host web-03 port 1689', { change: { action: 'port', port: 1689 } }],
    ['host web-03 intervals 120 10080', { change: { activationMinutes: 120, renewalMinutes: 10_080 } }],
    ['host web-03 priority low', { change: { action: 'priority', low: true } }],
    ['host web-03 firewall on', { change: { action: 'firewall' } }],
    ['host web-03 restart', { change: { action: 'restart' } }],
    ['host web-03 site:tokyo retire', { target: { site: 'tokyo' }, change: { action: 'retire' } }],
    ['dns', { name: 'dns', request: { action: 'compare' } }],
    ['dns Corp.Example', { name: 'dns', request: { action: 'compare', zone: 'corp.example' } }],
    [
      'dns add corp.example kms1.corp.example:1688 10 50',
      { request: { action: 'add', zone: 'corp.example', priority: 10, weight: 50 } },
    ],
    ['dns remove corp.example kms1', { request: { action: 'remove', host: { kind: 'netbios', host: 'kms1' } } }],
    ['dns ADOPT corp.example kms1.corp.example', { request: { action: 'adopt', zone: 'corp.example' } }],
    ['dns add z0123456789abc kms1.corp.example', { request: { action: 'add', zone: 'Z0123456789ABC' } }],
    ['dns /hostedzone/Z0123456789ABC', { request: { action: 'compare', zone: 'Z0123456789ABC' } }],
    ['dns _vlmcs._tcp.Corp.Example', { request: { action: 'compare', zone: 'corp.example' } }],
    ['dns BÜCHER.example', { request: { action: 'compare', zone: 'xn--bcher-kva.example' } }],
    ['dns _vlmcs._tcp.bücher。example', { request: { action: 'compare', zone: 'xn--bcher-kva.example' } }],
    [
      'dns add branch.example kms.bücher.example:1689',
      { request: { zone: 'branch.example', host: { kind: 'fqdn', host: 'kms.xn--bcher-kva.example', port: 1689 } } },
    ],
    [
      'dns adopt bücher.example kms-01。corp．example：1688',
      { request: { zone: 'xn--bcher-kva.example', host: { kind: 'fqdn', host: 'kms-01.corp.example', port: 1688 } } },
    ],
    ['dns add corp｡example 東京。例え。テスト', { request: { zone: 'corp.example', host: { kind: 'fqdn' } } }],
    ['dns add corp.example 10。0。0。4', { request: { host: { kind: 'ipv4', host: '10.0.0.4' } } }],
    ['dns "add"', { request: { action: 'compare', zone: 'add' } }],
    ['dns zone', { request: { action: 'compare', zone: 'zone' } }],
    ['undo chg-7F3', { name: 'undo', change: 'chg-7F3' }],
    ['jobs', { name: 'jobs' }],
    ['report', { name: 'report', schedule: { kind: 'now' } }],
    [
      'report daily 8:30 <#C0123|ops> Asia/Tokyo',
      { schedule: { kind: 'daily', minuteOfDay: 510 }, channelId: 'C0123', timeZone: 'Asia/Tokyo' },
    ],
    ['report weekly mon 09:00', { schedule: { kind: 'weekly', day: 'monday', minuteOfDay: 540 } }],
    ['report weekly 月曜日 ９：００', { schedule: { kind: 'weekly', day: 'monday', minuteOfDay: 540 } }],
    ['report off', { schedule: { kind: 'off' } }],
    ['incidents', { name: 'incidents' }],
    ['mute inc-12 4h moving the host', { name: 'mute', incident: 'inc-12', minutes: 240, reason: 'moving the host' }],
    ['audit', { name: 'audit', request: { about: { kind: 'everything' } } }],
    [
      'audit <@U0AIKO|aiko> 7d',
      { request: { about: { kind: 'person', userId: 'U0AIKO' }, since: { minutes: 10_080 } } },
    ],
    ['audit verify', { request: { about: { kind: 'verify' } } }],
    ['audit web-03 2026-11-01', { request: { about: { node: name('web-03') }, since: { isoDay: '2026-11-01' } } }],
    ['audit 2d', { request: { about: { kind: 'everything' }, since: { kind: 'ago', minutes: 2_880 } } }],
    ['whoami', { name: 'whoami' }],
    ['doctor', { name: 'doctor' }],
  ])('understands “%s”', (text, expected) => {
    expect(command(text)).toMatchObject(expected as object);
  });

  it.each<[string, unknown]>([
    ['key web-03 mak-2022', { kind: 'stored-key', key: 'mak-2022' }],
    ['key web-03 gvlk', { kind: 'client-key' }],
    ['phone web-03', { kind: 'phone' }],
    ['rearm web-03', { kind: 'rearm', restart: false }],
    ['rearm web-03 restart', { kind: 'rearm', restart: true }],
    ['host web-03 setup csvlk-2022', { kind: 'host-setup', key: 'csvlk-2022' }],
    ['host web-03 publish on', { kind: 'host-publish', on: true }],
    ['host web-03 domains a.example,1', { kind: 'host-domains', domains: [{ domain: 'a.example', priority: 1 }] }],
    ['host web-03 domains none', { kind: 'host-domains', domains: [] }],
    ['host web-03 port 1689', { kind: 'host-port', port: 1689 }],
    ['host web-03 intervals 15 43200', { kind: 'host-intervals', activationMinutes: 15, renewalMinutes: 43_200 }],
    ['host web-03 priority normal', { kind: 'host-priority', low: false }],
    ['host web-03 firewall on', { kind: 'host-firewall' }],
    ['host web-03 restart', { kind: 'host-restart' }],
    ['host web-03 retire', { kind: 'host-retire' }],
  ])('asks for a change by “%s”', (text, spec) => {
    const asked = command(text);
    if (!isChange(asked)) throw new Error('no change');
    expect(changeSpecOf(asked)).toEqual(spec);
    expect(selectionOf(asked)).toEqual(nodes(name('web-03')));
  });

  it('has a row for every command', () => {
    expect(COMMAND_NAMES).toHaveLength(23);
    for (const { usage } of Object.values(COMMANDS)) expect(usage.length).toBeGreaterThan(0);
  });

  it.each([
    ['smart quotes', 'check tag:“Env=my prod”'],
    ['German quotes', 'check tag:„Env=my prod“'],
    ['Japanese quotes', 'check tag:「Env=my prod」'],
    ['single quotes', "check tag:'Env=my prod'"],
    ['quotes around the value only', 'check tag:Env=“my prod”'],
    ['quotes around the whole word', 'check "tag:Env=my prod"'],
    ['full-width letters and spaces', 'ｃｈｅｃｋ　ｔａｇ：＂Env=my prod＂'],
    ['extra spaces and upper case', '  CHECK \u00A0  TAG:"Env=my prod"  '],
    ['invisible characters', 'check\u200B tag:\u2060"Env=my prod"\uFEFF'],
    ['mixed quotes', 'check tag:"Env=my prod”'],
    ['the bot named again', '/kms check tag:"Env=my prod"'],
  ])('forgives %s', (_, text) => {
    expect(command(text)).toEqual({ name: 'check', nodes: nodes(tag('Env', 'my prod')) });
  });

  it.each([
    [
      'a link that Slack made of a name',
      'check <http://web-03.corp.example|web-03.corp.example>',
      'web-03.corp.example',
    ],
    ['typographic dashes', 'check web–03', 'web-03'],
    ['a name in a code span', 'check `web-03`', 'web-03'],
    ['the brackets of a usage line', 'check &lt;web-03&gt;', 'web-03'],
    ['an ampersand as Slack sends it', 'check "R&amp;D 1"', 'R&D 1'],
  ])('forgives %s', (_, text, expected) => {
    expect(command(text)).toEqual({ name: 'check', nodes: nodes(name(expected)) });
  });

  it.each([
    ['<http://kms-01.corp.example|kms-01.corp.example>', { host: 'kms-01.corp.example' }],
    ['<http://kms-01.corp.example:1689|kms-01.corp.example:1689>', { host: 'kms-01.corp.example', port: 1689 }],
    ['<http://kms.bücher.example|kms.bücher.example>', { host: 'kms.xn--bcher-kva.example' }],
    ['<http://kms.xn--bcher-kva.example|kms.bücher.example>', { host: 'kms.xn--bcher-kva.example' }],
    ['<http://kms.xn--bcher-kva.example/>', { host: 'kms.xn--bcher-kva.example' }],
    ['<http://kms-01.corp.example|kms-01。corp。example>', { host: 'kms-01.corp.example' }],
  ])('reads the host of a record out of the link that Slack made of it: %s', (link, host) => {
    const typed = `dns add <http://bücher.example|bücher.example> ${link}`;
    expect(command(typed)).toMatchObject({ request: { zone: 'xn--bcher-kva.example', host } });
  });

  it.each<[string, unknown]>([
    ['chekc all', { kind: 'unknown-command', word: 'chekc', nearest: ['check'] }],
    ['diag web-03', { kind: 'unknown-command', nearest: ['diagnose'] }],
    ['/ato web-03', { kind: 'unknown-command', word: '/ato', nearest: ['activate'] }],
    ['slmgr.vbs /dlv', { kind: 'unknown-command', nearest: ['check'] }],
    ['constructor', { kind: 'unknown-command', nearest: [] }],
    ['check', { command: 'check', problem: { kind: 'missing', what: 'nodes' } }],
    ['check tag:Env', { problem: { kind: 'bad', what: 'tag', word: 'tag:Env' } }],
    ['check tag:Env=', { problem: { kind: 'bad', what: 'tag' } }],
    ['check web-*', { problem: { kind: 'bad', what: 'nodes', word: 'web-*' } }],
    ['check i-0a1b2c3d4e5f6071', { problem: { kind: 'bad', what: 'nodes' } }],
    ['check <@U1|aiko>', { problem: { kind: 'bad', what: 'nodes', word: '@aiko' } }],
    ['check site:tokyo site:frankfurt', { problem: { kind: 'bad', what: 'site' } }],
    ['check "web 03', { kind: 'unclosed-quote' }],
    ['diagnose all', { problem: { kind: 'bad', what: 'node' } }],
    ['diagnose web-03 web-04', { problem: { kind: 'extra', word: 'web-04' } }],
    ['hosts now', { problem: { kind: 'extra', word: 'now' } }],
    ['error', { problem: { kind: 'missing', what: 'code' } }],
    ['error F074', { problem: { kind: 'bad', what: 'code', word: 'F074' } }],
    ['point web-03', { problem: { kind: 'missing', what: 'kms-target' } }],
    ['point web-03 fd00::4', { problem: { kind: 'bad', what: 'host', word: 'fd00::4' } }],
    ['point web-03 10.0.0.400', { problem: { kind: 'bad', what: 'host' } }],
    ['point web-03 kms1:0', { problem: { kind: 'bad', what: 'port' } }],
    ['set web-03', { problem: { kind: 'missing', what: 'setting' } }],
    ['set web-03 type', { problem: { kind: 'missing', what: 'activation-type' } }],
    ['set web-03 typ kms', { problem: { kind: 'bad', what: 'setting', word: 'typ', nearest: ['type'] } }],
    ['set web-03 caching maybe', { problem: { kind: 'bad', what: 'on-off', nearest: ['on', 'off'] } }],
    ['key web-03', { problem: { kind: 'missing', what: 'key-choice' } }],
    ['host web-03 publsh on', { problem: { kind: 'bad', what: 'host-action', nearest: ['publish'] } }],
    ['host web-03 intervals 5 10080', { problem: { kind: 'bad', what: 'interval', word: '5' } }],
    ['host web-03 restart now', { problem: { kind: 'extra', word: 'now' } }],
    ['host web-03 domains', { problem: { kind: 'missing', what: 'domain' } }],
    ['host web-03 domains corp.example,10,70000', { problem: { what: 'domain', word: 'corp.example,10,70000' } }],
    ['host web-03 domains corp.example,1,2,3', { problem: { what: 'domain', word: 'corp.example,1,2,3' } }],
    ['host web-03 domains 10.0.0.4', { problem: { what: 'domain', word: '10.0.0.4' } }],
    ['host web-03 domains a.example,1 a.example,2', { problem: { kind: 'extra', word: 'a.example' } }],
    [
      `host web-03 domains ${Array.from({ length: 21 }, (_, at) => `d${at}.example`).join(' ')}`,
      { problem: { kind: 'extra', word: 'd20.example' } },
    ],
    ['host web-03 firewall off', { problem: { kind: 'bad', what: 'on-off', nearest: ['on'] } }],
    ['host web-03 setup', { problem: { kind: 'missing', what: 'stored-key' } }],
    ['phone web-03 web-04', { problem: { kind: 'extra', word: 'web-04' } }],
    ['phone all', { problem: { kind: 'bad', what: 'node' } }],
    ['rearm', { problem: { kind: 'missing', what: 'node' } }],
    ['rearm web-03 now', { problem: { kind: 'extra', word: 'now' } }],
    ['restart web-03', { kind: 'unknown-command', word: 'restart' }],
    ['dns add corp.example', { problem: { kind: 'missing', what: 'host' } }],
    ['dns add corp.example kms1 99999', { problem: { kind: 'bad', what: 'record-number' } }],
    ['dns add corp.example kms1 1 2 3', { problem: { kind: 'extra', word: '3' } }],
    ['dns add', { problem: { kind: 'missing', what: 'zone' } }],
    ['dns add corp.example bü!cher.example', { problem: { kind: 'bad', what: 'host', word: 'bü!cher.example' } }],
    ['dns add corp.example bücher.example:99999', { problem: { what: 'port', word: 'bücher.example:99999' } }],
    ['point web-03 kms.bücher.example', { problem: { kind: 'bad', what: 'host', word: 'kms.bücher.example' } }],
    ['dns remove corp_example! kms1', { problem: { kind: 'bad', what: 'zone', word: 'corp_example!' } }],
    ['dns remov corp.example kms1', { problem: { kind: 'bad', what: 'dns-action', nearest: ['remove'] } }],
    ['dns delete corp.example kms1', { problem: { kind: 'bad', what: 'dns-action', nearest: ['remove'] } }],
    ['dns corp.example add kms1', { problem: { kind: 'bad', what: 'dns-action', nearest: [] } }],
    ['dns adpt', { problem: { kind: 'bad', what: 'dns-action', nearest: ['adopt'] } }],
    ['dns corp.example lab.example', { problem: { kind: 'extra', word: 'lab.example' } }],
    ['report hourly', { problem: { kind: 'bad', what: 'schedule' } }],
    ['report daily 25:00', { problem: { kind: 'bad', what: 'time-of-day' } }],
    ['mute inc-1 4h', { problem: { kind: 'missing', what: 'reason' } }],
    ['mute inc-1 soon because', { problem: { kind: 'bad', what: 'duration' } }],
    ['help discvery', { problem: { kind: 'bad', what: 'topic', nearest: ['discovery', 'discover'] } }],
  ])('refuses “%s”', (text, expected) => {
    expect(refusal(text)).toMatchObject(expected as object);
  });

  it('refuses a text that is longer than it reads', () => {
    expect(refusal(`check ${'x'.repeat(5_000)}`)).toEqual({ kind: 'too-long', limit: 4_000 });
  });

  const KEY = ['VK7JG', 'NPHTM', 'C97JM', '9MPGT', '3V66T'];
  it.each([
    ['as printed', KEY.join('-')],
    ['in lower case', KEY.join('-').toLowerCase()],
    ['with long dashes', KEY.join('–')],
    ['with spaces', KEY.join(' ')],
    ['in one piece', KEY.join('')],
    ['in full width', KEY.join('－')],
    ['with long vowel marks for hyphens', KEY.join('ー')],
    ['with full-width spaces', KEY.join('\u3000')],
    ['with invisible characters', KEY.join('-\u200B')],
    ['in quotes', `“${KEY.join('-')}”`],
  ])('refuses a product key %s without keeping it', (_, key) => {
    expect(refusal(`key web-03 ${key}`)).toEqual({ kind: 'secret', looksLike: 'product-key' });
  });

  const GROUPS = Array.from({ length: 8 }, (_, block) => String(100_001 + block));
  const wide = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  it.each([
    ['with hyphens', GROUPS.join('-')],
    ['with spaces', GROUPS.join('  ')],
    ['in one piece', GROUPS.join('')],
    ['in full width', wide(GROUPS.join('－'))],
    ['with long vowel marks for hyphens', wide(GROUPS.join('ー'))],
    ['with full-width spaces', GROUPS.join('\u3000')],
    ['with invisible characters', GROUPS.join('\u200B')],
    ['with slashes', GROUPS.join(' / ')],
    ['with every digit by itself', GROUPS.join('').split('').join(' ')],
    ['by letters', GROUPS.map((group, at) => `${'ABCDEFGH'[at]}: ${group}`).join(', ')],
    ['in quotes', `"${GROUPS.join(' ')}"`],
  ])('refuses a Confirmation ID %s without keeping it', (_, confirmation) => {
    const secret = { kind: 'secret', looksLike: 'activation-id' };
    expect(refusal(`phone web-03 ${confirmation}`)).toEqual({ ...secret, forPhone: true });
    expect(refusal(`/kms Phone ${confirmation}`)).toEqual({ ...secret, forPhone: true });
    expect(refusal(`check ${confirmation}`)).toEqual(secret);
  });

  it.each([`phone web-03 ${GROUPS[0]}`, `phone web-03 site:tokyo ${GROUPS.slice(0, 3).join('-')}`])(
    'refuses a part of one behind the machine of an activation by telephone: %#',
    (text) => {
      expect(refusal(text)).toEqual({ kind: 'secret', looksLike: 'activation-id', forPhone: true });
    },
  );

  it('takes a machine whose name is digits for a machine', () => {
    expect(command('phone 100001')).toEqual({ name: 'phone', target: { node: name('100001') } });
  });

  it('does not take ids of machines for an activation ID', () => {
    const ids = Array.from({ length: 20 }, (_, at) => `i-0a1b2c3d4e5f607${at + 10}`).join(' ');
    expect(command(`check ${ids}`).name).toBe('check');
  });

  it('does not take five machines for a key', () => {
    expect(command('check web01 web02 web03 web04 web05').name).toBe('check');
  });

  it('never throws, whatever is typed', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
    const commandish = fc.tuple(fc.constantFrom(...COMMAND_NAMES), anything).map(([word, rest]) => `${word} ${rest}`);
    fc.assert(
      fc.property(fc.oneof(anything, commandish), (text) => {
        expect(typeof parseCommand(text).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });

  it('never keeps a part of a key, wherever it stands', () => {
    const group = fc.string({
      unit: fc.constantFrom(...'BCDFGHJKMPQRTVWXY2346789'),
      minLength: 5,
      maxLength: 5,
    });
    const key = fc.tuple(group, group, group, group, group);
    const around = fc.constantFrom('', 'check ', 'key web-03 ', 'check tag:K=', 'help ', '“');
    fc.assert(
      fc.property(around, key, fc.constantFrom('-', '–', '—', ' - ', '－'), (before, groups, dash) => {
        const parsed = JSON.stringify(parseCommand(`${before}${groups.join(dash)}`));
        for (const part of groups) expect(parsed.toUpperCase()).not.toContain(part);
      }),
      { numRuns: 300 },
    );
  });

  it('takes no name that would be a tag when written down', () => {
    expect(parseCommand('check " tag:"')).toMatchObject({ ok: false, refusal: { kind: 'problem', command: 'check' } });
  });

  it('reads a check it has written down as the same check', () => {
    const text = fc.string({ minLength: 1, maxLength: 30 });
    const selector = fc.oneof(
      fc.constant('all'),
      fc.constant(ID),
      text.map((value) => `"${value}"`),
      fc.tuple(text, text).map(([key, value]) => `tag:"${key}=${value}"`),
      fc.constant('site:tokyo'),
    );
    fc.assert(
      fc.property(fc.array(selector, { minLength: 1, maxLength: 4 }), (selectors) => {
        const parsed = parseCommand(`check ${selectors.join(' ')}`);
        fc.pre(parsed.ok && parsed.command.name === 'check');
        if (!parsed.ok || parsed.command.name !== 'check') return;
        const written = formatCommand(parsed.command);
        const escaped = written.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
        expect(parseCommand(escaped)).toEqual(parsed);
      }),
      { numRuns: 300, examples: [[['tag:""#=(', '" tag:"', '=!"']]] },
    );
  });

  it('reads any command that starts something, once written down, as the same', () => {
    const name = fc.oneof(
      fc.constantFrom('web-03', 'all', 'type', 'verify', '7d', 'amazon', 'on', 'none', 'kms1.corp.example', ID),
      fc.string({ minLength: 1, maxLength: 20 }).map((text) => `"${text}"`),
    );
    const nodes = fc.array(fc.oneof(name, fc.constantFrom('tag:Env=prod', 'tag:"Team=Web Shop"', 'site:tokyo')), {
      minLength: 1,
      maxLength: 3,
    });
    const one = fc.tuple(name, fc.constantFrom('', ' site:tokyo')).map((words) => words.join(''));
    const host = fc.constantFrom('kms1', 'KMS1.corp.example.', '10.0.0.4:1689', '[fd00::4]', '[fd00::4]:1688');
    const many = nodes.map((words) => words.join(' '));
    const setting = fc.constantFrom('type ad', 'lookup corp.example', 'lookup none', 'caching on', 'flushdns');
    const number = fc.integer({ min: 0, max: 65_535 });
    const domain = fc
      .tuple(
        fc.constantFrom('corp.example', 'lab.example.', 'bücher.example', '<http://a.example|a.example>'),
        fc.array(number, { maxLength: 2 }),
        fc.constantFrom(',', ' , ', ' '),
      )
      .map(([zone, numbers, comma]) => [zone, ...numbers].join(comma));
    const minutes = fc.integer({ min: 15, max: 43_200 });
    const action = fc.oneof(
      fc.constantFrom('setup csvlk-2022', 'publish on', 'publish off', 'domains none', 'priority low'),
      fc.constantFrom('priority normal', 'firewall on', 'restart', 'retire'),
      fc.array(domain, { minLength: 1, maxLength: 3 }).map((list) => `domains ${list.join(' ')}`),
      fc.integer({ min: 1, max: 65_535 }).map((port) => `port ${port}`),
      fc.tuple(minutes, minutes).map((both) => `intervals ${both.join(' ')}`),
    );
    const since = fc.constantFrom('', ' 7d', ' 90m', ' 36h', ' 2w', ' 2026-11-01');
    const text = fc.oneof(
      fc.tuple(fc.constantFrom('activate', 'discover', 'check'), many).map((words) => words.join(' ')),
      fc.tuple(many, fc.oneof(host, fc.constant('amazon'))).map((words) => `point ${words.join(' ')}`),
      fc.tuple(many, setting).map((words) => `set ${words.join(' ')}`),
      fc
        .tuple(many, fc.constantFrom('gvlk', 'contoso-ws2022', 'kms/mak_10+x', '/kms-bot/keys/a'))
        .map((words) => `key ${words.join(' ')}`),
      one.map((words) => `phone ${words}`),
      fc.tuple(one, fc.constantFrom('', ' restart')).map((words) => `rearm ${words.join('')}`),
      fc.tuple(one, action).map((words) => `host ${words.join(' ')}`),
      fc.tuple(one, host).map((words) => `test ${words.join(' ')}`),
      fc.constantFrom('undo c4k7m2q9xd', 'jobs', 'hosts', 'hosts site:frankfurt', 'audit', 'audit verify'),
      one.map((words) => `diagnose ${words}`),
      fc.constantFrom('dns', 'dns corp.example', 'dns z0123456789abc', 'dns "adopt"', 'dns "delete."'),
      fc
        .tuple(
          fc.constantFrom('add', 'remove', 'adopt'),
          fc.constantFrom('corp.example', 'bücher.example', 'Z0123456789ABC', 'add', '_vlmcs._tcp.corp.example'),
          fc.oneof(host, fc.constantFrom('kms.bücher.example', 'kms-01。corp。example:1689')),
          fc.constantFrom('', ' 0', ' 10 0', ' 65535 65535'),
        )
        .map(([action, zone, target, numbers]) => `dns ${action} ${zone} ${target}${numbers}`),
      fc
        .tuple(fc.oneof(name, fc.constantFrom('<@U0KEN00001|ken>', 'verify')), since)
        .map(([about, from]) => `audit ${about}${from}`),
    );
    let read = 0;
    let changes = 0;
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseCommand(escapeTyped(typed));
        if (!parsed.ok || (!isLook(parsed.command) && !isChange(parsed.command))) return;
        read += 1;
        const again = parseCommand(escapeTyped(formatCommand(parsed.command)));
        expect(withoutShown(again)).toEqual(withoutShown(parsed));
        if (!isChange(parsed.command) || !again.ok || !isChange(again.command)) return;
        changes += 1;
        expect(changeSpecOf(again.command)).toEqual(changeSpecOf(parsed.command));
        expect(selectionOf(again.command)).toEqual(selectionOf(parsed.command));
      }),
      { numRuns: 1_500 },
    );
    expect(read).toBeGreaterThan(500);
    expect(changes).toBeGreaterThan(300);
  });

  it('writes names of records down in ASCII', () => {
    const typed = command('dns add Bücher。example kms.bücher.example:1689 5');
    expect(isChange(typed) ? formatCommand(typed) : '').toBe(
      'dns add xn--bcher-kva.example kms.xn--bcher-kva.example:1689 5',
    );
  });

  it.each(['hosts web-01', 'hosts all web-01', 'hosts tag:Env=prod', 'hosts site:tokyo site:frankfurt'])(
    'refuses what stands behind hosts and is no site: %s',
    (text) => {
      expect(parseCommand(text)).toMatchObject({
        ok: false,
        refusal: { kind: 'problem', command: 'hosts', problem: { kind: 'extra' } },
      });
    },
  );
});

/** As Slack delivers what people type; a mention is Slack's own and stays. */
const escapeTyped = (text: string): string =>
  text
    .split(/(<(?:@U[A-Z0-9]+|http:\/\/[a-z.]+)(?:\|[a-z.]+)?>)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')))
    .join('');

const withoutShown = (parsed: unknown): unknown => JSON.parse(JSON.stringify(parsed));
