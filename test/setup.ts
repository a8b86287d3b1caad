/** Nothing in a test reaches beyond this machine: a request elsewhere fails at once, with its address. */
const original = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input.toString());
  if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') {
    return Promise.reject(new Error(`A test tried to reach ${url.host}`));
  }
  return original(input, init);
};
