/** Whole seconds as a person says them: `45 s`, `4 min 12 s`, `1 h 5 min`. */
export function sayDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

/** Elapsed time as a log column shows it: `0:04`, `12:30`, `1:05:00`. */
export function clockDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Epoch milliseconds as ISO 8601 in UTC. */
export function isoTime(epochMilliseconds: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: formats a time it is given; it does not read the clock.
  return new Date(epochMilliseconds).toISOString();
}
