import { describe, expect, it } from 'vitest';
import { isTerminal, readInvocation, statusWord } from '../../bot/aws/read-invocation.ts';

const read = (Status: string, StatusDetails: string, plugin: Record<string, unknown> = {}) =>
  readInvocation({
    InstanceId: 'i-1',
    Status: Status as never,
    StatusDetails,
    CommandPlugins: [{ Name: 'inspect', ...plugin } as never],
  });

describe('readInvocation', () => {
  it.each([
    ['TimedOut', 'DeliveryTimedOut', { kind: 'delivery-timed-out' }],
    ['TimedOut', 'Delivery Timed Out', { kind: 'delivery-timed-out' }],
    ['TimedOut', 'ExecutionTimedOut', { kind: 'execution-timed-out' }],
    ['Failed', 'Undeliverable', { kind: 'undeliverable' }],
    ['Failed', 'Terminated', { kind: 'terminated' }],
    ['Failed', 'AccessDenied', { kind: 'access-denied' }],
    ['Failed', 'Invalid Platform', { kind: 'invalid-platform' }],
    ['Cancelled', 'Cancelled', { kind: 'cancelled' }],
    ['Failed', 'LimitExceeded', { kind: 'other', status: 'LimitExceeded' }],
    ['TimedOut', '', { kind: 'other', status: 'TimedOut' }],
  ])('takes %s with details %j for a machine without an answer', (status, details, why) => {
    expect(read(status, details)).toEqual({ nodeId: 'i-1', kind: 'none', why });
  });

  it.each([
    ['Pending', 'Pending', true],
    ['Delayed', 'Delayed', true],
    ['InProgress', 'In Progress', undefined],
    ['Cancelling', 'Cancelling', undefined],
    ['Rebooting', 'Rebooting', undefined],
  ])('takes %s for a machine that may still answer', (status, details, undelivered) => {
    expect(read(status, details)).toEqual({ nodeId: 'i-1', kind: 'pending', ...(undelivered ? { undelivered } : {}) });
  });

  it('gives the exit code of a run that failed', () => {
    expect(read('Failed', 'Failed', { Status: 'Failed', ResponseCode: 29 })).toMatchObject({
      why: { kind: 'failed', exitCode: 29 },
    });
  });

  it('gives the record of a run that failed after printing it', () => {
    const Output = 'KMSBOT1 {}\n----------ERROR-------\nsomething else';

    expect(read('Failed', 'Failed', { Status: 'Failed', ResponseCode: 1, Output })).toEqual({
      nodeId: 'i-1',
      kind: 'output',
      text: Output,
    });
  });

  it.each([[undefined], ['']])('gives an empty text for a success that printed %j', (Output) => {
    expect(read('Success', 'Success', { Output })).toEqual({ nodeId: 'i-1', kind: 'output', text: '' });
  });

  it('takes a missing status for one that is not known', () => {
    expect(statusWord({})).toBe('Unknown');
    expect(isTerminal({})).toBe(false);
  });
});
