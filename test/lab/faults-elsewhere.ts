/** What can be broken outside the world: AWS's answers, Slack's answers, a function's process. */
import { AWS_FAULTS } from './aws/faults.ts';
import { SLACK_FAULTS } from './slack/slack-faults.ts';

/** One parameter of a fault, as data. */
export interface ParameterElsewhere {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly description: string;
  readonly needed?: true;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** It names one of these, which has to exist. */
  readonly names?: Named;
}

/** What faults outside the world may be aimed at by name. */
export type Named = 'person' | 'user group' | 'machine';

/** What there is of a kind, found by the words that people use. */
export interface Directory {
  /** The id; undefined where nobody and nothing bears the name. */
  find(word: string): string | undefined;
  names(): readonly string[];
}

export type Directories = Readonly<Record<Named, Directory>>;

/** A fault outside the world, as people and programs are told of it. */
export interface FaultElsewhere {
  readonly fault: string;
  readonly description: string;
  /** What `target` names. It may be given as the first parameter instead. */
  readonly target: string;
  readonly parameters: readonly ParameterElsewhere[];
}

const SERVICES = ['ssm', 'ec2', 'sts', 'lambda', 'dynamodb', 'secretsmanager', 'route53', 'route53resolver'] as const;

const text = (name: string, description: string): ParameterElsewhere => ({ name, type: 'string', description });
const number = (name: string, description: string): ParameterElsewhere => ({ name, type: 'number', description });

const AWS_PARAMETERS: readonly ParameterElsewhere[] = [
  { ...text('service', 'signing name of the service'), needed: true, values: SERVICES },
  text('operation', 'only this operation, e.g. SendCommand'),
  text('account', 'only in this account'),
  text('region', 'only in this region'),
  text('principal', 'only callers whose ARN has this in it'),
  number('rate', 'share of the calls that are hit, 0 to 1'),
  number('times', 'only the first so many calls'),
];

const AWS_DESCRIPTIONS: Readonly<Record<(typeof AWS_FAULTS)[number]['fault'], string>> = {
  'aws-throttled': 'Calls are refused for being too many',
  'aws-denied': 'Calls are refused for want of the right',
  'aws-error': 'Calls end with an internal error',
  'aws-unavailable': 'The service says that it is not available',
  'aws-dropped': 'The connection ends before the call has an effect',
  'aws-answer-lost': 'The call has its effect, and the connection ends before the answer',
};

const PERSON = { ...text('person', 'by id or name'), needed: true, names: 'person' } as const;
const method = text('method', 'only this method, e.g. chat.update');

const SLACK_DESCRIPTIONS: Readonly<
  Record<(typeof SLACK_FAULTS)[number]['fault'], Omit<FaultElsewhere, 'fault' | 'target'>>
> = {
  'slack-429': {
    description: 'The rate limit of a method is used up',
    parameters: [
      method,
      number('retryAfterSeconds', 'simulated seconds until calls pass again, 1 by default'),
      number('times', 'how often that happens, 1 by default'),
    ],
  },
  'slack-down': { description: 'Methods answer with an error of the server', parameters: [method] },
  'slack-slow': {
    description: 'Answers take longer',
    parameters: [method, { ...number('ms', 'real milliseconds before each answer'), needed: true }],
  },
  'person-left': {
    description: 'A person left: deactivated, and in no user group any more',
    parameters: [PERSON],
  },
  'person-left-group': {
    description: 'A person is in a user group no more',
    parameters: [PERSON, { ...text('group', 'the user group, by id or handle'), needed: true, names: 'user group' }],
  },
  'slack-duplicate-events': { description: 'Every event is delivered twice', parameters: [] },
};

const CRASH: FaultElsewhere = {
  fault: 'crash',
  description: "The function's process ends at a checkpoint, once in each execution",
  target: 'function',
  parameters: [
    { ...text('function', 'slack, observe or change'), needed: true, values: ['slack', 'observe', 'change'] },
    { ...number('afterCheckpoint', 'which checkpoint, from 1'), needed: true },
    { name: 'before', type: 'boolean', description: 'before the checkpoint is kept instead of after' },
  ],
};

