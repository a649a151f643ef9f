/** Preview pictures: soft two-colour gradients with a disc, one per seed, in 8-pixel tiles so that JPEG stays cheap. */
type Colour = readonly [red: number, green: number, blue: number];

export interface Painting {
  readonly width: number;
  readonly height: number;
  colourAt(x: number, y: number): Colour;
}

export function paint(seed: number, width: number, height: number): Painting {
  const from = hueColour((seed % 360) / 360);
  const to = hueColour(((seed >>> 4) % 360) / 360);
  const disc = { x: 0.3 + ((seed >>> 8) % 40) / 100, y: 0.3 + ((seed >>> 12) % 40) / 100 };
  return {
    width,
    height,
    colourAt(x, y) {
      const u = (Math.floor(x / 8) * 8) / width;
      const v = (Math.floor(y / 8) * 8) / height;
      if ((u - disc.x) ** 2 + (v - disc.y) ** 2 < 0.02) return [250, 246, 235];
      return mix(from, to, (u + v) / 2);
    },
  };
}

function mix(from: Colour, to: Colour, share: number): Colour {
  function channel(a: number, b: number): number {
    return Math.round(a + (b - a) * share);
  }
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

function hueColour(hue: number): Colour {
  function wave(shift: number): number {
    return Math.round(140 + 90 * Math.cos(2 * Math.PI * (hue + shift)));
  }
  return [wave(0), wave(1 / 3), wave(2 / 3)];
}
