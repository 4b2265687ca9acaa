/**
 * What an agent is given as the program of its hooks: `report <name>` hands what stands on its standard input to the host, as a
 * file that appears whole; `report <name> ask` waits for the answer too, and prints it. In the shell that every system has, because an
 * agent waits for its hooks: 3 ms instead of 40 with node.
 *
 * Ended by its agent it ends its `cat` by the pipe, not by a signal: one that was forked a moment ago may lose that. Who holds the pipe for
 * writing lets every reader in, takes the file away, so that nobody comes after them, and goes: they have read all that there is.
 */
export const HOOK_SCRIPT = `#!/bin/sh
file=\${0%/*}/$$-$1
umask 077
if [ "$2" = ask ]; then
  trap 'rm -f "$file.reply" 2>/dev/null 3<>"$file.reply"' EXIT
  trap 'exit 0' HUP INT TERM
  mkfifo "$file.reply" || exit 0
fi
cat > "$file.part" && mv "$file.part" "$file.json" || exit 0
if [ "$2" = ask ]; then
  cat "$file.reply" &
  wait $!
fi
`;
