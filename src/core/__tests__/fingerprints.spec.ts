/**
 * When a cell counts as the one that was verified.
 */
import { fingerprint, freshnessOf } from '../fingerprints';

const stream = { output_type: 'stream', name: 'stdout', text: 'a\nb\n' };

describe('fingerprint', () => {
  it('does not see counts, the order of keys, or how text is cut into lines', () => {
    const one = fingerprint({
      source: 'x\ny',
      outputs: [
        stream,
        { output_type: 'execute_result', execution_count: 3, data: { b: 'x' } }
      ]
    });
    const other = fingerprint({
      source: ['x\n', 'y'],
      outputs: [
        { text: ['a\n', 'b\n'], name: 'stdout', output_type: 'stream' },
        { data: { b: 'x' }, output_type: 'execute_result', execution_count: 9 }
      ]
    });
    expect(one).toEqual(other);
  });

  it.each([
    [{ source: 'x ', outputs: [stream] }],
    [{ source: 'x', outputs: [{ ...stream, name: 'stderr' }] }],
    [{ source: 'x', outputs: [] }]
  ])('sees that %j is another cell', cell => {
    expect(fingerprint(cell)).not.toEqual(
      fingerprint({ source: 'x', outputs: [stream] })
    );
  });
});

describe('freshnessOf', () => {
  const sent = fingerprint({ source: 'x', outputs: [] });
  const taken = fingerprint({ source: 'x', outputs: [stream] });
  const edited = fingerprint({ source: 'y', outputs: [] });

  it('is current as sent, taken as replayed, and outdated otherwise', () => {
    expect(freshnessOf({ sent, taken }, sent)).toBe('current');
    expect(freshnessOf({ sent, taken }, taken)).toBe('taken');
    expect(freshnessOf({ sent, taken }, edited)).toBe('outdated');
    expect(freshnessOf({ sent, taken: null }, taken)).toBe('outdated');
  });

  it('prefers current where the replay gave the same', () => {
    expect(freshnessOf({ sent, taken: sent }, sent)).toBe('current');
  });
});
