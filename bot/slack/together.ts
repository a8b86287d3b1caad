/**
 * Asks once for everybody who asks for the same at the same time: a card in a busy channel is pressed by many at once,
 * and Slack counts every question. Nothing is remembered.
 */
export function together<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (key) => {
    const pending = asked.get(key);
    if (pending !== undefined) return pending;
    const answer = ask(key).finally(() => asked.delete(key));
    asked.set(key, answer);
    return answer;
  };
}
