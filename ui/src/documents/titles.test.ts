import { expect, it, vi } from 'vitest';
import { TitleWidths } from './titles';

it('measures each title once, and gives a title that just fits two lines', () => {
  const measureText = vi.fn((text: string) => ({ width: text.length * 10 }));
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ measureText, font: '' } as never);
  const widths = new TitleWidths();
  expect(widths.onOneLine('조약', 212)).toBe(true);
  expect(widths.onOneLine('a title of 21 letters', 212)).toBe(false);
  expect(widths.onOneLine('a title of 21 letters', 220)).toBe(true);
  expect(measureText).toHaveBeenCalledTimes(2);
  widths.forget();
  expect(widths.onOneLine('조약', 212)).toBe(true);
  expect(measureText).toHaveBeenCalledTimes(3);
});

it('takes no title for short where nothing can be measured', () => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null as never);
  expect(new TitleWidths().onOneLine('a', 500)).toBe(false);
});
