import { expect, it } from 'vitest';
import { labelled } from './labels';

it.each([
  '• fuel',
  '– fuel',
  '- fuel',
  '1. Fuel',
  '1.\u00a0Fuel',
  '12) Fuel',
  '(a) fuel',
  '[3] Fuel',
  'IV. Fuel',
  'xviii) fuel',
  'aa. fuel',
  '1.1 Fuel',
  '1.1. Fuel',
  '10.2.3 Fuel',
  '1.a) fuel',
  'A.1 Fuel',
  'б) топливо',
  '가. 연료',
  '一、燃料',
  '① 연료',
])('%j brings its own mark', (text) => expect(labelled(text)).toBe(true));

it.each([
  'Fuel moved.',
  'U.S. forces',
  'e.g. fuel',
  '500,000 barrels',
  '2024 was the year',
  'Топливо. Уголь',
  '12',
  '',
])('%j gets a bullet', (text) => expect(labelled(text)).toBe(false));
