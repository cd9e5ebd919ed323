import { describe, expect, it } from 'vitest';
import folding from '../../../tests/fixtures/folding.json';
import { findAll, firstFrom, MOST_FOUND } from './find';
import { Folded } from './folding';

const places = (text: string, sought: string) => findAll(text, sought).map(({ start, end }) => text.slice(start, end));

describe('findAll', () => {
  it('finds every place, in any case, over line ends and any blanks', () => {
    expect(places('The grain.  the\nGRAIN, grains', 'the grain')).toEqual(['The grain', 'the\nGRAIN']);
    expect(places('Зерно и зерно', 'зерно')).toEqual(['Зерно', 'зерно']);
  });

  it('takes what is typed for text, not for a pattern', () => {
    expect(places('a.c abc a-c [x](y)', 'a.c')).toEqual(['a.c']);
    expect(places('a.c abc a-c [x](y)', 'a-c')).toEqual(['a-c']);
    expect(places('a.c abc a-c [x](y)', '[x](y)')).toEqual(['[x](y)']);
    expect(places('C:\\new/old', '\\new/')).toEqual(['\\new/']);
  });

  it('counts UTF-16 code units, also around emoji', () => {
    expect(findAll('👩‍👩‍👧 tea 👩‍👩‍👧 tea', 'tea')).toEqual([
      { start: 9, end: 12 },
      { start: 22, end: 25 },
    ]);
    expect(places('one 😀 two 😀', '😀')).toEqual(['😀', '😀']);
  });

  it('finds what is seen, however it is stored, and takes whole characters', () => {
    expect(places('Das Unter\u00adnehmen, Unternehmen', 'unternehmen')).toEqual(['Unter\u00adnehmen', 'Unternehmen']);
    expect(places('дого\u200bвор Шести\u00adлетие', 'договор шестилетие')).toEqual(['дого\u200bвор Шести\u00adлетие']);
    expect(places('می\u200cخواهد', 'میخواهد')).toEqual(['می\u200cخواهد']);
    expect(places("об'єкт об’єкт обʼєкт", 'об`єкт')).toEqual(["об'єкт", 'об’єкт', 'обʼєкт']);
    expect(places('«Так» — “so”', '"так" - "so"')).toEqual(['«Так» — “so”']);
    expect(places('e\u0301tat État', 'etat')).toEqual(['e\u0301tat', 'État']);
    expect(places('cafe\u0301', 'e')).toEqual(['e\u0301']);
    expect(places('\u1105\u1165\u1109\u1175아', '러시아')).toEqual(['\u1105\u1165\u1109\u1175아']);
    expect(places('か\u3099っこう ｶﾞｽ', 'がっこう')).toEqual(['か\u3099っこう']);
    expect(places('か\u3099っこう ｶﾞｽ', 'ガス')).toEqual(['ｶﾞｽ']);
    expect(places('eﬃcient ﬁnance', 'fi')).toEqual(['ﬃ', 'ﬁ']);
    expect(places('ＡＢＣ社は２０２４年 ٢٠٢٤', '2024')).toEqual(['２０２４', '٢٠٢٤']);
    expect(places('محمـــد ﻣﺤﻤﺪ مُحَمَّد', 'محمد')).toEqual(['محمـــد', 'ﻣﺤﻤﺪ', 'مُحَمَّد']);
    expect(places('Wałęsa DIŞİŞLERİ STRASSE Straße ΟΔΟΣ', 'walesa dışişleri straße strasse οδος')).toEqual([
      'Wałęsa DIŞİŞLERİ STRASSE Straße ΟΔΟΣ',
    ]);
  });

  it('mixes no letters and no emoji that are seen as others', () => {
    expect(places('काल कल', 'कल')).toEqual(['कल']);
    expect(places('мой мои мои\u0306', 'мой')).toEqual(['мой', 'мои\u0306']);
    expect(places('мой мои', 'мои')).toEqual(['мои']);
    expect(places('👩‍👩‍👧 👩 👍🏽 👍', '👩')).toEqual(['👩']);
    expect(places('👩‍👩‍👧 👩 👍🏽 👍', '👍🏿')).toEqual(['👍🏽', '👍']);
    expect(places('🇺🇦🇰🇵', '🇦🇰')).toEqual([]);
    expect(places('🇺🇦🇰🇵', '🇰🇵')).toEqual(['🇰🇵']);
    expect(places('❤\ufe0f and ❤', '❤')).toEqual(['❤\ufe0f', '❤']);
    expect(places('นี้ น', 'น')).toEqual(['น']);
  });

  it('folds as the search over the project does', () => {
    const folds = (line: string[]) => new Set(line.map((text) => new Folded(text).text)).size;
    for (const line of folding.alike) expect(folds(line), line.join(' ')).toBe(1);
    for (const line of folding.unlike) expect(folds(line), line.join(' ')).toBe(line.length);
  });

  it('finds nothing for blanks, and not more than anybody looks at', () => {
    expect(findAll('a b', '  ')).toEqual([]);
    expect(findAll('a'.repeat(MOST_FOUND + 5), 'a')).toHaveLength(MOST_FOUND);
  });
});

describe('firstFrom', () => {
  const found = [5, 10, 20].map((start) => ({ start, end: start + 1 }));
  it('goes on from where one reads, and around the end', () => {
    expect([0, 5, 6, 20, 21].map((offset) => firstFrom(found, offset))).toEqual([0, 0, 1, 2, 0]);
    expect(firstFrom([], 3)).toBe(-1);
  });
});
