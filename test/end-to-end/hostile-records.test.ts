/** Values that somebody else wrote into a record, to speak through the bot: they stand in messages as text. */
import { ChangeResourceRecordSetsCommand, type RRType } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { parseMrkdwn, type Span } from '../lab/slack/text/mrkdwn.ts';
import { APPROVALS, labForAll, newest, OPS, press, type } from './support/changes.ts';
import { administrator, putAtName, srvIn, txtIn, writeForeign, zoneNamed } from './support/records.ts';

const DOMAIN = 'branch.example';
const NAME = `_vlmcs._tcp.${DOMAIN}.`;
/** Of the form of a product key; no product's. */
const KEY = 'ABCDE-FGHIJ-KLMNO-PQRST-UVWXY';

const SHOUT = '10 0 1688 <!channel>.evil.example.';
const LINK = '11 0 1688 <https://evil.example|kms-01>.example.';
const FORMAT = '12 0 1688 *loud*~quiet~.evil.example.';
const ESCAPED = '13 0 1688 &lt;!here&gt;.evil.example.';
const WITH_KEY = `14 0 1688 ${KEY}.evil.example.`;
const UNREADABLE = [SHOUT, LINK, FORMAT, ESCAPED];
const TEXTS = [
  '"<!channel> *hurry* <@U0YJE5A2UY8>"',
  '"kms-bot owner=ffffffffffff change=<!channel> srv=10 0 1688 <!channel>.evil.example."',
];

let lab: Lab;

/** Somebody else makes both sets, through Route 53 itself. */
const writeHostile = async (): Promise<void> => {
  const client = await administrator(lab);
  const create = (kind: RRType, values: readonly string[]) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: { Name: NAME, Type: kind, TTL: 300, ResourceRecords: values.map((Value) => ({ Value })) },
  });
  const ChangeBatch = { Changes: [create('SRV', UNREADABLE), create('TXT', TEXTS)] };
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneNamed(lab, DOMAIN).id, ChangeBatch }));
};

labForAll(async (started) => {
  lab = started;
  await writeHostile();
});

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(textsIn)];
};

const messages = () => [OPS, APPROVALS].flatMap((channel) => lab.workspace.messages('ken', channel));

/** What Slack makes of everything the bot posted so far, the bot's own mentions of people left out. */
const spans = (): readonly Span[] =>
  messages().flatMap(({ text, blocks }) => [text, ...textsIn(blocks)].flatMap((each) => parseMrkdwn(each)));

const isNothingButText = (): void => {
  expect(spans().filter(({ kind }) => kind === 'broadcast' || kind === 'link')).toEqual([]);
  expect(JSON.stringify(messages())).not.toMatch(/<!(?!date)|<https:/);
  const styled = spans().filter(
    (span) => 'style' in span && (span.style.bold || span.style.italic || span.style.strike),
  );
  expect(JSON.stringify(styled)).not.toMatch(/loud|quiet|hurry/);
  expect(JSON.stringify(messages())).not.toContain(KEY);
};

describe('values that are written to speak through the bot', () => {
  it.each(['dns', `dns ${DOMAIN}`])('are text in what %s tells', async (text) => {
    await type(lab, 'aiko', text);

    for (const value of UNREADABLE) expect(newest(lab)).toContain(value);
    isNothingButText();
  });

  it('are text in a plan, on the card, at its end, and stay in the record letter by letter', async () => {
    await writeForeign(lab, DOMAIN, WITH_KEY);
    await type(lab, 'aiko', `dns add ${DOMAIN} kms-01.corp.example`);
    for (const channel of [OPS, APPROVALS]) {
      for (const value of UNREADABLE) expect(newest(lab, channel, 'ken')).toContain(value);
    }
    await press(lab, 'ken', 'approve');

    expect(newest(lab)).toContain('✓ Added kms-01.corp.example');
    expect(srvIn(lab, DOMAIN)).toEqual([...UNREADABLE, WITH_KEY, '0 0 1688 kms-01.corp.example.']);
    expect(txtIn(lab, DOMAIN).slice(0, TEXTS.length)).toEqual(TEXTS);
    isNothingButText();
  });

  it('are text in refusals', async () => {
    for (const verb of ['remove', 'adopt']) {
      await type(lab, 'aiko', `dns ${verb} ${DOMAIN} kms-99.evil.example`);

      expect(newest(lab)).toContain(SHOUT);
    }
    isNothingButText();
  });

  it('are text in the audit, also where a change was refused by Route 53 for their sake', async () => {
    putAtName(lab, DOMAIN, [{ name: NAME, type: 'SRV', ttl: 300, values: ['0 0 1688 x<!channel>..example.'] }]);
    await type(lab, 'aiko', `dns add ${DOMAIN} kms-01.corp.example`);
    await press(lab, 'ken', 'approve');
    expect(newest(lab)).toContain('x<!channel>..example.');

    await type(lab, 'aiko', 'audit 1d');
    expect(newest(lab)).toContain('kms-01.corp.example');
    isNothingButText();
  });
});
