import { expect, it } from 'vitest';
import { lead, trail } from './context';

it.each([
  ['', ''],
  ['The first words ', 'The first words '],
  ['ck empty. Officials denied it.\n\n', ''],
  ['n. Officials denied it.\n\nAnd ', 'And '],
  ['rossed the river on Tuesday and ', '… the river on Tuesday and '],
  [
    '가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다라',
    '… 가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다라',
  ],
])('before a passage, %j is shown as %j', (given, shown) => {
  expect(lead(given)).toBe(shown);
});

it.each([
  ['', ''],
  [' the last words.', ' the last words.'],
  ['. Officials denied it.\n\nThe ferr', '. Officials denied it.'],
  [' crossed the river on Tuesday and', ' crossed the river on Tuesday …'],
  [
    '가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다라',
    '가나다라마바사아자차카타파하가나다라마바사아자차카타파하가나다라 …',
  ],
])('after a passage, %j is shown as %j', (given, shown) => {
  expect(trail(given)).toBe(shown);
});
