const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** When that is by the clock on the wall here: `17:40`, and the day with it where it is another one. Both milliseconds since 1970. */
export function clockTime(at: number, now: number): string {
  const date = new Date(at);
  const time = `${date.getHours()}:${`${date.getMinutes()}`.padStart(2, '0')}`;
  return date.toDateString() === new Date(now).toDateString() ? time : `${DAYS[date.getDay()]} ${time}`;
}
