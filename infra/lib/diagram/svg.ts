/** Small SVG words; every text is escaped here and nowhere else. */
export interface BoxStyle {
  readonly fill: string;
  readonly stroke: string;
  readonly dashed?: boolean;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function drawBox(at: Rectangle, style: BoxStyle): string {
  const dash = style.dashed === true ? ' stroke-dasharray="5 4"' : '';
  return `<rect x="${at.x}" y="${at.y}" width="${at.width}" height="${at.height}" rx="6" fill="${style.fill}" stroke="${style.stroke}"${dash}/>`;
}

export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

export function drawText(x: number, y: number, text: string, style: TextStyle = {}): string {
  const { size = 12, bold = false, color = '#1f2937', anchor = 'middle' } = style;
  const weight = bold ? ' font-weight="600"' : '';
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" text-anchor="${anchor}"${weight}>${escapeText(text)}</text>`;
}

/** A box with a bold first line and small lines below, all centred. */
export function drawCard(at: Rectangle, style: BoxStyle, title: string, lines: readonly string[]): string {
  const step = 15;
  const top = at.y + (at.height - lines.length * step) / 2 + 4;
  const middle = at.x + at.width / 2;
  return [
    drawBox(at, style),
    drawText(middle, top, title, { size: 13, bold: true }),
    ...lines.map((line, index) =>
      drawText(middle, top + (index + 1) * step, line, { size: 11, color: '#4b5563' }),
    ),
  ].join('\n');
}

/** A line of right angles through the points, with an arrow at its end and a word beside it. */
export function drawArrow(points: readonly (readonly [number, number])[], label = ''): string {
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
  const [x, y] = points.at(-1) ?? [0, 0];
  const word =
    label === '' ? '' : `\n${drawText(x + 6, y - 8, label, { size: 10, color: '#6b7280', anchor: 'start' })}`;
  return `<path d="${path}" fill="none" stroke="#6b7280" marker-end="url(#arrow)"/>${word}`;
}

export function drawPage(width: number, height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" role="img">
<title>${escapeText(title)}</title>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="#6b7280"/></marker></defs>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
