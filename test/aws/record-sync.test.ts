import { describe, expect, it } from 'vitest';
import { failureOf, isTransient, slowDownSeconds } from '../../bot/errors.ts';
import { TOKYO } from '../lab/aws/accounts-under-test.ts';
import { accepted, errorResponse, type Scripted, writersUnderTest } from './support/scripted-route53.ts';

const start = writersUnderTest();

describe('a change', () => {
  it.each<[string, Scripted, boolean]>([
    ['PENDING', accepted('PENDING', 'GetChangeResponse'), false],
    ['INSYNC', accepted('INSYNC', 'GetChangeResponse'), true],
    ['not known', errorResponse(404, 'NoSuchChange', 'Could not find resource with ID: C1'), false],
  ])('that is %s is looked at by one call', async (_, scripted, expected) => {
    const { writer, asked } = await start(scripted);

    expect(await writer.isInSync(TOKYO, 'C0123456789ABC')).toBe(expected);
    expect(asked.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'GET /2013-04-01/change/C0123456789ABC',
    ]);
  });

  it('names the right to look at it, and waits where it is asked to', async () => {
    const { writer } = await start(
      errorResponse(403, 'AccessDenied', 'x'),
      errorResponse(400, 'Throttling', 'x'),
      'dropped',
    );
    const look = () => writer.isInSync(TOKYO, 'C1').catch((error: unknown) => error);

    expect(failureOf(await look())).toMatchObject({ action: 'route53:GetChange' });
    expect(slowDownSeconds(await look())).toBe(1);
    expect(isTransient(await look())).toBe(true);
  });
});
