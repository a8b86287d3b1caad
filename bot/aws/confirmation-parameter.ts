/** The item that a Confirmation ID waits in for its machine: how it is written, by whomever. */

/** It is deleted on deposit, or by Parameter Store after so long. */
const DAY_MS = 24 * 60 * 60_000;

/** When an item that was written at this time is gone, milliseconds since 1970. */
export const confirmationEndsAtMs = (writtenAtMs: number): number => writtenAtMs + DAY_MS;

/**
 * Input of `PutParameter`: encrypted, gone by itself, and never in place of another. Only the advanced tier knows
 * expiry. A second one of the same name is refused, so that nobody's digits are exchanged on their way.
 */
export const confirmationParameter = (name: string, digits: string, endsAtMs: number) => ({
  Name: name,
  Value: digits,
  Type: 'SecureString' as const,
  Tier: 'Advanced' as const,
  Policies: JSON.stringify([
    { Type: 'Expiration', Version: '1.0', Attributes: { Timestamp: new Date(endsAtMs).toISOString() } },
  ]),
  Overwrite: false,
});
