/** What a machine remembers of an operation: repeats, other operations under the same id, memories nobody may trust. */
import type { ChangeStep } from './change-both-ways.ts';
import type { ChangeMachine } from './change-machine.ts';
import { type ChangeCase, plainSteps } from './change-steps.ts';

const PARENT = 'C:\\ProgramData\\KmsBot';
const FOLDER = `${PARENT}\\operations`;
const FILE = `${FOLDER}\\c4k7m2q9xd-0001.json`;
const USER = 'S-1-5-21-1-2-3-1001';
const ADMINISTRATORS = 'S-1-5-32-544';
const DAY = 86_400_000;

const later =
  (ms: number): NonNullable<ChangeStep['first']> =>
  ({ advance }) =>
    advance(ms);

const repeats = (): ChangeCase[] =>
  Object.entries<ChangeStep>(plainSteps()).map(([wish, step]) => ({
    name: `${wish}: the same operation again`,
    steps: [step, { ...step, first: later(60_000) }, { ...step, first: later(DAY) }],
  }));

const assign = plainSteps()['assign a name'];

const withFolder =
  (owner: string, link = false) =>
  ({ memory }: ChangeMachine): void => {
    memory.folders[PARENT] = { owner, link, protected: false };
  };

const withFile =
  (text: string, owner = ADMINISTRATORS, link = false) =>
  ({ memory, world }: ChangeMachine): void => {
    memory.files[FILE] = { owner, link, text, writtenMs: world.now() };
  };

const fault =
  (key: string, hresult = '80070005') =>
  ({ node }: ChangeMachine): void => {
    node.windows.broken[key] = { hresult };
  };

const MACHINES: Readonly<Record<string, (machine: ChangeMachine) => void>> = {
  'its folder is an administrator’s': withFolder(ADMINISTRATORS),
  'its folder is a user’s': withFolder(USER),
  'its folder is a link': withFolder(ADMINISTRATORS, true),
  'its file is a user’s': withFile('{}', USER),
  'its file is a link': withFile('{}', ADMINISTRATORS, true),
  'its file is garbled': withFile('{"v":1,"doc'),
  'its file is empty': withFile(''),
  'its file is something else': withFile('{"v":1,"was":[]}'),
  'the folder cannot be made': fault('memory:folder'),
  'the file cannot be read': (machine) => {
    withFile('{}')(machine);
    fault('memory:read', '80070020')(machine);
  },
  'nothing can be written': fault('memory:write', '80070070'),
  'the result cannot be written': fault('memory:write#2', '80070070'),
  'a file cannot be moved': fault('memory:replace'),
  'the result cannot be moved': fault('memory:replace#2'),
  'an old file cannot be deleted': fault('memory:delete'),
  'there are old files': ({ memory, world }) => {
    const old = { owner: ADMINISTRATORS, link: false, text: '{}' };
    memory.files[`${FOLDER}\\c000000000-0001.json`] = { ...old, writtenMs: world.now() - 41 * DAY };
    memory.files[`${FOLDER}\\c000000000-0002.json`] = { ...old, writtenMs: world.now() - 39 * DAY };
    memory.files[`${FOLDER}\\c000000000-0003.json.new`] = { ...old, writtenMs: world.now() - 60 * DAY };
  },
  'another change is at work': fault('mutex:held'),
  'the last change died': fault('mutex:abandoned'),
  'the mutex is somebody else’s': fault('mutex:create'),
};

/** Two commands that overlap: the second waits, or gives up. */
const overlapping = (): ChangeCase[] => {
  const slow = { document: 'KmsBot-Activate', options: {} } as const;
  const other = (ms: number): ChangeStep => ({ ...assign, operation: 'c4k7m2q9xd-0002', first: later(ms) });
  return [
    { name: 'a change while another runs: waits', steps: [slow, other(20_000)] },
    { name: 'a change while another runs: gives up', steps: [slow, other(5000)] },
  ];
};

/** Somebody else's change under the same id. */
const foreign = (): ChangeCase[] => [
  {
    name: 'the same operation told something else',
    steps: [assign, { ...assign, options: { svc: null, prod: null, expect: { svc: null, prod: null } } }],
  },
  { name: 'the same operation of another document', steps: [assign, { document: 'KmsBot-Activate', options: {} }] },
];

export const memoryCases = (): ChangeCase[] => [
  ...repeats(),
  ...Object.entries(MACHINES).flatMap(([name, first]) => [
    { name: `memory: ${name}`, steps: [{ ...assign, first }] },
    {
      name: `memory: ${name}, then again`,
      steps: [
        { ...assign, first },
        { ...assign, first: later(60_000) },
      ],
    },
  ]),
  ...overlapping(),
  ...foreign(),
];
