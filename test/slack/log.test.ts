import { describe, expect, it } from 'vitest';
import { jsonLog } from '../../bot/slack/log.ts';

const KEY = ['AAAAA', 'BBBBB', 'CCCCC', 'DDDDD', 'EEEEE'].join('-');
const CONFIRMATION = ['111112', '222223', '333334', '444445', '555556', '666667', '777778', '888889'];

const logged = (text: string): string => {
  const lines: string[] = [];
  jsonLog((line) => lines.push(line)).info(text);
  return (JSON.parse(lines.join('')) as { message: string }).message;
};

describe('the log', () => {
  it.each([
    ['in one piece', CONFIRMATION.join('')],
    ['with hyphens', CONFIRMATION.join('-')],
    ['with spaces', CONFIRMATION.join(' ')],
    ['in lines', CONFIRMATION.join('\n')],
  ])('holds no Confirmation ID %s', (_how, id) => {
    expect(logged(`before ${id} behind`)).toBe('before ••••• behind');
  });

  it('holds no Confirmation ID of several lines either, once it is JSON', () => {
    const lines: string[] = [];
    jsonLog((line) => lines.push(line)).error('failed', {}, new Error(CONFIRMATION.join('\n')));

    expect(lines.join('')).not.toContain('222223');
  });

  it('holds no key, token or response URL, whatever error brings them', () => {
    const lines: string[] = [];
    const secrets = `${KEY} xoxb-1-abc https://hooks.slack.com/actions/T0/1/secret ${CONFIRMATION.join(' ')}`;
    jsonLog((line) => lines.push(line)).error('failed', {}, new Error(secrets, { cause: secrets }));

    expect(lines.join('')).not.toMatch(/AAAAA|xoxb-1|T0\/1|222223/);
    expect(JSON.parse(lines.join(''))).toMatchObject({ level: 'ERROR', message: 'failed' });
  });

  it('keeps what is no secret', () => {
    const text = 'c4k7m2q9xd 1 a1b2c3d4e5f6a7b8c9d0e1f2 at 1795305600000, 412 machines, 10.0.0.4:1688';
    expect(logged(text)).toBe(text);
  });
});
