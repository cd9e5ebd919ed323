import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Document } from '../api/contract';
import { DOCUMENTS, openProject } from '../app/window.fixture';
import { finding } from './finding.svelte';
import { reading } from './reading.svelte';
import type { Fake } from './fake.fixture';

const TEXT = 'Grain was sold. The grain left. No GRAIN came back.';
let fake: Fake;
const shown = (): (string | null)[] => [finding.here && TEXT.slice(finding.here.start, finding.here.end)];

beforeEach(async () => {
  fake = await openProject(
    {
      document_open: () => ({
        document: DOCUMENTS[0] as Document,
        length: TEXT.length,
        blocks: [[0, TEXT.length, 'paragraph', 0]],
        spans: [],
        pages: [],
        highlights: { tags: [], rows: [] },
      }),
    },
    { 'd-1': TEXT },
  );
  await reading.open('d-1');
});
afterEach(() => {
  finding.close();
  reading.close();
  fake.restore();
});

describe('finding', () => {
  it('seeks what is selected, steps around the ends, and selects what it found', () => {
    reading.select({ start: 20, end: 25 });
    finding.begin();
    expect([finding.sought, finding.places.length, ...shown()]).toEqual(['grain', 3, 'grain']);
    finding.step(1);
    expect(shown()).toEqual(['GRAIN']);
    finding.step(1);
    expect(shown()).toEqual(['Grain']);
    finding.step(-1);
    expect(shown()).toEqual(['GRAIN']);
    finding.close();
    expect(reading.selectedText).toBe('GRAIN');
    expect(finding.open).toBe(false);
  });

  it('finds from where one reads while the word is being typed', () => {
    reading.select({ start: 16, end: 31 });
    reading.placeCaret(16);
    finding.begin();
    for (const typed of ['g', 'gr', 'gra', 'grain l']) finding.type(typed);
    expect(shown()).toEqual(['grain l']);
    finding.type('grain lost');
    expect([finding.at, finding.here]).toEqual([-1, null]);
    finding.step(1);
    expect(finding.at).toBe(-1);
  });

  it('is not there without a text', () => {
    reading.close();
    finding.begin();
    expect(finding.open).toBe(false);
  });
});
