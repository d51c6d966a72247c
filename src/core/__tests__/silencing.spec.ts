import { silencingOf } from '../silencing';

function silenced(source: string, line: number | null, more = {}): string {
  const silencing = silencingOf(
    { rule: 'star-import', line, in_output: false, ...more },
    { type: 'code', source, language: 'python' }
  );
  return silencing.kind === 'tag' ? silencing.tag : silencing.after;
}

describe('silencing a finding', () => {
  it('puts a comment behind its line', () => {
    expect(silenced('from a import *\nb()', 1)).toBe(
      'from a import *  # hygiene: ignore[star-import]\nb()'
    );
    expect(silenced('%%time\nf(a)', 2)).toMatch(/ignore\[star-import\]$/);
    expect(silenced('s = """a\n# b"""; f(s)', 2)).toMatch(/star-import\]$/);
    expect(silenced("s = 'it' # don't", 1)).toMatch(/ignore\[star-import\]$/);
  });

  it('joins a comment that is there', () => {
    expect(silenced('f()  # hygiene: ignore[other]', 1)).toBe(
      'f()  # hygiene: ignore[other, star-import]'
    );
  });

  it.each([
    ['a magic', '%matplotlib inline', 1],
    ['a shell line', '!pip install a', 1],
    ['a captured shell line', 'files = !ls', 1],
    ['a question', 'f?', 1],
    ['another language', '%%bash\nls', 2],
    ['a string of several lines', 's = """\nfrom a import *\n"""', 2],
    ['a line that goes on', 'x = 1 + \\\n  2', 1],
    ['a cell as a whole', 'x = 1', null]
  ])('tags the cell where it is %s', (_, source, line) => {
    expect(silenced(source, line)).toBe('hygiene-ignore-star-import');
  });

  it('tags the cell where the finding lies in an output', () => {
    expect(silenced('print(key)', 1, { in_output: true })).toBe(
      'hygiene-ignore-star-import'
    );
  });
});
