import { describe, expect, it } from 'vitest';
import { CHANGE_DOCUMENTS, OPERATION_PATTERN } from '../../bot/domain/change/change-wire.ts';
import { GVLKS } from '../../bot/domain/gvlk.ts';
import {
  changeDocuments,
  DOCUMENT_LIMIT_BYTES,
  inspectDocument,
  joinDocument,
  scriptLines,
} from '../../infra/lib/documents.ts';

const document = inspectDocument();
const [step] = document.mainSteps;

describe('the document KmsBot-Inspect', () => {
  it('is one step for Windows, with a time limit that Systems Manager honours', () => {
    expect(document.schemaVersion).toBe('2.2');
    expect(document.mainSteps).toHaveLength(1);
    expect(step).toMatchObject({
      action: 'aws:runPowerShellScript',
      name: 'inspect',
      precondition: { StringEquals: ['platformType', 'Windows'] },
    });
    expect(Number(step.inputs.timeoutSeconds)).toBeGreaterThan(120 + 60);
  });

  it('fits into a document, with room for more', () => {
    expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThan(DOCUMENT_LIMIT_BYTES - 8 * 1024);
  });

  it('is ASCII, so that no code page changes it', () => {
    expect(step.inputs.runCommand.join('\n')).toMatch(/^[\n -~]+$/);
  });

  it('takes its one parameter in one place, between single quotes', () => {
    const places = step.inputs.runCommand.filter((line) => line.includes('{{'));

    expect(places).toEqual(["$encoded = '{{ Options }}'"]);
    expect(Object.keys(document.parameters)).toEqual(['Options']);
  });

  it.each([
    ['nothing', '', true],
    ['an empty object', 'e30=', true],
    ['as much as it takes', 'A'.repeat(3000), true],
    ['more than it takes', 'A'.repeat(3001), false],
    ['a quote', "e30='", false],
    ['a dollar sign', '$(x)', false],
    ['a line end', 'e30=\n', false],
    ['a brace', '{{ssm:x}}', false],
  ])('takes %s: %s → %s', (_, value, taken) => {
    const { allowedPattern = '', maxChars = 0 } = document.parameters.Options ?? {};

    expect(new RegExp(allowedPattern).test(value) && value.length <= maxChars).toBe(taken);
  });

  it('repeats nothing more often than the agent’s own pattern engine allows', () => {
    const counts = JSON.stringify(document.parameters).match(/\{\d+(?:,\d*)?\}/g) ?? [];

    expect(counts.flatMap((count) => count.match(/\d+/g) ?? []).filter((count) => Number(count) > 1000)).toEqual([]);
  });

  it('is deployed without indentation and comments, each line at its place', () => {
    expect(scriptLines('# why\r\nif ($a) {\n    # because\n    $b = "# no comment"\n}\n\n')).toEqual([
      '',
      'if ($a) {',
      '',
      '$b = "# no comment"',
      '}',
    ]);
  });

  it('has no text whose indentation matters', () => {
    expect(() => scriptLines('$a = 1\n$b = @"\n  text\n"@')).toThrow('line 2: a here-string');
  });

  it('is refused when it is longer than Systems Manager takes', () => {
    expect(() => joinDocument(document, `$${'x'.repeat(DOCUMENT_LIMIT_BYTES)}`)).toThrow('inspect: ');
  });
});

