// Colours of tags. A project stores one colour a tag, chosen on the light paper; the dark theme needs a lighter twin,
// and text needs more contrast than a line does. Both are computed here, once, and handed out as CSS values that are
// right in both themes. No theme is asked for and nothing is remembered apart from what was computed.

/** The family for the tag editor, after Okabe and Ito: apart for every common kind of colour vision. */
export const PALETTE = [
  { hex: '#d55e00', dark: '#ff9a4d' },
  { hex: '#00805d', dark: '#3fc79d' },
  { hex: '#0072b2', dark: '#5fb2e6' },
  { hex: '#a3447f', dark: '#e08fc0' },
  { hex: '#8a6a00', dark: '#e0c04a' },
  { hex: '#5b5bd0', dark: '#a3a3ff' },
] as const;

/** The surface of each theme on which a tag's colour has least contrast. */
const LIGHT_GROUND = '#f5f2ec';
const DARK_GROUND = '#2b2927';
/** Share of a tag's colour in the ground of a chip; the most that the tokens use. */
const CHIP_TINT = { light: 0.16, dark: 0.18 };
/** WCAG 2.2: text needs 4.5:1, a meaningful line 3:1. */
const TEXT_CONTRAST = 4.5;
const LINE_CONTRAST = 3;

type Rgb = readonly [number, number, number];

const computed = new Map<string, string>();

/** Lines, bars, tints and marks in a tag's colour. At least 3:1 on every surface of both themes. */
export function tagColour(hex: string): string {
  return remembered(`line ${hex}`, () => {
    const [light, dark] = twins(hex);
    return `light-dark(${light}, ${dark})`;
  });
}

/** Text in a tag's colour, plain or on a chip tinted with `tagColour`. At least 4.5:1 on every surface of both themes. */
export function tagInk(hex: string): string {
  return remembered(`ink ${hex}`, () => {
    const [light, dark] = twins(hex);
    const onLight = readable(light, mix(LIGHT_GROUND, light, CHIP_TINT.light), TEXT_CONTRAST, '#000000');
    const onDark = readable(dark, mix(DARK_GROUND, dark, CHIP_TINT.dark), TEXT_CONTRAST, '#ffffff');
    return `light-dark(${onLight}, ${onDark})`;
  });
}

/** Whether a text is a colour as projects store it: `#` and six hexadecimal digits. */
export function isHex(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `share` of `over` laid on `ground`, both opaque. */
export function mix(ground: string, over: string, share: number): string {
  const under = parse(ground);
  return format(parse(over).map((channel, i) => channel * share + (under[i] ?? 0) * (1 - share)) as unknown as Rgb);
}

function twins(hex: string): [light: string, dark: string] {
  const colour = isHex(hex) ? hex.toLowerCase() : '#6d665c';
  const shipped = PALETTE.find((one) => one.hex === colour);
  if (shipped) return [shipped.hex, shipped.dark];
  return [
    readable(colour, LIGHT_GROUND, LINE_CONTRAST, '#000000'),
    readable(colour, DARK_GROUND, TEXT_CONTRAST, '#ffffff'),
  ];
}

/** The colour itself, or as little of `towards` added as gives `wanted` contrast on `ground`. */
function readable(colour: string, ground: string, wanted: number, towards: string): string {
  const steps = 50;
  for (let step = 0; step <= steps; step += 1) {
    const candidate = mix(colour, towards, step / steps);
    if (contrast(candidate, ground) >= wanted) return candidate;
  }
  return towards;
}

function luminance(hex: string): number {
  const [r, g, b] = parse(hex).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function parse(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

function format(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

function remembered(key: string, compute: () => string): string {
  const known = computed.get(key);
  if (known) return known;
  const value = compute();
  computed.set(key, value);
  return value;
}
