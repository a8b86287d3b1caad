/** The command table: names, usage, and who may use what. Wording beyond the usage line belongs to the catalogues. */

export type Right = 'anyone' | 'viewer' | 'operator' | 'operator+approver';

export interface CommandRow {
  /** Behind `/kms `, one line for each form. */
  readonly usage: readonly string[];
  readonly right: Right;
  /** The right that its forms with a verb in them take, where that is another one. */
  readonly changes?: Right;
  /** The `slmgr` and other tools' counterparts, verbatim; empty where there is none. */
  readonly counterpart: string;
  /** Whether this version carries it out. */
  readonly built: boolean;
}

const row = (right: Right, counterpart: string, ...usage: string[]): CommandRow => ({
  usage,
  right,
  counterpart,
  built: false,
});
const built = (right: Right, counterpart: string, ...usage: string[]): CommandRow => ({
  usage,
  right,
  counterpart,
  built: true,
});

/** In the order of `/kms help`. */
export const COMMANDS = {
  check: built('viewer', 'slmgr /dlv', 'check <nodes>'),
  diagnose: built('viewer', 'slmgr /dlv · nslookup -type=srv _vlmcs._tcp', 'diagnose <node>'),
  hosts: built('viewer', 'slmgr /dlv', 'hosts'),
  error: built('viewer', 'slui 0x2a <code>', 'error <code>'),
  activate: built('operator', 'slmgr /ato', 'activate <nodes>'),
  point: built('operator', 'slmgr /skms', 'point <nodes> <host[:port]>', 'point <nodes> amazon'),
  discover: built('operator', 'slmgr /ckms', 'discover <nodes>'),
  set: built(
    'operator',
    'slmgr /act-type · /skms-domain · /skhc · ipconfig /flushdns',
    'set <nodes> type auto|kms|ad',
    'set <nodes> lookup <domain>|none',
    'set <nodes> caching on|off',
    'set <nodes> flushdns',
  ),
  key: built('operator', 'slmgr /ipk', 'key <nodes> gvlk', 'key <nodes> <stored key>'),
  phone: built('operator+approver', 'slmgr /dti · /atp', 'phone <node>'),
  rearm: built('operator+approver', 'slmgr /rearm', 'rearm <node> [restart]'),
  test: built('operator', 'slmgr /skms · /ato', 'test <node> <host>'),
  host: built(
    'operator+approver',
    'slmgr /sdns · /cdns · /sprt · /sai · /sri · /spri · /cpri',
    'host <node> setup <stored key>',
    'host <node> publish on|off',
    'host <node> domains <domain[,priority,weight]> …|none',
    'host <node> port <number>',
    'host <node> intervals <activation> <renewal>',
    'host <node> priority normal|low',
    'host <node> firewall on',
    'host <node> restart',
    'host <node> retire',
  ),
  dns: {
    ...built(
      'viewer',
      'nslookup -type=srv _vlmcs._tcp · slmgr /sdns · /cdns',
      'dns [zone]',
      'dns add <zone> <host[:port]> [priority] [weight]',
      'dns remove <zone> <host[:port]> [priority] [weight]',
      'dns adopt <zone> <host[:port]> [priority] [weight]',
    ),
    changes: 'operator+approver',
  },
  undo: built('operator', '', 'undo <change>'),
  jobs: built('viewer', '', 'jobs'),
  report: row('operator', 'slmgr /dlv', 'report [now|daily hh:mm|weekly day hh:mm|off] [#channel] [time zone]'),
  incidents: row('viewer', '', 'incidents'),
  mute: row('operator', '', 'mute <incident> <duration> <reason>'),
  audit: built('viewer', '', 'audit [node|@user|verify] [since]'),
  whoami: built('anyone', '', 'whoami'),
  doctor: row('viewer', '', 'doctor'),
  help: built('anyone', 'slmgr /?', 'help [command|topic]'),
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

export const TOPIC_NAMES = [
  'discovery',
  'caching',
  'threshold',
  'mak',
  'phone',
  'routing',
  'publishing',
  'setup',
  'versions',
  'adba',
  'office',
  'amazon',
  'slmgr',
] as const;
export type TopicName = (typeof TOPIC_NAMES)[number];

export const isCommandName = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);
export const isTopicName = (word: string): word is TopicName => TOPIC_NAMES.some((topic) => topic === word);

/** Whether this version carries the command out. */
export const isBuilt = (name: CommandName): boolean => COMMANDS[name].built;

/** Commands that this version carries out. */
export const BUILT_COMMANDS = COMMAND_NAMES.filter(isBuilt);

/** What people who know the old tools, or other words for the same thing, may type first. */
export const FAMILIAR: Readonly<Record<string, CommandName>> = {
  dlv: 'check',
  dli: 'check',
  xpr: 'check',
  status: 'check',
  state: 'check',
  show: 'check',
  list: 'check',
  ato: 'activate',
  skms: 'point',
  ckms: 'discover',
  'skms-domain': 'set',
  'ckms-domain': 'set',
  skhc: 'set',
  ckhc: 'set',
  'act-type': 'set',
  flushdns: 'set',
  ipk: 'key',
  upk: 'key',
  cpky: 'key',
  dti: 'phone',
  atp: 'phone',
  sai: 'host',
  sri: 'host',
  sprt: 'host',
  sdns: 'host',
  cdns: 'host',
  spri: 'host',
  cpri: 'host',
  why: 'diagnose',
  fix: 'diagnose',
  explain: 'error',
  srv: 'dns',
  record: 'dns',
  records: 'dns',
  nslookup: 'dns',
  revert: 'undo',
  log: 'audit',
  history: 'audit',
};
