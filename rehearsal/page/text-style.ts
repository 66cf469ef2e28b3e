import { styleText } from 'node:util';

/** How text stands out in the terminal; all of it nothing where there are no colours. */
export interface TextStyle {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
}

export const plainStyle: TextStyle = {
  bold: (text) => text,
  dim: (text) => text,
  green: (text) => text,
  red: (text) => text,
  yellow: (text) => text,
};

export const colourStyle: TextStyle = {
  bold: (text) => styleText('bold', text, { validateStream: false }),
  dim: (text) => styleText('dim', text, { validateStream: false }),
  green: (text) => styleText('green', text, { validateStream: false }),
  red: (text) => styleText('red', text, { validateStream: false }),
  yellow: (text) => styleText('yellow', text, { validateStream: false }),
};
