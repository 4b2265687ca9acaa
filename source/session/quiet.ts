/** So long after his last key in tutti the user sees there what there is to tell. */
export const ACTIVE_MS = 60_000;

/** Is this moment, by the clock on the wall here, within the hours `22:00-07:00` of the user's settings, in which nothing is told. */
export function isQuiet(hours: string | undefined, now: number): boolean {
  const [from, to] = (hours ?? '').split('-').map(minuteOf);
  if (from === undefined || to === undefined) return false;
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
