import type { News } from '../session/news.ts';

/** The program that shows a notification on this system's desktop. Texts are arguments, never part of a script. */
export function desktopCommand({ title, text }: News, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') {
    const script =
      'on run argv\ndisplay notification (item 2 of argv) with title "tutti" subtitle (item 1 of argv)\nend run';
    return ['osascript', '-e', script, title, text];
  }
  return ['notify-send', '--app-name=tutti', '--', title, text];
}
