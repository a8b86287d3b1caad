/**
 * Seconds to allow for a command to spread over so many machines.
 *
 * Systems Manager ramps its concurrency up gradually and publishes no rate; twenty machines a second is a cautious
 * guess. It only moves deadlines: a command that is done sooner is read sooner.
 */
export const spreadSeconds = (machines: number): number => Math.ceil(machines / 20);