const MACHINE = { ...text('node', 'the machine, by id or name'), needed: true, names: 'machine' } as const;
const DOCUMENT = text('document', 'only this document, e.g. KmsBot-Activate');

/** What goes wrong on a machine while a document runs there, once each. */
const OF_DOCUMENTS: readonly FaultElsewhere[] = [
  {
    fault: 'agent-lost',
    description:
      'The agent falls silent while a document runs, until it is mended: the document has run, and nobody hears of it',
    target: 'node',
    parameters: [MACHINE, DOCUMENT, { name: 'before', type: 'boolean', description: 'before the document has run' }],
  },
  {
    fault: 'document-stuck',
    description: 'The document never comes to its end, until the agent stops it',
    target: 'node',
    parameters: [MACHINE, DOCUMENT],
  },
];

/** Every fault outside the world with its target and parameters. */
export const FAULTS_ELSEWHERE: readonly FaultElsewhere[] = [
  ...AWS_FAULTS.map(({ fault }) => ({
    fault,
    description: AWS_DESCRIPTIONS[fault],
    target: 'service',
    parameters: AWS_PARAMETERS,
  })),
  ...SLACK_FAULTS.map(({ fault }) => ({
    fault,
    target: fault.startsWith('person-') ? 'person' : 'method',
    ...SLACK_DESCRIPTIONS[fault],
  })),
  CRASH,
  ...OF_DOCUMENTS,
];

/** A request that cannot be carried out. The message names the field and says what it takes. */
export class InvalidFaultElsewhere extends Error {
  override readonly name = 'InvalidFaultElsewhere';
}

type Given = Readonly<Record<string, unknown>>;

/**
 * Reads a request's parameters, `target` under the name it stands for, and ids in the place of names.
 * @throws InvalidFaultElsewhere
 */
export const readFaultElsewhere = (entry: FaultElsewhere, request: Given, directories: Directories): Given => {
  const { fault: _, target, ...rest } = request;
  const [first] = entry.parameters;
  if (target !== undefined && first === undefined) refuse('target', `${entry.fault} concerns everything`);
  const given: Given = target === undefined || first === undefined ? rest : { [first.name]: target, ...rest };
  const names = entry.parameters.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    refuse(unknown, `${entry.fault} has no such parameter; it has ${names.join(', ') || 'none'}`);
  for (const parameter of entry.parameters) checkOne(entry, parameter, given[parameter.name]);
  const meant = entry.parameters.flatMap((parameter) => idOf(parameter, given[parameter.name], directories));
  return { ...given, ...Object.fromEntries(meant) };
};

/** How many names a refusal lists. */
const LISTED = 30;

const idOf = (
  { name, names }: ParameterElsewhere,
  value: unknown,
  directories: Directories,
): (readonly [string, string])[] => {
  if (names === undefined || typeof value !== 'string') return [];
  const id = directories[names].find(value);
  const existing = () => directories[names].names().slice(0, LISTED).join(', ');
  return id === undefined ? refuse(name, `there is no ${names} ${value}; there are ${existing()}`) : [[name, id]];
};

const refuse = (field: string, why: string): never => {
  throw new InvalidFaultElsewhere(`${field}: ${why}`);
};

const checkOne = (
  entry: FaultElsewhere,
  { name, type, description, needed, values }: ParameterElsewhere,
  value: unknown,
) => {
  if (value === undefined) return needed ? refuse(name, `${entry.fault} needs it: ${description}`) : undefined;
  if (typeof value !== type) return refuse(name, `has to be a ${type}: ${description}`);
  if (typeof value === 'number' && !(value >= 0)) return refuse(name, `cannot be below 0: ${description}`);
  if (values !== undefined && !values.includes(String(value))) return refuse(name, `is one of ${values.join(', ')}`);
};
