import { Box } from 'ink';
import { useSyncExternalStore } from 'react';
import type { Store } from '../store/create-store.ts';
import type { State } from '../store/state.ts';
import type { Theme } from '../theme.ts';
import { Rows } from './rows.tsx';
import { type Picture, pictureOf } from './screen.ts';

/** The running screen: follows the store. */
export function App({ store, theme }: { readonly store: Store; readonly theme: Theme }) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  return <Frame state={state} theme={theme} />;
}

/** One frame of the screen, exactly as tall as the screen: one row more and Ink would erase it each time. */
export function Frame({ state, theme }: { readonly state: State; readonly theme: Theme }) {
  const picture: Picture = pictureOf(state);
  const { columns, rows } = state.size;
  return (
    <Box width={columns} height={rows} overflow="hidden">
      {picture.regions.map(({ name, rect, lines }) => (
        <Box
          key={name}
          position="absolute"
          marginLeft={rect.x}
          marginTop={rect.y}
          width={rect.columns}
          height={rect.rows}
          overflow="hidden"
        >
          <Rows lines={lines.slice(0, rect.rows)} columns={rect.columns} theme={theme} />
        </Box>
      ))}
    </Box>
  );
}
