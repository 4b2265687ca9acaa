/**
 * The version of everything that is said on a socket. Bumped when a field is added that a peer must know of;
 * fields are only ever added, so a newer daemon serves an older host.
 */
export const PROTOCOL = 1;

/** The oldest protocol that this build still serves. */
export const OLDEST_PROTOCOL = 1;
