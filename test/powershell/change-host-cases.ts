/** KMS hosts as they are set: what commands and the registry do, what is published, and hosts that are other than expected. */
import type { ChangeStep } from './change-both-ways.ts';
import { asHost, roleOf } from './change-host-machine.ts';
import { plainHostSteps } from './change-host-steps.ts';
import type { ChangeMachine } from './change-machine.ts';
import type { ChangeCase } from './change-steps.ts';

type First = NonNullable<ChangeStep['first']>;

const document = 'KmsBot-SetHost';
const MINUTE = 60_000;

const only = (name: string, step: ChangeStep): ChangeCase => ({ name: `host: ${name}`, steps: [step] });

const broken =
  (step: ChangeStep, faults: ChangeMachine['node']['windows']['broken']): First =>
  (machine) => {
    step.first?.(machine);
    Object.assign(machine.node.windows.broken, faults);
  };

const mended: First = (machine) => {
  machine.node.windows.broken = {};
  machine.advance(5 * MINUTE);
};

/** Commands, and the value of the registry, by the wish that uses them. */
const USES: readonly (readonly [keyof ReturnType<typeof plainHostSteps>, ...string[]])[] = [
  ['publish in domains', 'reg.exe'],
  ['publish in its own domain alone', 'reg.exe'],
  ['let clients in', 'Set-NetFirewallRule'],
  ['let nobody in', 'Set-NetFirewallRule'],
  ['let clients in on a port of its own', 'New-NetFirewallRule'],
  ['install the role', 'Get-WindowsFeature', 'Install-WindowsFeature'],
];

const CODE = { hresult: '80070005', afterMs: 1500 };

const commandCases = (): ChangeCase[] =>
  USES.flatMap(([wish, ...commands]) => {
    const step: ChangeStep = plainHostSteps()[wish];
    const faulty = (key: string): ChangeStep => ({ ...step, first: broken(step, { [key]: CODE }) });
    return commands.flatMap((name) => [
      only(`${wish}: no ${name}`, faulty(`command:${name}`)),
      only(`${wish}: ${name} fails`, faulty(`fails:${name}`)),
      only(`${wish}: ${name} does nothing and says so`, faulty(`ends:${name}`)),
      only(`${wish}: ${name} wants a restart`, faulty(`restart:${name}`)),
      {
        name: `host: ${wish}: dies in ${name}, then again`,
        steps: [faulty(`dies:${name}`), { ...step, first: mended }],
      },
    ]);
  });

/** Half way: the list is written or not, the service stopped or not, and then putting back fails too. */
const halfWayCases = (): ChangeCase[] => {
  const domains: ChangeStep = plainHostSteps()['publish in domains'];
  const publish: ChangeStep = plainHostSteps().publish;
  const faulty = (step: ChangeStep, faults: Record<string, { hresult: string; afterMs?: number }>): ChangeStep => ({
    ...step,
    first: broken(step, faults),
  });
  const START = 'method:StartService';
  return [
    only('the list cannot be written', faulty(domains, { 'registry:write': CODE })),
    only('the list cannot be put back', faulty(domains, { [START]: CODE, 'registry:write#2': CODE })),
    only('the service does not start, and the list is put back', faulty(domains, { [START]: CODE })),
    only('the service does not start again', faulty(publish, { [START]: CODE })),
    only('the service cannot be stopped', faulty(publish, { 'method:StopService': CODE })),
    only('the folder of exports cannot be made', faulty(domains, { 'memory:folder#3': CODE })),
    {
      name: 'host: dies between stopping and starting, and again',
      steps: [
        faulty(publish, { 'dies:StartService': CODE }),
        { ...publish, first: broken({ ...publish, first: mended }, { 'dies:StopService': CODE }) },
        { ...publish, first: mended },
      ],
    },
    {
      name: 'host: dies after the list was written, then again a day later',
      steps: [
        faulty(domains, { 'dies:StopService': CODE }),
        {
          ...domains,
          first: (machine) => {
            mended(machine);
            machine.advance(1440 * MINUTE);
          },
        },
      ],
    },
    {
      name: 'host: somebody takes the host key away between two runs',
      steps: [
        faulty(domains, { 'dies:StopService': CODE }),
        {
          ...domains,
          first: (machine) => {
            mended(machine);
            machine.node.windows.products = [];
            delete machine.node.windows.kmsHostRole;
          },
        },
      ],
    },
  ];
};

