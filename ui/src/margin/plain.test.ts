import { expect, it } from 'vitest';
import { plain } from './plain';

it('keeps the words of a note and drops its signs', () => {
  expect(plain('*Observers believe*: **who**?\nTwo firms.\n\n- one `x`\n- [two](http://a/b) ![map](http://c/d)')).toBe(
    'Observers believe: who? Two firms. one x two map',
  );
  expect(plain('1 < 2 & <b>3</b>')).toBe('1 < 2 & <b>3</b>');
  expect(plain('')).toBe('');
});
