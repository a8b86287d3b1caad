import { describe, expect, it } from 'vitest';
import { DOCUMENT_LIMIT_BYTES, inspectDocument, joinDocument, scriptLines } from '../../infra/lib/documents.ts';

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