/** What comes of publishing: late, never, unreadable, in no domain at all. */
const publishingCases = (): ChangeCase[] => {
  const step: ChangeStep = plainHostSteps()['publish in domains'];
  const WAYS: Readonly<Record<string, First>> = {
    'published late': ({ node }) => {
      node.windows.broken.publishing = { hresult: '00000000', afterMs: 47_000 };
    },
    'nothing published in time': ({ node }) => {
      node.windows.broken.publishing = { hresult: '00000000', afterMs: 400_000 };
    },
    'its log cannot be read': ({ node }) => {
      node.windows.broken['events:Application'] = { hresult: '800706BA', afterMs: 700 };
    },
    'its log holds earlier outcomes': ({ node, world }) => {
      for (const domain of ['nowhere.example', 'ad.corp.example']) {
        node.windows.events.push({ id: 12294, atMs: world.now() - MINUTE, data: [domain], log: 'Application' });
      }
      node.windows.broken.publishing = { hresult: '00000000', afterMs: 400_000 };
    },
    'no DNS servers': ({ node }) => {
      for (const adapter of node.windows.adapters) adapter.dnsServers = [];
    },
    'in no directory': ({ node }) => {
      node.windows.domain = '';
    },
    'no domain of its own': ({ node }) => {
      node.windows.primarySuffix = '';
    },
    'publishing is off': (machine) => {
      roleOf(machine).publishing = false;
    },
  };
  const changed = (way: First): First => {
    return (machine) => {
      step.first?.(machine);
      way(machine);
    };
  };
  const none = { document, options: { set: 'publish', to: 1, expect: 0 } } as const;
  return [
    ...Object.entries(WAYS).map(([name, way]) => only(`domains: ${name}`, { ...step, first: changed(way) })),
    only('publishes, and has no domain', {
      ...none,
      first: (machine) => {
        asHost({ publishing: false })(machine);
        machine.node.windows.primarySuffix = '';
      },
    }),
  ];
};

/** Rules as people leave them. */
const ruleCases = (): ChangeCase[] => {
  const own = (enabled: boolean, port: number): First => {
    return ({ node }) => {
      node.windows.kmsRules = { own: { enabled, port, profiles: ['domain', 'private'] } };
    };
  };
  const set = (to: string, expect: string, role: Parameters<typeof asHost>[0], way: First = () => {}): ChangeStep => ({
    document,
    options: { set: 'firewall', to, expect },
    first: (machine) => {
      asHost(role)(machine);
      way(machine);
    },
  });
  const everywhere = { firewallOpen: true, firewallPort: 1688 };
  const elsewhere = { listeningPort: 1700, firewallPort: 1688 };
  return [
    only('open everywhere becomes narrower', set('dp', 'dpu', everywhere)),
    only('open in the domain alone', set('d', '', {})),
    only(
      'closed again to the domain alone',
      set('d', 'dp', { ...everywhere, firewallProfiles: ['domain', 'private'] }),
    ),
    only('an own rule for another port goes', set('dp', '', {}, own(true, 1700))),
    only('an own rule for a former port', set('dp', '', elsewhere, own(true, 1690))),
    only('an own rule that is off', set('dp', '', elsewhere, own(false, 1700))),
    only('an own rule is closed', set('', 'dp', elsewhere, own(true, 1700))),
    only(
      'an own rule cannot be removed',
      set('', 'dp', elsewhere, (machine) => {
        own(true, 1700)(machine);
        machine.node.windows.broken['fails:Remove-NetFirewallRule'] = CODE;
      }),
    ),
    only(
      'a new rule cannot be made in place of a former one',
      set('dp', '', elsewhere, (machine) => {
        own(true, 1690)(machine);
        machine.node.windows.broken['fails:New-NetFirewallRule'] = CODE;
      }),
    ),
    only(
      'a new rule cannot be made, and then can',
      set('dp', '', elsewhere, (machine) => {
        own(true, 1690)(machine);
        machine.node.windows.broken['dies:New-NetFirewallRule#2'] = CODE;
      }),
    ),
  ];
};

const MOVED: readonly object[] = [
  { set: 'publish', to: 0, expect: 0 },
  { set: 'domains', to: ['a.example'], expect: [] },
  { set: 'domains', to: ['a.example'], expect: ['A.example'] },
  { set: 'domains', to: null, expect: ['a.example', 'b.example'] },
  { set: 'port', to: 1700, expect: 1690 },
  { set: 'intervals', to: [60, 1440], expect: [120, 10_081] },
  { set: 'priority', to: 0, expect: 1 },
  { set: 'firewall', to: 'dp', expect: 'd' },
];

const ROLES: readonly (readonly [name: string, role: Parameters<typeof asHost>[0], options: object])[] = [
  ['an empty list', { publishDomains: [] }, { set: 'domains', to: null, expect: [] }],
  ['from no list to an empty one', {}, { set: 'domains', to: [], expect: null }],
  ['one line', { publishDomains: ['one.example'] }, { set: 'domains', to: ['two.example'], expect: ['one.example'] }],
  ['publishes in Route 53 alone', { publishing: false }, { set: 'publish', to: 1, expect: 0 }],
  ['the longest and the shortest intervals', {}, { set: 'intervals', to: [15, 43_200], expect: [120, 10_080] }],
  ['normal priority', { lowPriority: true }, { set: 'priority', to: 0, expect: 1 }],
  ['a port that is 1688 already', {}, { set: 'port', to: 1688, expect: 1688 }],
];

