/**
 * What the server says in short reads as a sentence, and what it quotes stays as it is.
 */
import { sentence } from '../sentence';

test.each([
  ['the markup differs', 'The markup differs.'],
  ['Reproduced: 10 same', 'Reproduced: 10 same.'],
  ['No output, as on the page.', 'No output, as on the page.'],
  ['raised elsewhere: f → g', 'Raised elsewhere: f → g.'],
  ['alpha → beta', 'alpha → beta.'],
  ['2 of 4 cells differ', '2 of 4 cells differ.'],
  ['“y is 5” → “y is 4”', '“y is 5” → “y is 4”.'],
  ['limit_of is not defined', 'limit_of is not defined.'],
  ['', '']
])('%j is said as %j', (said, shown) => {
  expect(sentence(said)).toBe(shown);
});
