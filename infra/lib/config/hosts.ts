/** True for the zone's name itself and one label below it: that is what the wildcard certificate covers. */
export function isInZone(host: string, zoneName: string): boolean {
  return (
    host === zoneName || (host.endsWith(`.${zoneName}`) && !host.slice(0, -zoneName.length - 1).includes('.'))
  );
}