const settingCases = (): ChangeCase[] => [
  ...MOVED.map((options, index) =>
    only(`moved ${index + 1}`, { document, options, first: asHost({ publishDomains: ['a.example'] }) }),
  ),
  ...ROLES.map(([name, role, options]) => only(name, { document, options, first: asHost(role) })),
  ...['publish', 'domains', 'port', 'intervals', 'priority', 'firewall', 'restart'].map((set) => {
    const values: Readonly<Record<string, unknown>> = { domains: null, port: 1700, intervals: [15, 15], firewall: '' };
    const value = set in values ? values[set] : 1;
    return only(`${set} on a client`, { document, options: { set, to: value, expect: value } });
  }),
];

const GENERATIONS = ['2012R2', '2016', '2019', '2022', '2025', '10', '11'] as const;

/** The role on every Windows: only a server of some kind has it. */
const roleCases = (): ChangeCase[] => {
  const WAYS: Readonly<Record<string, First>> = {
    'not there': () => {},
    'there already': ({ node }) => {
      node.windows.features = ['VolumeActivation'];
    },
    'there among others': ({ node }) => {
      node.windows.features = ['DNS', 'VolumeActivation'];
    },
    'in force after a restart': ({ node }) => {
      node.windows.broken['restart:Install-WindowsFeature'] = CODE;
    },
    'on a domain controller': ({ node }) => {
      node.windows.productType = 2;
    },
    'where a host key is installed': asHost(),
  };
  const on = (generation: (typeof GENERATIONS)[number], way: First): ChangeStep => ({
    document: 'KmsBot-InstallHostRole',
    options: { feature: 'VolumeActivation' },
    first: (machine) => {
      Object.assign(machine.node.windows, { generation, productType: generation.length > 2 ? 3 : 1 });
      way(machine);
    },
  });
  return GENERATIONS.flatMap((generation) =>
    Object.entries(WAYS).map(([name, way]) => only(`the role on ${generation}: ${name}`, on(generation, way))),
  );
};

/** What a line of the list may hold, and must come out of as it is. */
const HOSTILE: Readonly<Record<string, string>> = {
  'quotes and a subexpression': `'"; exit 5; $(Set-Content hurt x) \`n`,
  'typographic quotes and dashes': '\u2019; Clear-Content hurt; \u2018 \u2013Force \u2014x',
  braces: '{{ssm:parameter}} {{ Options }}',
  'control characters': 'bell \u0007 tab \t del \u007f',
  JSON: '{"v":1},"before":{} \\u0041',
  letters: '\u0130\u0131\u017f\u212a.\u7d4c\u7406, 1, 2',
  'a switch of reg.exe': '/f /reg:32',
  'half a line': 'a.example,,',
};

const hostileCases = (): ChangeCase[] =>
  Object.entries(HOSTILE).flatMap(([what, text]) => [
    only(`told ${what}`, { document, options: { set: 'domains', to: [text, text], expect: null }, first: asHost() }),
    only(`shows ${what}`, {
      document,
      options: { set: 'domains', to: ['a.example'], expect: [text] },
      first: asHost({ publishDomains: [text] }),
    }),
    only(`puts back ${what}`, {
      document,
      options: { set: 'domains', to: ['a.example'], expect: [text] },
      first: (machine) => {
        asHost({ publishDomains: [text] })(machine);
        machine.node.windows.broken['method:StopService'] = CODE;
      },
    }),
    ...(['publish', 'set', 'firewall'] as const).map((key) =>
      only(`${key} is ${what}`, {
        document,
        options: key === 'set' ? { set: text, to: 1, expect: 0 } : { set: key, to: text, expect: text },
        first: asHost(),
      }),
    ),
  ]);

const many = (count: number, of: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => of(at));

/** Lists so long that the line does not hold all. */
const longCases = (): ChangeCase[] => {
  const LISTS: Readonly<Record<string, string[]>> = {
    'twenty domains': many(20, (at) => `branch-${at}.corp.example, ${at}, 50`),
    'forty long domains': many(20, (at) => `${'x'.repeat(60)}.${at}.corp.example`),
    'two hundred short domains': many(200, (at) => `d${at}`),
    'lines of other letters': many(15, (at) => `${'\u7d4c'.repeat(15)}${at}`),
  };
  return Object.entries(LISTS).flatMap(([name, list]) => [
    only(`publishes in ${name}`, { document, options: { set: 'domains', to: list, expect: null }, first: asHost() }),
    only(`has ${name} and lowers its priority`, {
      document,
      options: { set: 'priority', to: 1, expect: 0 },
      first: asHost({ publishDomains: list }),
    }),
  ]);
};

export const hostCases = (): ChangeCase[] => [
  ...commandCases(),
  ...halfWayCases(),
  ...publishingCases(),
  ...ruleCases(),
  ...settingCases(),
  ...roleCases(),
  ...hostileCases(),
  ...longCases(),
];