describe('the documents that change a machine', () => {
  const documents = changeDocuments();
  const linesOf = (name: keyof typeof documents): readonly string[] => documents[name].mainSteps[0].inputs.runCommand;

  it('are those of the wire contract', () => {
    expect(Object.keys(documents)).toEqual([...CHANGE_DOCUMENTS]);
  });

  describe.each(CHANGE_DOCUMENTS)('%s', (name) => {
    const { parameters, mainSteps } = documents[name];

    it('is one step for Windows that may take five minutes, or half an hour where a role is installed', () => {
      expect(mainSteps).toHaveLength(1);
      expect(mainSteps[0]).toMatchObject({
        action: 'aws:runPowerShellScript',
        precondition: { StringEquals: ['platformType', 'Windows'] },
        inputs: { timeoutSeconds: name === 'KmsBot-InstallHostRole' ? '1800' : '300' },
      });
    });

    it('is ASCII and fits into a document', () => {
      expect(linesOf(name).join('\n')).toMatch(/^[\n -~]+$/);
      expect(Buffer.byteLength(JSON.stringify(documents[name]))).toBeLessThan(DOCUMENT_LIMIT_BYTES);
    });

    it('takes its two parameters in one place each, between single quotes, and has a default for neither', () => {
      const places = linesOf(name).filter((line) => line.includes('{{ '));

      expect(places).toEqual(["$operation = '{{ Operation }}'", "$encoded = '{{ Options }}'"]);
      expect(Object.keys(parameters)).toEqual(['Operation', 'Options']);
      expect(Object.values(parameters).some((parameter) => 'default' in parameter)).toBe(false);
    });

    it('agrees with the bot and with itself about what an operation is', () => {
      expect(parameters.Operation?.allowedPattern).toBe(OPERATION_PATTERN);
      expect(linesOf(name).join('\n')).toContain(`'${OPERATION_PATTERN.slice(0, -1)}\\z'`);
    });

    it.each([
      ['quotes', `'; exit 5; '`],
      ['double quotes', `"; exit 5; "`],
      ['a subexpression', '$(Set-Content hurt x)'],
      ['a backtick', 'c4k7m2q9xd`n'],
      ['a line end', 'c4k7m2q9xd\n'],
      ['braces', '{{ssm:parameter}}'],
      ['a unicode dash', 'c4k7m2q9xd\u2013Force'],
      ['a unicode quote', 'c4k7m2q9xd\u2019; exit 5'],
      ['a path', 'c4k7m2q9xd/../../evil'],
    ])('is never sent %s, in neither parameter', (_, value) => {
      const taken = Object.values(parameters).filter(({ allowedPattern }) => new RegExp(allowedPattern).test(value));

      // A slash is base64, and nothing but text between the quotes.
      expect(taken.filter((parameter) => parameter !== parameters.Options || !/^[A-Za-z0-9+/=]*$/.test(value))).toEqual(
        [],
      );
    });

    it('never asks for a restart, never calls slmgr, and stops at the first error', () => {
      const text = linesOf(name).join('\n');

      expect(text).not.toMatch(/3010|cscript|slmgr\.vbs|wscript/i);
      expect(linesOf(name)).toContain("$ErrorActionPreference = 'Stop'");
      expect(linesOf(name).at(-1)).toBe('exit $exitCode');
    });
  });

  it('carries exactly the public client setup keys that the bot knows', () => {
    const table = linesOf('KmsBot-InstallClientKey').flatMap((line) => {
      const [, edition, first, last, key] = /^'(\w+) (\d+) (\d+) ((?:[A-Z0-9]{5}-){4}[A-Z0-9]{5})'/.exec(line) ?? [];
      return key === undefined ? [] : [{ edition, first: Number(first), last: Number(last), key }];
    });

    expect(table).toEqual(
      GVLKS.map(({ edition, builds: [first, last], key }) => ({
        edition,
        first,
        // Six digits stand for no end.
        last: Math.min(last, 999_999),
        key,
      })),
    );
  });

  it('restarts a machine in no document but KmsBot-Rearm', () => {
    const restarting = CHANGE_DOCUMENTS.filter((name) => /shutdown|Restart-Computer/i.test(linesOf(name).join('\n')));

    expect(restarting).toEqual(['KmsBot-Rearm']);
  });

  it('carries no key but public ones, and those only where one is installed or put back', () => {
    const publicKeys = new Set(GVLKS.map(({ key }) => key));
    const keysOf = (name: (typeof CHANGE_DOCUMENTS)[number]) =>
      linesOf(name)
        .join('\n')
        .match(/(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}/g) ?? [];
    const carrying = CHANGE_DOCUMENTS.filter((name) => keysOf(name).length > 0);

    expect(carrying).toEqual(['KmsBot-InstallClientKey', 'KmsBot-InstallStoredKey']);
    expect(carrying.flatMap(keysOf).filter((key) => !publicKeys.has(key))).toEqual([]);
  });
});
