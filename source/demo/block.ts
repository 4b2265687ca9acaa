import { bold, cyan, dim, green, red, yellow } from './style.ts';
import { wrapText } from './text-width.ts';

/** One thing in the transcript. Kept as data and laid out when it is drawn, so that a resize and a resume draw it anew. */
export type Block =
  | { readonly type: 'banner'; readonly lines: readonly string[] }
  | { readonly type: 'prompt'; readonly text: string }
  | { readonly type: 'answer'; readonly text: string }
  | { readonly type: 'tool'; readonly name: string; readonly what: string; readonly result: readonly ResultLine[] }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'error'; readonly text: string }
  | { readonly type: 'raw'; readonly lines: readonly string[] };

export interface ResultLine {
  readonly tone: 'plain' | 'added' | 'removed' | 'failed';
  readonly text: string;
}

const TONES: Readonly<Record<ResultLine['tone'], (text: string) => string>> = {
  plain: dim,
  added: green,
  removed: red,
  failed: red,
};

/** What stands above a conversation: plainly that this is a demo. */
export function banner(version: string, conversation: string): Block {
  return {
    type: 'banner',
    lines: [
      `tutti demo agent ${version}`,
      'A demo: no model, no network. It does what its script says.',
      `conversation ${conversation}`,
    ],
  };
}

/** Its lines at this width, with a blank one before it. */
export function layoutBlock(block: Block, width: number): readonly string[] {
  switch (block.type) {
    case 'banner':
      return block.lines.map((line, at) => (at === 0 ? bold(cyan(line)) : dim(line)));
    case 'prompt':
      return ['', ...hang({ text: block.text, mark: '> ', width, style: bold })];
    case 'answer':
      return ['', ...hang({ text: block.text, mark: '● ', width, style: text => text })];
    case 'tool':
      return [
        '',
        ...hang({ text: `${block.name}(${block.what})`, mark: '● ', width, style: yellow }),
        ...block.result.flatMap((line, at) =>
          hang({ text: line.text, mark: at === 0 ? '  ⎿  ' : '     ', width, style: TONES[line.tone] }),
        ),
      ];
    case 'note':
      return hang({ text: block.text, mark: '  ⎿  ', width, style: dim });
    case 'error':
      return ['', ...hang({ text: block.text, mark: '● ', width, style: red })];
    case 'raw':
      return block.lines.flatMap(line => wrapText(line, width));
    default:
      return block satisfies never;
  }
}

function hang(options: {
  readonly text: string;
  readonly mark: string;
  readonly width: number;
  readonly style: (text: string) => string;
}): readonly string[] {
  const { text, mark, width, style } = options;
  return wrapText(text, width - mark.length).map(
    (line, at) => (at === 0 ? mark : ' '.repeat(mark.length)) + style(line),
  );
}
