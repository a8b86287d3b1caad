/** Texts that make other people's programs fall over: in what a machine shows, in the parameters, and in the options. */
import type { ChangeStep } from './change-both-ways.ts';
import type { ChangeMachine } from './change-machine.ts';
import { type ChangeCase, plainSteps } from './change-steps.ts';

/** By what they try. */
const HOSTILE: Readonly<Record<string, string>> = {
  'quotes and a subexpression': `'"; exit 5; $(Set-Content hurt x) \`n`,
  'a quote that closes': `'; Clear-Content hurt; '`,
  'a typographic quote that closes': '\u2019; Clear-Content hurt; \u2018',
  'dashes of all kinds': '\u2013ErrorAction \u2014Force \u2015x',
  braces: '{{ssm:parameter}} {{ Options }} {{global:DATE}}',
  'a line break': 'line\r\nExit 5\n\ttab',
  'control characters': 'nul \u0000 bell \u0007 del \u007f escape \u001b[31m',
  'halves of surrogates': 'lone \ud800 and \udc00, \u{1f5ff}',
  JSON: '{"v":1} \\u0041 \\ ,"before":{}',
  letters: '\u0130\u0131\u017f\u212a \u00c4\u00d6\u00dc \u7d4c\u7406',
  'a soft hyphen': 'kms1.co\u00adrp.exam\u200bple',
  'a long text': 'x'.repeat(255),
  'a long escaped text': '\u7d4c'.repeat(255),
};

const storedMak = plainSteps()['stored MAK'].options;

const shown =
  (text: string) =>
  ({ node, product }: ChangeMachine): void => {
    Object.assign(node, { name: text });
    Object.assign(node.windows, { cmid: text, kmsHost: text, lookupDomain: text });
    Object.assign(product, { name: text, description: `${product.description} ${text}`, family: text });
    Object.assign(product, {
      kmsHost: text,
      kmsPort: 7,
      lookupDomain: text,
      discoveredHost: text,
      discoveredAddress: text,
    });
  };

const crowded = (machine: ChangeMachine): void => {
  const { node, product } = machine;
  for (let i = 0; i < 12; i++) {
    node.windows.products.push({
      ...product,
      id: `${String(i).padStart(8, '0')}-0000-0000-0000-000000000000`,
      app: i % 2 === 0 ? 'office' : 'windows',
    });
  }
};

/** The folded text, as a plan made from an inspection would expect it. */
const folded = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

const hostName = (text: string): string => folded(text).replace(/^[ \t\r\n.]+|[ \t\r\n.]+$/g, '');

/**
 * PowerShell 7's JSON reader replaces half a surrogate pair in the options, that of Windows PowerShell keeps it: such
 * options are not compared. What a machine shows comes by no JSON, and is.
 */
const isComparable = ({ steps }: ChangeCase): boolean =>
  steps.every(({ options }) => !/\\ud[89a-f]/.test(JSON.stringify(options)));

/** Machines that show the text, changed by whoever expects just that. */
const shownCases = (): ChangeCase[] =>
  Object.entries(HOSTILE).flatMap(([what, text]) => {
    const [name, look] = [folded(text), hostName(text)];
    const steps: readonly ChangeStep[] = [
      { document: 'KmsBot-Activate', options: {} },
      {
        document: 'KmsBot-AssignHost',
        options: { svc: null, prod: null, expect: { svc: [name, 0], prod: [name, 7] } },
      },
      {
        document: 'KmsBot-AssignHost',
        options: { svc: null, prod: null, expect: { svc: [name, 0], prod: ['kms1.corp.example', 7] } },
      },
      {
        document: 'KmsBot-SetClient',
        options: { set: 'lookup', svc: 'corp.example', prod: null, expect: { svc: look, prod: look } },
      },
      { document: 'KmsBot-SetClient', options: { set: 'caching', to: 0, expect: 1 } },
      { document: 'KmsBot-InstallClientKey', options: { key: '6VM33', expect: { key: 'VMK7H' }, back: 1 } },
      { document: 'KmsBot-TestRouting', options: { host: 'gone.corp.example', port: 0, address: '10.0.1.10' } },
      { document: 'KmsBot-InstallStoredKey', options: storedMak },
    ];
    return steps.map((step, index) => ({
      name: `shows ${what}, ${step.document} ${index + 1}`,
      steps: [{ ...step, first: shown(text) }],
    }));
  });

