// What JupyterLab expects of a browser and the simulated one lacks.
const { TextDecoder, TextEncoder } = require('node:util');

Object.assign(globalThis, {
  TextDecoder,
  TextEncoder,
  fetch: globalThis.fetch ?? (() => Promise.reject(new Error('no network'))),
  Request: globalThis.Request ?? class Request {},
  Headers: globalThis.Headers ?? class Headers {},
  Response: globalThis.Response ?? class Response {},
  DragEvent: globalThis.DragEvent ?? class DragEvent extends Event {},
  ResizeObserver: class ResizeObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
  IntersectionObserver: class IntersectionObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
});
window.matchMedia ??= () => ({
  matches: false,
  addListener() {},
  removeListener() {},
  addEventListener() {},
  removeEventListener() {}
});

// Core reads a cell's shared parts before they are in a document, and yjs says so a hundred times; no
// clipboard is needed here.
const warn = console.warn;
const known =
  /Invalid access: Add Yjs type|Not same Y.Doc|Clipboard API not available/;
console.warn = (...words) => {
  if (!known.test(String(words[0]))) {
    warn(...words);
  }
};
