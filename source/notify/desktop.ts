import type { News } from '../session/news.ts';

/**
 * The program that shows a notification on this system's desktop. Texts are arguments, never part of a script, and none that begins with a
 * dash is an option: osascript stops looking for those at the first argument that is none, which is a word of ours.
 */
export function desktopCommand({ title, text }: News, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') {
    const script =
      'on run argv\ndisplay notification (item 3 of argv) with title (item 1 of argv) subtitle (item 2 of argv)\nend run';
    return ['osascript', '-e', script, 'tutti', title, text];
  }
  return ['notify-send', '--app-name=tutti', '--', title, text];
}