/** A failing change has to put back a hostile text exactly. */
const restoredCases = (): ChangeCase[] =>
  Object.entries(HOSTILE).map(([what, text]) => ({
    name: `puts back ${what}`,
    steps: [
      {
        document: 'KmsBot-AssignHost',
        options: { svc: ['kms1.corp.example', 1689], prod: null, expect: {} },
        first: (machine) => {
          shown(text)(machine);
          machine.node.windows.broken['method:SoftwareLicensingService.SetKeyManagementServicePort'] = {
            hresult: '80070057',
          };
        },
      },
    ],
  }));

/** The text as a parameter itself: what the agent would write between the quotes. */
const parameterCases = (): ChangeCase[] =>
  Object.entries(HOSTILE)
    // The agent's pattern stops every one of them; a quote would end the text of the script itself.
    .filter(([, text]) => !/['\u2018\u2019\u201a\u201b]/.test(text))
    .flatMap(([what, text]) =>
      Object.entries<ChangeStep>(plainSteps())
        .filter(([, { document }], index, all) => all.findIndex(([, each]) => each.document === document) === index)
        .flatMap(([, step]) => [
          { name: `${step.document}: operation is ${what}`, steps: [{ ...step, operation: text }] },
          { name: `${step.document}: options are ${what}`, steps: [{ ...step, options: text }] },
        ]),
    );

/** The text inside the decoded options, in every place that takes one. */
const optionCases = (): ChangeCase[] =>
  Object.entries(HOSTILE).flatMap(([what, text]) => {
    const solid = [...text]
      .filter((unit) => unit > ' ' && unit !== '\u007f')
      .join('')
      .slice(0, 255);
    const none = { svc: null, prod: null };
    const steps: readonly ChangeStep[] = [text, solid].flatMap((value): ChangeStep[] => [
      { document: 'KmsBot-Activate', options: { expect: { key: value } } },
      { document: 'KmsBot-AssignHost', options: { svc: [value, 0], prod: [value, 1688], expect: none } },
      { document: 'KmsBot-AssignHost', options: { svc: null, prod: null, expect: { svc: [value, 1], prod: null } } },
      { document: 'KmsBot-SetClient', options: { set: value, to: 1, expect: 0 } },
      { document: 'KmsBot-SetClient', options: { set: 'lookup', svc: value, prod: value, expect: none } },
      { document: 'KmsBot-InstallClientKey', options: { key: value, expect: { key: value } } },
      { document: 'KmsBot-InstallStoredKey', options: { ...storedMak, kind: value } },
      { document: 'KmsBot-InstallStoredKey', options: { ...storedMak, expect: { key: value } } },
      ...['store', 'name', 'region'].map(
        (part): ChangeStep => ({
          document: 'KmsBot-InstallStoredKey',
          options: { ...storedMak, from: { ...storedMak.from, [part]: value } },
        }),
      ),
      {
        document: 'KmsBot-InstallStoredKey',
        options: { ...storedMak, from: { ...storedMak.from, name: storedMak.from.name + value } },
      },
      { document: 'KmsBot-TestRouting', options: { host: value, port: 0, address: null } },
      { document: 'KmsBot-TestRouting', options: { host: 'gone.corp.example', port: 0, address: value } },
    ]);
    return steps.map((step, index) => ({ name: `told ${what}, ${step.document} ${index + 1}`, steps: [step] }));
  });

export const hostileChangeCases = (): ChangeCase[] => [
  ...shownCases().filter(isComparable),
  ...restoredCases(),
  ...parameterCases(),
  ...optionCases().filter(isComparable),
  ...Object.entries<ChangeStep>(plainSteps()).map(([wish, step]) => ({
    name: `${wish}: on a crowded machine`,
    steps: [
      {
        ...step,
        first: (machine: ChangeMachine) => {
          step.first?.(machine);
          crowded(machine);
        },
      },
    ],
  })),
];
