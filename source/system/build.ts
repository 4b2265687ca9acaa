import { PROTOCOL } from '../protocol/version.ts';

declare const __TUTTI_VERSION__: string | undefined;
declare const __TUTTI_PROTOCOL__: number | undefined;
declare const __TUTTI_SETTINGS_SCHEMA__: string | undefined;

/** The package's version, as the build wrote it in; `0.0.0-source` when run from source (unit tests). */
export const VERSION = typeof __TUTTI_VERSION__ === 'string' ? __TUTTI_VERSION__ : '0.0.0-source';

/** What this build speaks; the test build B says another number, to play an upgrade. */
export const SPOKEN_PROTOCOL = typeof __TUTTI_PROTOCOL__ === 'number' ? __TUTTI_PROTOCOL__ : PROTOCOL;

/** Names the settings' schema and defaults of this build; undefined when run from source, where they may change at any time. */
export const SETTINGS_SCHEMA = typeof __TUTTI_SETTINGS_SCHEMA__ === 'string' ? __TUTTI_SETTINGS_SCHEMA__ : undefined;
