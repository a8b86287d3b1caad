/** The SSM documents: a JSON skeleton and, beside it, the PowerShell that becomes its only step. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Characters of a whole document that Systems Manager accepts. */
export const DOCUMENT_LIMIT_BYTES = 64 * 1024;

/** A Command document of schema 2.2 with one PowerShell step. */
export interface CommandDocument {
  readonly schemaVersion: '2.2';
  readonly description: string;
  readonly parameters: Readonly<Record<string, DocumentParameter>>;
  readonly mainSteps: readonly [DocumentStep];
}

/**
 * One parameter; `allowedPattern` is the only barrier between its value and the script's text. The agent compiles it
 * with Go's `regexp` too, which refuses counts above 1,000: a longer limit belongs into `maxChars`.
 */
export interface DocumentParameter {
  readonly type: 'String';
  readonly description: string;
  readonly default?: string;
  readonly allowedPattern: string;
  readonly maxChars?: number;
}

/** The step: its lines run in Windows PowerShell as LocalSystem. */
export interface DocumentStep {
  readonly action: 'aws:runPowerShellScript';
  readonly name: string;
  readonly precondition: { readonly StringEquals: readonly ['platformType', 'Windows'] };
  readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
}

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../documents/${file}`, import.meta.url)), 'utf8');

/** A line that stands for a whole file, so that what several documents share stands once. */
const INCLUDE = /^#: ([\w./-]+\.ps1)$/gm;

/** A script with the files in it that its lines `#: <file>` name. */
const readScript = (file: string): string =>
  read(file).replace(INCLUDE, (_, name: string) => readScript(name).replace(/\n$/, ''));

/**
 * The script's lines as they are deployed: without indentation and comments, which are a fifth of the text and would
 * count against the limit. A comment's line stays as an empty one, so that an error's line number is that of the source
 * with the files it includes.
 * Throws for a here-string, whose indentation would be part of its value.
 */
export const scriptLines = (script: string): string[] => {
  const lines = script.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n');
  const here = lines.findIndex((line) => /@['"]\s*$/.test(line));
  if (here >= 0) throw new Error(`line ${here + 1}: a here-string cannot be deployed without indentation`);
  return lines.map((line) => (/^\s*#/.test(line) ? '' : line.trim()));
};

/** Joins a skeleton and its script. Throws when the whole is longer than Systems Manager takes. */
export const joinDocument = (skeleton: CommandDocument, script: string): CommandDocument => {
  const [step] = skeleton.mainSteps;
  const runCommand = scriptLines(script);
  const document = { ...skeleton, mainSteps: [{ ...step, inputs: { ...step.inputs, runCommand } }] as const };
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes > DOCUMENT_LIMIT_BYTES) throw new Error(`${step.name}: ${bytes} bytes, ${DOCUMENT_LIMIT_BYTES} allowed`);
  return document;
};

const documentNamed = (name: string): CommandDocument =>
  joinDocument(JSON.parse(read(`${name}.json`)) as CommandDocument, readScript(`${name}.ps1`));

/** `KmsBot-Inspect`, ready for Systems Manager. */
export const inspectDocument = (): CommandDocument => documentNamed('KmsBot-Inspect');

/** Names of the documents that change a machine, as in `bot/domain/change/change-wire.ts`, which a test holds them to. */
const CHANGE_DOCUMENTS = [
  'KmsBot-Activate',
  'KmsBot-AssignHost',
  'KmsBot-SetClient',
  'KmsBot-InstallClientKey',
  'KmsBot-TestRouting',
  'KmsBot-InstallStoredKey',
  'KmsBot-ReadInstallationId',
  'KmsBot-DepositConfirmationId',
  'KmsBot-Rearm',
  'KmsBot-SetHost',
  'KmsBot-InstallHostRole',
] as const;

/** Documents that a deployment has only where stored keys are switched on. */
const KEY_DOCUMENTS: readonly string[] = [
  'KmsBot-InstallStoredKey',
  'KmsBot-ReadInstallationId',
  'KmsBot-DepositConfirmationId',
];

/** Names of the documents that a deployment with changes has. */
export const deployedDocuments = (keys: boolean): readonly (typeof CHANGE_DOCUMENTS)[number][] =>
  CHANGE_DOCUMENTS.filter((name) => keys || !KEY_DOCUMENTS.includes(name));

/** The documents that change a machine, ready for Systems Manager. */
export const changeDocuments = (): Readonly<Record<(typeof CHANGE_DOCUMENTS)[number], CommandDocument>> =>
  Object.fromEntries(CHANGE_DOCUMENTS.map((name) => [name, documentNamed(name)])) as ReturnType<typeof changeDocuments>;
