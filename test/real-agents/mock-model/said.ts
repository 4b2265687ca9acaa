import { at, type Json, list, str } from './json.ts';

/** What stands in the user's turns of a request, by whichever API it came: text by text, byte for byte, with all that a client adds. */
export function saidBy(body: Json): readonly string[] {
  return ['messages', 'input', 'contents']
    .flatMap(name => list(at(body, name)))
    .filter(message => at(message, 'role') === 'user')
    .map(message => at(message, 'content') ?? at(message, 'parts'))
    .flatMap(content => (typeof content === 'string' ? [content] : list(content).map(part => str(at(part, 'text')))))
    .filter(text => text !== '');
}
