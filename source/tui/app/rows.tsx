import { Box, Text } from 'ink';
import { cutLine, type Line, type Span } from '../text/line.ts';
import type { Theme } from '../theme.ts';
import { roleOf } from './tones.ts';

/** Lines one below the other, each cut to the width: nothing wraps. */
export function Rows(props: { readonly lines: readonly Line[]; readonly columns: number; readonly theme: Theme }) {
  const { lines, columns, theme } = props;
  return (
    <Box flexDirection="column" width={columns} flexShrink={0}>
      {lines.map((line, row) => (
        // A row is its place: nothing else tells two empty ones apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: rows don't move, their text does
        <Row key={row} line={cutLine(line, columns)} theme={theme} />
      ))}
    </Box>
  );
}

function Row({ line, theme }: { readonly line: Line; readonly theme: Theme }) {
  // A text without characters would have no height.
  if (line.every(span => span.text === '')) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {line.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the line
        <Text key={index} {...styleOf(span, theme)}>
          {span.text}
        </Text>
      ))}
    </Text>
  );
}

/** Ink's props for a span. */
function styleOf(span: Span, theme: Theme) {
  return {
    ...theme[roleOf(span)],
    ...(span.bold ? { bold: true } : {}),
    ...(span.underline ? { underline: true } : {}),
    ...(span.inverse ? { inverse: true } : {}),
  };
}
