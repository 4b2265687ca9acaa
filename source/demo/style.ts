type Style = (text: string) => string;

let colours = true;

/** `NO_COLOR` takes the colours; bold and dim stay, as they carry meaning. */
export function allowColours(on: boolean): void {
  colours = on;
}

export const bold: Style = text => `\x1b[1m${text}\x1b[22m`;
export const dim: Style = text => `\x1b[2m${text}\x1b[22m`;
export const red: Style = colour(31);
export const green: Style = colour(32);
export const yellow: Style = colour(33);
export const cyan: Style = colour(36);

function colour(code: number): Style {
  return text => (colours ? `\x1b[${code}m${text}\x1b[39m` : text);
}
