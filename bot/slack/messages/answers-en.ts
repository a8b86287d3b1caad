/** Quick answers in English: refusals, and what is not built. Loaded when one is needed. */
import type { Operand } from '../command/command.ts';
import type { Right } from '../command/table.ts';
import type { Safe } from '../mrkdwn.ts';

/** What belongs in a place of a command; follows "needs" and "as". */
const operand: Readonly<Record<Operand, string>> = {
  nodes: 'machines: ids (`i-…`, `mi-…`), computer names, `tag:Key=Value` or `all`',
  node: 'one machine, by its id (`i-…`, `mi-…`) or computer name',
  tag: 'a tag, written `tag:Key=Value`, or `tag:"Key=Value with spaces"`',
  site: 'one site, written `site:tokyo`',
  code: 'a result code of eight hexadecimal digits such as `0xC004F074`, or its decimal form',
  host: 'a KMS host: a DNS name, a NetBIOS name, an IPv4 address or an `[IPv6]` address in brackets, with `:port` if it is not 1688',
  'kms-target': 'the KMS host to use, with `:port` if it is not 1688, or `amazon` for licence-included machines',
  setting: 'a setting: `type`, `lookup`, `caching` or `flushdns`',
  'activation-type': 'the kind of activation: `auto`, `kms` or `ad`',
  'lookup-domain': 'the DNS domain to look in, or `none`',
  'on-off': '`on` or `off`',
  'key-choice': '`gvlk` for the KMS client setup key, or the name of a stored key',
  'stored-key': 'the name under which a key is stored (never the key itself)',
  'host-action': 'what to do with the KMS host',
  domain: 'DNS domains, at most 20, each with `,priority,weight` behind it where they are not 0; or `none`',
  port: 'a port from 1 to 65535',
  interval: 'two intervals in minutes, each from 15 to 43200: activation, then renewal',
  'priority-class': '`normal` or `low`',
  zone: 'a DNS domain, or the id of a Route 53 zone (`Z…`)',
  'dns-action': 'what to do with the record: `add`, `remove` or `adopt`',
  'record-number': 'a priority or weight from 0 to 65535',
  change: 'the id of a change, as the bot gave it: `c4k7m2q9xd`',
  schedule: '`now`, `daily hh:mm`, `weekly day hh:mm` or `off`',
  'time-of-day': 'a time such as `08:30`',
  weekday: 'a day of the week such as `monday`',
  incident: 'an incident, as the bot named it',
  duration: 'a duration such as `30m`, `4h` or `2d`, at most a year',
  reason: 'a reason, for those who ask later',
  since: 'a day such as `2026-11-01`, or a duration back such as `7d`',
  topic: 'a command or a topic: discovery, caching, threshold, MAK, phone, slmgr',
};

const right: Readonly<Record<Right, string>> = {
  anyone: 'anyone',
  viewer: 'viewers (reads only)',
  operator: 'operators',
  'operator+approver': 'operators, approved by another person',
};

export const answers = {
  /** Between two sentences. */
  gap: ' ',
  operand,
  right,
  usage: (forms: readonly string[]) => `Usage: ${forms.join(' · ')}`,
  or: (choices: readonly string[]) => choices.join(' or '),
  didYouMean: (choices: string) => `Did you mean ${choices}?`,
  unknownCommand: (word: Safe) => `I do not know the command ${word}.`,
  seeHelp: '`/kms help` lists what I understand.',
  missing: (command: string, what: string) => `${command} needs ${what}.`,
  bad: (word: Safe, what: string) => `I cannot read ${word} as ${what}.`,
  oneHost: 'One host at a time: ask for each of the others by a command of its own.',
  extra: (command: string, word: Safe) => `I understood ${command} up to ${word}, which is one word too many.`,
  secret: {
    'product-key':
      'That looks like a product key. I have read no further and kept nothing, but it has passed through Slack: treat it as seen. Keys are never typed here; they are stored as secrets and called by name.',
    'activation-id':
      'That looks like an Installation ID or a Confirmation ID. I have read no further and kept nothing. Such numbers are never typed into a command.',
    token:
      'That looks like an access key or a token. I have read no further and kept nothing, but it has passed through Slack: treat it as seen, and have it revoked where it was issued.',
  },
  phoneTakesNoId:
    'For `phone` the command names the machine alone. Once the change is approved, its message has a button that opens a window: it shows the Installation ID and takes the Confirmation ID.',
  unclosedQuote: 'A quotation mark opens and never closes. For example: `/kms check tag:"Team=Web Shop"`',
  tooLong: (limit: number) =>
    `The command is longer than ${limit.toLocaleString('en')} characters, so I have not read it. Give the machines a common tag and name that: \`/kms check tag:Key=Value\``,
  notBuilt: (command: string) => `${command} is understood, but not built yet; nothing was done.`,
  byHand: (counterpart: string) => `By hand: ${counterpart}.`,
  worksToday: (commands: readonly string[]) => `Working today: ${commands.join(' · ')}`,
  foreign: 'I serve another workspace and cannot answer here.',
  staleButton: 'This button belongs to an older message and does nothing any more. Ask again with `/kms check`.',
  secretUnreadable: (action: string) =>
    `I cannot check that this request comes from Slack: my Slack function may not call \`${action}\`. Whoever runs the deployment has to give that right back.`,
  internal: (reference: Safe) =>
    `Something went wrong on my side, and nothing was done. The log has the details under ${reference}.`,
};

/** What every language's catalogue of quick answers holds. */
export type Answers = typeof answers;
