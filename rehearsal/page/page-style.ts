/** GitHub's look, light and dark, as far as summaries use it. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1f2328; --muted: #59636e; --page: #ffffff; --inset: #f6f8fa; --line: #d1d9e0;
  --green: #1a7f37; --red: #d1242f; --blue: #0969da; --violet: #8250df; --amber: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --muted: #9198a1; --page: #0d1117; --inset: #151b23;
  --line: #3d444d; --green: #3fb950; --red: #f85149; --blue: #4493f8; --violet: #ab7df8; --amber: #d29922; } }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
main { max-width: 1012px; margin: 0 auto; padding: 32px 16px 64px; }
header p { color: var(--muted); margin-top: 4px; }
h1, h2, h3, h4 { line-height: 1.25; margin: 24px 0 16px; }
header h1 { font-size: 24px; margin: 0; }
a { color: var(--blue); }
section { border: 1px solid var(--line); border-radius: 6px; margin-top: 16px; }
section > h2 { background: var(--inset); border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; margin: 0;
  padding: 12px 16px; font-size: 14px; display: flex; gap: 8px; }
section > h2 .time { margin-left: auto; color: var(--muted); font-weight: 400; }
.body { padding: 16px; overflow-wrap: anywhere; }
.body > :first-child { margin-top: 0; }
.body > :last-child { margin-bottom: 0; }
.succeeded .mark { color: var(--green); } .failed .mark { color: var(--red); }
.cancelled .mark, .skipped .mark, .nothing { color: var(--muted); }
code, pre { font: 12px/1.45 ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
code { background: var(--inset); border-radius: 6px; padding: .2em .4em; font-size: 85%; }
pre { background: var(--inset); border-radius: 6px; padding: 16px; overflow-x: auto; }
pre code { padding: 0; background: none; font-size: inherit; }
pre.mermaid { background: none; padding: 0; text-align: center; }
.body table { border-collapse: collapse; display: block; overflow-x: auto; overflow-wrap: normal; margin: 16px 0;
  font-size: 14px; }
th, td { border: 1px solid var(--line); padding: 6px 13px; text-align: left; vertical-align: top; }
tr:nth-child(2n) { background: var(--inset); }
blockquote { border-left: .25em solid var(--line); color: var(--muted); margin: 16px 0; padding: 0 1em; }
.alert { border-left: .25em solid; margin: 16px 0; padding: 8px 16px; border-color: var(--blue); }
.alert p { margin: 0; } .alert-title { font-weight: 500; color: var(--blue); }
.alert.tip { border-color: var(--green); } .alert.tip .alert-title { color: var(--green); }
.alert.important { border-color: var(--violet); } .alert.important .alert-title { color: var(--violet); }
.alert.warning { border-color: var(--amber); } .alert.warning .alert-title { color: var(--amber); }
.alert.caution { border-color: var(--red); } .alert.caution .alert-title { color: var(--red); }
details { margin: 12px 0; } summary { cursor: pointer; }
section > details { border-top: 1px solid var(--line); margin: 0; padding: 8px 16px; font-size: 14px; }
hr { border: 0; border-top: 1px solid var(--line); }
.log .error { color: var(--red); } .log .warning { color: var(--amber); } .log .group { font-weight: 600; }
.log .time { color: var(--muted); user-select: none; }
`;
