import type { StatusReport } from './status-report.ts';

/** Something a program's output says beside what it draws. Its text is untrusted and never given a meaning. */
export type TerminalSignal =
  | { readonly type: 'status'; readonly report: StatusReport }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'bell' }
  /** OSC 9;4 (ConEmu, ghostty): 0 none, 1 running, 2 error, 3 indeterminate, 4 paused. */
  | { readonly type: 'progress'; readonly state: 0 | 1 | 2 | 3 | 4; readonly percent: number | undefined }
  /** OSC 9 and OSC 777;notify. */
  | { readonly type: 'notification'; readonly title: string; readonly body: string }
  /** OSC 133: A prompt begins, B prompt ends, C command begins, D command ends. */
  | { readonly type: 'shellMark'; readonly mark: 'A' | 'B' | 'C' | 'D'; readonly exitCode: number | undefined }
  /** OSC 52: the program wants to write the clipboard. Never passed on unasked. */
  | { readonly type: 'clipboard'; readonly bytes: number };
